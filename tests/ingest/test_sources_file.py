"""A slip in one entry of the sources file is named with its line; the other entries run."""

from pathlib import Path

import pytest

from shushuo_ingest.sources_file import read_sources
from shushuo_ingest.watch.catalog import Catalog

GOOD = '[[source]]\nname = "收文"\nkind = "folder"\npath = "/in"\n'


@pytest.mark.parametrize(
    ("entry", "line", "told"),
    [
        ('[[source]]\nname = "a"\nkind = "lst"\n', 7, "expected one of feed, folder, list, page, sitemap"),
        ('[[source]]\nname = "a"\nkind = "list"\nurl = "https://a.cn/"\n', 5, '"items" is missing'),
        ('[[source]]\nname = "a"\nkind = "page"\nurl = "ftp://a.cn/"\n', 8, "no http or https address"),
        ('[[source]]\nname = "a"\nkind = "page"\nurl = "https://a.cn/"\nevery = "hourly"\n', 9, 'such as "30s"'),
        ('[[source]]\nname = "a"\nkind = "page"\nurl = "https://a.cn/"\nevry = "1h"\n', 9, 'unknown key "evry"'),
        ('[[source]]\nname = "a"\nkind = "page\n', 7, "not TOML"),
        ('[[source]]\nname = "收文"\nkind = "page"\nurl = "https://a.cn/"\n', 6, "the name is used twice"),
        ('[[source]]\nname = "a"\nkind = "list"\nurl = "https://a.cn/"\nitems = "li["\n', 9, "CSS selector"),
        ('[[source]]\nname = "a"\nkind = ["list"]\n', 7, "expected one of feed"),
        ('[[source]]\nname = "a"\nkind = "page"\nurl = "https://a.cn/"\nevery = "0s"\n', 9, "at least 1s"),
        (
            '[[source]]\nname = "a"\nkind = "page"\nurl = "https://a.cn/"\nrecheck = "99999999999d"\n',
            9,
            "at most 36500d",
        ),
        ('[[source]]\nname = "a"\nkind = "page"\nurl = "https://a.cn/"\nexpect_count = [9, 2]\n', 9, "[fewest, most]"),
        (f'[[source]]\nname = "a"\nkind = {"[" * 9999}\n', 5, "nested too deeply"),
    ],
)
def test_bad_entry_is_named_with_its_line(entry: str, line: int, told: str) -> None:
    found = read_sources(GOOD + entry)

    assert [source.name for source in found.sources] == ["收文"]
    assert found.problems[0].line == line
    assert told in found.problems[0].message


def test_bad_entry_does_not_silence_those_after_it() -> None:
    found = read_sources("[[source]]\nname = \n" + GOOD)

    assert [source.name for source in found.sources] == ["收文"]
    assert [problem.line for problem in found.problems] == [2]


@pytest.mark.parametrize("start", ["source = 3\n", "source = []\n", 'source = ["a"]\n', "every = 3\n"])
def test_keys_before_the_first_entry_are_named_and_the_entries_run(start: str) -> None:
    found = read_sources(start + GOOD)

    assert [source.name for source in found.sources] == ["收文"]
    assert [str(problem) for problem in found.problems] == ["line 1: expected [[source]] before the first key"]


def test_file_that_notepad_saved_with_its_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD, encoding="utf-8-sig")

    catalog = Catalog(tmp_path / "sources.toml")

    assert (list(catalog.sources), catalog.problems) == (["收文"], ())


def test_comments_before_the_first_entry_are_no_entry() -> None:
    assert read_sources("# 本院关注的来源\n\n" + GOOD).problems == ()
