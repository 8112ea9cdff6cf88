"""What every database can keep; what one of them cannot is refused for all, alike and with advice: pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from shushuo_shared.codec import Event
from shushuo_shared.errors import Poison
from shushuo_shared.events import ExtractedEvent
from shushuo_shared.report import ExtractedReport

NUL = "\0"
LONGEST_NAME = 500
"""Characters of a name that is looked up: PostgreSQL indexes no more than 2,704 bytes."""
LARGEST_NUMBER = 2**31 - 1

_ADVICE = "take it out where the report is made, then hand the document in again"


def check_storable(event: Event, data: ExtractedEvent, report: ExtractedReport | None) -> None:
    """Poison, with the place and what to do, when a database could not keep what the event says."""
    parts = (("data", data.model_copy(update={"report": None})), ("report", report))
    held = [f"event {event.id!r}"] if NUL in event.id else []
    held += [
        place for name, part in parts if part and _may_hold_nul(part) for place in _with_nul(part.model_dump(), name)
    ]
    if held:
        raise Poison(f"a NUL character (U+0000) in {held[0]}, which PostgreSQL cannot keep: {_ADVICE}")
    for name in _names(event, data, report):
        if len(name) > LONGEST_NAME:
            raise Poison(f"a name of {len(name)} characters ({name[:20]}…), at most {LONGEST_NAME} are kept: {_ADVICE}")
    for number in (data.revision, *(rank.position or 0 for rank in (report.ranks if report else ()))):
        if number > LARGEST_NUMBER:
            raise Poison(f"the number {number}, at most {LARGEST_NUMBER} is kept: {_ADVICE}")


def without_nul(text: str) -> str:
    """The text with the replacement character for each NUL: for what describes a failure, never for a report."""
    return text.replace(NUL, "\ufffd")


def _may_hold_nul(part: BaseModel) -> bool:
    """Quickly: a NUL is written so, and some text without one."""
    return "\\u0000" in part.model_dump_json()


def _with_nul(value: Any, place: str) -> Iterator[str]:
    """The places of strings with a NUL, as dotted paths."""
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, str) and NUL in value:
        yield place
    elif isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for name, held in inside:
        yield from _with_nul(held, f"{place}.{name}")


def _names(event: Event, data: ExtractedEvent, report: ExtractedReport | None) -> Iterator[str]:
    """All by which something is looked up."""
    named = [event.id, data.report_id, data.copy_of]
    if report:
        named += [*report.meta.organs, report.meta.region]
        named += [name for figure in report.figures for name in (figure.organ, figure.code)]
        named += [highlight.organ for highlight in report.highlights]
    yield from filter(None, named)
