"""Whether a page that came with status 200 is the page: challenges, logins, errors and maintenance pages are not.

The signs are data (``fake_signs.toml``); each takes quality away. Words count only where there are few of them, for a
report may speak of 系统维护 or 登录, too. A page that is not believed is recorded as a fake success, never published.
"""

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit

from shushuo_ingest.fetch.page import Page

BELIEVED = 0.5
FEW_WORDS = 600
FEW_IN_TEXT = 300
MANY_LINKS = 15
FIGURES = 3
_FIGURE = re.compile(r"\d\s*(?:余)?(?:[万亿]余?)?(?:件|人|次|元|名|份|起|%|个百分点)")
_ELSEWHERE = re.compile(r"log-?in|sso|passport|/404|/error|notfound|verify|captcha|forbidden|maintain", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|zip|png|jpe?g|webp)$", re.IGNORECASE)
_OPENING = re.compile(r"<(?:(script|style|noscript|template)\b|(!--))?", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "noscript", "template")}
_CLOSING |= {"!--": re.compile("-->"), "": re.compile(">")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The page's quality from 0 to 1, and what spoke against it."""

    quality: float
    reasons: tuple[str, ...]

    @property
    def believed(self) -> bool:
        """Whether the page may be taken for what was asked for."""
        return self.quality >= BELIEVED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    what: str
    weight: float
    alone: bool
    patterns: tuple[re.Pattern[str], ...]

    def found(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.patterns)


def _load() -> dict[str, tuple[_Sign, ...]]:
    table = tomllib.loads(files(__package__).joinpath("fake_signs.toml").read_text(encoding="utf-8"))
    return {
        kind: tuple(
            _Sign(
                what=entry["what"],
                weight=entry["weight"],
                alone=entry.get("alone", False),
                patterns=tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in entry["patterns"]),
            )
            for entry in entries
        )
        for kind, entries in table.items()
    }


_SIGNS = _load()


def judge(page: Page, *, requested: str) -> Verdict:
    """Judge a page that came with status 200 when ``requested`` was asked for."""
    if not page.body.strip():
        return _verdict({"nothing": 1.0})
    if not _is_markup(page.body):
        return _verdict({})
    if _FILE.search(urlsplit(requested).path):
        return _verdict({"a page in place of the file": 1.0})
    source = _decoded(page.body[:400_000])
    words = visible_words(source)
    if len(words) > FEW_WORDS:
        return _verdict({})
    alone = source.lower().count("<a ") < MANY_LINKS
    signs = {s.what: s.weight for s in _SIGNS["source"] if s.found(source) and (alone or not s.alone)}
    if alone:
        signs |= _in_words(words)
    if len(words) < 20:
        signs["hardly a word"] = 0.6
    if page.address != requested and _moved_elsewhere(page.address, requested):
        signs[f"a redirect to {page.address}"] = 0.6
    return _verdict(signs)


def judge_text(text: str) -> Verdict:
    """Judge the main text of a document from the web: an error page dressed like the rest of the site has little."""
    if len(text) > FEW_IN_TEXT:
        return _verdict({})
    return _verdict(_in_words(text))


def _in_words(words: str) -> dict[str, float]:
    """The signs in the words; none where the words report figures, which no error page does."""
    if figures_in(words) >= FIGURES:
        return {}
    return {sign.what: sign.weight for sign in _SIGNS["words"] if sign.found(words)}


def figures_in(words: str) -> int:
    """How many counts, sums and rates the words tell."""
    return len(_FIGURE.findall(words))


def visible_words(source: str) -> str:
    """What a reader of the page would see; scripts, styles and comments left out."""
    return " ".join(html.unescape(" ".join(_seen(source))).split())


def _seen(source: str) -> Iterator[str]:
    """What stands between tags, comments and scripts; an end that does not come is looked for once, not from each."""
    at, missing = 0, set[str]()
    for opening in _OPENING.finditer(source):
        if opening.start() < at:
            continue
        for name in ((opening[1] or opening[2] or "").lower(), ""):
            if name not in missing and (closing := _CLOSING[name].search(source, opening.end())):
                yield source[at : opening.start()]
                at = closing.end()
                break
            missing.add(name)
    yield source[at:]


def _verdict(signs: dict[str, float]) -> Verdict:
    return Verdict(quality=round(max(0.0, 1.0 - sum(signs.values())), 2), reasons=tuple(signs))


def _moved_elsewhere(final: str, requested: str) -> bool:
    there, asked = urlsplit(final).path, urlsplit(requested).path
    homes = ("", "/", "/index.html", "/index.htm")
    return (there in homes and asked not in homes) or bool(_ELSEWHERE.search(there) and not _ELSEWHERE.search(asked))


def _is_markup(body: bytes) -> bool:
    start = body[:2000].replace(b"\x00", b"").lower()
    return any(mark in start for mark in (b"<html", b"<!doctype html", b"<script", b"<body", b"<head"))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as e:
        return body.decode("utf-8" if e.start > len(body) - 4 else "gb18030", "replace")
