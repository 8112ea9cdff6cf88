"""The one item model of all feeds, made from cards; pure, so the same store gives the same items for ever."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from shushuo_publish.cards import (
    FigureCard,
    HighlightCard,
    Links,
    ReportCard,
    china_time,
    period_words,
)
from shushuo_publish.labels import KINDS, LEVELS, RECOGNITION, TYPES, code_name

HIGHLIGHTS_SHOWN = 20
KEPT = "查看收录的报告"
_UNSAFE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category: ``term`` for machines, ``label`` for people, ``scheme`` naming which list it is of."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry; ``id`` never changes and is never used again, ``content`` is HTML, everything else plain text."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    published: datetime
    updated: datetime
    original: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of items, newest change first; ``updated`` is the newest change of anything it could show.

    ``links`` are other documents of the same feed by their relation (RFC 5005): first, next, prev-archive …
    """

    id: str
    title: str
    description: str
    page_url: str
    self_url: str
    updated: datetime
    links: Mapping[str, str] = field(default_factory=dict)
    archive: bool = False
    hubs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def clean(text: str) -> str:
    """The text without what XML 1.0 forbids: control characters, lone surrogates, non-characters."""
    return _UNSAFE.sub("", text)


def line(text: str) -> str:
    """The text on one line, for titles."""
    return " ".join(clean(text).split())


def report_item(card: ReportCard, links: Links) -> Item:
    """The entry of a report; of a withdrawn one only that it was withdrawn."""
    url = links.report(card.report_id)
    return Item(
        id=f"urn:shushuo:report:{card.report_id}",
        url=url,
        title=("【已撤回】" if card.withdrawn else "") + (line(card.title) or "未题名报告"),
        summary=_withdrawn_note(card) if card.withdrawn else line(card.headline) or line(card.title) or "无摘要",
        content=str(_withdrawn_html(card, links) if card.withdrawn else _report_html(card, links)),
        authors=_authors(card.organs),
        categories=()
        if card.withdrawn
        else (*_report_categories(card), *_types(t for h in card.highlights for t in h.types)),
        published=china_time(card.published_at),
        updated=china_time(card.changed_at),
        original=_web_address(card.source_url),
        withdrawn=card.withdrawn,
    )


def highlight_item(card: ReportCard, highlight: HighlightCard, links: Links) -> Item:
    """The entry of one highlight, linking to its place in the report."""
    url = links.report(card.report_id, highlight.key)
    known = [RECOGNITION.get(highlight.level or "", ""), highlight.issuer or ""]
    quoted = Markup('<blockquote><p><a href="{}">{}</a></p></blockquote>').format(url, line(highlight.text))
    about = _paragraph(" · ".join(filter(None, [*_names(highlight.types), *known])))
    return Item(
        id=f"urn:shushuo:highlight:{card.report_id}:{highlight.key}",
        url=url,
        title=line(highlight.title) or line(highlight.text) or "亮点",
        summary=line(highlight.text) or "亮点",
        content=str(quoted + about + _origin(card, links)),
        authors=_authors((highlight.organ,) if highlight.organ else card.organs),
        categories=(*_types(highlight.types), *_report_categories(card)),
        published=china_time(highlight.published_at),
        updated=china_time(highlight.changed_at),
        original=_web_address(card.source_url),
    )


def figure_item(card: ReportCard, figure: FigureCard, links: Links) -> Item:
    """The entry of one figure with the sentence that proves it."""
    url = links.report(card.report_id, figure.key)
    organ = figure.organ or "、".join(card.organs)
    title = f"{organ} {period_words(figure.period or card.period)} {figure.indicator} {figure.text}"
    proof = Markup('<blockquote><p><a href="{}">{}</a></p></blockquote>').format(url, line(figure.sentence))
    code = (Category(term=figure.code, label=code_name(figure.code), scheme="indicator"),) if figure.code else ()
    return Item(
        id=f"urn:shushuo:figure:{card.report_id}:{figure.key}",
        url=url,
        title=line(title),
        summary=line(figure.sentence) or line(figure.text),
        content=str(figure_table((figure,), card, links) + proof + _origin(card, links)),
        authors=_authors((figure.organ,) if figure.organ else card.organs),
        categories=(*code, *_report_categories(card)),
        published=china_time(figure.published_at),
        updated=china_time(figure.changed_at),
        original=_web_address(card.source_url),
    )


