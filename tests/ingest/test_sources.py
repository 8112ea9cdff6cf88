"""Every kind of source, shown on saved pages: what it finds in them is exactly what stands beside them."""

import gzip
import json
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from shushuo_ingest.fetch.page import FakeSuccess, Page, Validators
from shushuo_ingest.sources import KINDS, Listing, Source, base, sitemap
from shushuo_ingest.sources.sitemap import Sitemap
from shushuo_ingest.sources_file import read_sources

EXAMPLES = Path(str(files("shushuo_ingest.sources") / "examples"))
CASES = sorted(folder for folder in EXAMPLES.iterdir() if folder.is_dir())


def source_in(folder: Path) -> Source:
    found = read_sources((folder / "source.toml").read_text(encoding="utf-8").replace("{here}", folder.as_posix()))
    assert not found.problems
    return found.sources[0]


class Saved:
    """A Fetch of saved pages."""

    def __init__(self, folder: Path, pages: dict[str, str]) -> None:
        self._folder, self._pages = folder, pages

    async def __call__(self, address: str, *, validators: Validators | None = None) -> Page:
        return Page(address=address, body=(self._folder / self._pages[address]).read_bytes())


async def found_in(folder: Path, source: Source, expected: dict[str, Any]) -> Listing:
    """What the source finds once nothing changes any more: a folder wants two looks for that."""
    fetch, now = Saved(folder, expected["pages"]), datetime.fromisoformat(expected["now"])
    listing = await source.find(fetch, now=now)
    return await source.find(fetch, now=now + listing.again) if listing.again else listing


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
async def test_saved_pages_give_what_is_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

    listing = await found_in(folder, source_in(folder), expected)

    items = [
        {"address": i.address, "title": i.title, "published_at": i.published_at and i.published_at.isoformat()}
        for i in listing.items
    ]
    assert items == expected["items"]
    assert (listing.entries, listing.whole) == (expected["entries"], expected.get("whole", False))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example(kind: str) -> None:
    assert kind in {source_in(folder).kind for folder in CASES}


@pytest.mark.parametrize("kind", ["list", "feed", "sitemap"])
async def test_a_page_without_entries_is_a_fake_success(kind: str) -> None:
    folder = EXAMPLES / kind
    source = source_in(folder)

    class Empty:
        async def __call__(self, address: str, *, validators: Validators | None = None) -> Page:
            return Page(address=address, body="<html><body><p>没有符合条件的内容</p></body></html>".encode())

    with pytest.raises(FakeSuccess):
        await source.find(Empty(), now=datetime.fromisoformat("2025-01-20T00:00:00+00:00"))


@pytest.mark.parametrize("kind", ["list", "feed"])
async def test_a_page_larger_than_any_list_is_not_parsed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = EXAMPLES / kind
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    monkeypatch.setattr(base, "LARGEST_LIST", 100)

    with pytest.raises(FakeSuccess, match="more than the 100 that a list may have"):
        await found_in(folder, source_in(folder), expected)


async def test_gzipped_sitemap_is_unpacked_within_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = EXAMPLES / "sitemap"
    source = source_in(folder)
    assert isinstance(source, Sitemap)
    plain = (folder / "sitemap-2025.xml").read_bytes()
    packed = Page(address="https://qhzy.example.cn/sitemap-2025.xml.gz", body=gzip.compress(plain))

    assert source.parse(packed) == source.parse(Page(address="https://qhzy.example.cn/sitemap-2025.xml", body=plain))
    monkeypatch.setattr(sitemap, "LARGEST", len(plain) - 1)
    with pytest.raises(FakeSuccess, match="unpacks to more than"):
        source.parse(packed)


SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>".format(
    "".join(f"<url><loc>{place}</loc></url>" for place in ("http://a.cn:99999/1", "mailto:x@a.cn", "/2", "http://[/3"))
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"url": "http://a.cn:99999/1"},
            {"url": "/2", "date_published": 20250110, "date_modified": 7, "title": 3},
            "3",
        ],
    }
)


@pytest.mark.parametrize(
    ("entry", "body"),
    [('kind = "sitemap"\nmatch = "."', SITEMAP), ('kind = "feed"', JSON_FEED)],
    ids=["sitemap", "feed"],
)
async def test_slip_of_a_site_in_one_entry_does_not_cost_the_others(entry: str, body: str) -> None:
    (source,) = read_sources(f'[[source]]\nname = "a"\nurl = "http://a.cn/list"\n{entry}').sources

    class Fetched:
        async def __call__(self, address: str, *, validators: Validators | None = None) -> Page:
            return Page(address=address, body=body.encode())

    listing = await source.find(Fetched(), now=datetime.fromisoformat("2025-01-20T00:00:00+00:00"))

    assert [item.address for item in listing.items] == ["http://a.cn/2"]


async def test_half_written_file_is_left_alone_until_it_is_whole(tmp_path: Path) -> None:
    (source,) = read_sources(f'[[source]]\nname = "in"\nkind = "folder"\npath = "{tmp_path}"\nsettle = "2s"').sources
    file, fetch = tmp_path / "报告.txt", Saved(tmp_path, {})
    looks = [datetime.fromisoformat(f"2025-01-20T00:00:{second:02}+00:00") for second in (0, 3, 6)]
    file.write_text("临江县", encoding="utf-8")
    await source.find(fetch, now=looks[0])
    file.write_text("临江县人民法院", encoding="utf-8")

    growing = await source.find(fetch, now=looks[1])
    whole = await source.find(fetch, now=looks[2])

    assert (growing.items, growing.unready) == ((), {"报告.txt"})
    assert [item.address for item in whole.items] == ["报告.txt"]
