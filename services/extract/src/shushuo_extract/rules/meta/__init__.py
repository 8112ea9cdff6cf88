"""Whose report it is, of when, told when and by whom; None for whatever the text does not settle."""

from shushuo_extract.engine.types import Document
from shushuo_extract.rules import organs as organs_of
from shushuo_extract.rules import regions
from shushuo_extract.rules.meta import head as heads
from shushuo_extract.rules.meta import places, presenter, subjects, when
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.organs.resolve import Home
from shushuo_shared.report import Kind, Meta


def read(doc: Document) -> Meta:
    """The meta of a document."""
    head = heads.read(doc.view)
    own = subjects.home(doc, head)
    organs = subjects.reported(doc, own)
    now = when.year_of_telling(doc, head)
    whole = when.period(doc, head, now)
    unnamed = None if organs else places.rank_alone(organs_of.subjects(doc.view))
    return Meta(
        organs=[organ.name for organ in organs],
        kind=_kind({unnamed[0]} if unnamed else {organ.kind for organ in organs}),
        level=unnamed[1] if unnamed else organs[0].level if organs else None,
        region=_region(own),
        period=whole.iso() if whole else None,
        published=when.published(head.told, whole, now),
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


def _region(own: Home) -> str | None:
    if own.nationwide:
        return "全国"
    return regions.path(own.seat) if own.seat else None


def _called(own: Home) -> tuple[str, ...]:
    """The words by which a text may call its own organ before its leader's title."""
    if own.nationwide:
        return ("最高",)
    return tuple(name[:2] for name in (organ.name for organ in own.organs))