def figure_table(figures: Iterable[FigureCard], card: ReportCard, links: Links) -> Markup:
    """Figures as a small table, each number linked to where it stands in the report."""
    rows = Markup("").join(
        Markup('<tr><td>{}</td><td><a href="{}">{}</a></td><td>{}</td></tr>').format(
            line(figure.indicator),
            links.report(card.report_id, figure.key),
            line(figure.text),
            line("，".join(change.words() for change in figure.changes)) or "—",
        )
        for figure in figures
    )
    return Markup(
        "<table><thead><tr><th>指标</th><th>数据</th><th>变化</th></tr></thead><tbody>{}</tbody></table>"
    ).format(rows)


def _report_html(card: ReportCard, links: Links) -> Markup:
    parts = [_paragraph(card.headline)]
    if card.key_figures:
        parts.append(figure_table(card.key_figures, card, links))
    if card.highlights:
        parts.append(Markup("<ul>{}</ul>").format(Markup("").join(_bullets(card, links))))
    if card.warnings:
        parts.append(_paragraph(f"校核发现 {card.warnings} 处数据存疑，详见报告页。"))
    return Markup("").join([*parts, _origin(card, links)])


def _bullets(card: ReportCard, links: Links) -> list[Markup]:
    shown = [
        Markup('<li><a href="{}">{}</a>（{}）</li>').format(
            links.report(card.report_id, highlight.key), line(highlight.text), "、".join(_names(highlight.types))
        )
        for highlight in card.highlights[:HIGHLIGHTS_SHOWN]
    ]
    more = len(card.highlights) - HIGHLIGHTS_SHOWN
    rest = Markup('<li><a href="{}">另有 {} 条亮点</a></li>').format(links.report(card.report_id, "highlights"), more)
    return [*shown, rest] if more > 0 else shown


def _origin(card: ReportCard, links: Links) -> Markup:
    page = Markup('<a href="{}">{}</a>').format(links.report(card.report_id), line(card.title) or "报告全文")
    source = _web_address(card.source_url)
    original = Markup(' · <a href="{}">原文</a>').format(source) if source else Markup("")
    return Markup("<p>出自 {}{}</p>").format(page, original)


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(clean(text)) if text.strip() else Markup("")


def _withdrawn_html(card: ReportCard, links: Links) -> Markup:
    kept = Markup('<p><a href="{}">{}</a></p>').format(links.report(card.copy_of), KEPT) if card.copy_of else Markup("")
    return Markup("<p>{}</p>").format(_withdrawn_note(card)) + kept


def _withdrawn_note(card: ReportCard) -> str:
    if card.copy_of:
        return f"此报告与另一份报告相同，已于 {china_time(card.changed_at):%Y-%m-%d} 归入那一份。"
    return f"此报告已于 {china_time(card.changed_at):%Y-%m-%d} 从来源撤回，其数据与亮点不再有效。"


def _authors(organs: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for organ in organs if (name := line(organ))) or ("数说",)


def _names(types: Iterable[str]) -> list[str]:
    return [TYPES.get(name, name) for name in types]


def _types(types: Iterable[str]) -> list[Category]:
    return [Category(term=name, label=TYPES.get(name, name), scheme="type") for name in dict.fromkeys(types)]


def _report_categories(card: ReportCard) -> list[Category]:
    parts = [
        ("kind", card.kind, KINDS.get(card.kind or "", "")),
        ("level", card.level, LEVELS.get(card.level or "", "")),
        ("region", card.region, card.region),
        ("period", card.period, period_words(card.period)),
    ]
    found = [(scheme, line(term or ""), line(label or "")) for scheme, term, label in parts]
    return [Category(term=term, label=label or term, scheme=scheme) for scheme, term, label in found if term]


def _web_address(address: str | None) -> str | None:
    """Only http(s) addresses are handed on; a local path or a script is no link."""
    plain = clean(address or "")
    return plain if re.fullmatch(r"https?://[^\s<>\"]+", plain) else None
