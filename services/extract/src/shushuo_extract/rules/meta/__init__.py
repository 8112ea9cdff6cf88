"""Whose report it is, of when, told when and by whom; None for whatever the text does not settle."""

import re

from shushuo_extract.engine.types import Document
from shushuo_extract.rules import organs as organs_of
from shushuo_extract.rules import regions
from shushuo_extract.rules.meta import head as heads
from shushuo_extract.rules.meta import places, presenter, sofar, subjects, telling, when
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import Organ, OrganKind
from shushuo_extract.rules.organs.resolve import Home
from shushuo_shared.report import Kind, Level, Meta

_ZONE = re.compile(
    r"(?:开发区|园区|示范区|合作区|度假区|试验区|保税区|管理区)\Z"
)  # no divisions, though they have courts


def read(doc: Document) -> Meta:
    """The meta of a document."""
    head = heads.read(doc.text, doc.view)
    own = subjects.home(doc, head)
    organs = subjects.reported(doc, own)
    now = telling.year_of_telling(doc, head)
    whole = sofar.narrowed(doc, head, when.period(doc, head, now, nationwide=own.nationwide))
    unnamed = None if organs else places.rank_alone(organs_of.subjects(doc.view))
    return Meta(
        organs=[organ.name for organ in organs],
        kind=_kind({unnamed[0]} if unnamed else {one.kind for one in (own.organs if own.nationwide else organs)}),
        level=unnamed[1] if unnamed else _level(organs, organs_of.subjects(doc.view)),
        region=_region(own, doc.view),
        period=whole.iso() if whole else None,
        published=when.published(doc.view, head.told, whole, now),
        presenter=presenter.read(doc.view, _called(own)),
        title=head.title,
        meeting=head.meeting,
    )


def _kind(kinds: set[OrganKind]) -> Kind | None:
    if not kinds:
        return None
    if len(kinds) > 1:
        return "mixed"
    return "court" if "court" in kinds else "procuratorate"


def _level(organs: tuple[Organ, ...], acting: tuple[Mention, ...]) -> Level | None:
    """The first organ's level; a city's procuratorate of an unlisted place with others below it is intermediate."""
    if not organs or organs[0].seat or organs[0].level != "basic" or organs[0].kind != "procuratorate":
        return organs[0].level if organs else None
    city = names.place_of(organs[0]).endswith("市")
    below = any(one.plural and one.scope == "全市" and one.kind == "procuratorate" for one in acting)
    return "intermediate" if city and (below or any(one.level == "intermediate" for one in organs)) else "basic"


def _region(own: Home, view: str) -> str | None:
    if own.nationwide:
        return "全国"
    if own.seat:
        above = regions.parent(own.seat) if _ZONE.search(own.seat.name) else None
        return regions.path(above or own.seat)
    return places.stated(view, own.organs[0]) if own.organs else None


def _called(own: Home) -> tuple[str, ...]:
    """The words by which a text may call its own organ before its leader's title."""
    if own.nationwide:
        return ("最高",)
    return tuple(name[:2] for name in (organ.name for organ in own.organs))
