"""The documents of an archive: each one's own identity, and what became of them all in one outcome."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from shushuo_ingest.letters import Document

if TYPE_CHECKING:
    from shushuo_ingest.intake import Outcome

NAMED = 5


def member_of(archive: Document, name: str) -> Document:
    """The member as a document of its own, at the address ``ARCHIVE!NAME``."""
    source = archive.source.model_copy(update={"address": f"{archive.source.address}!{name}"})
    return archive.model_copy(
        update={"source": source, "name": name, "title": None, "original": None, "member": True, "attempts": 0}
    )


def overall(outcomes: Sequence["Outcome"]) -> Literal["accepted", "changed", "unchanged", "failed"]:
    """What is said of the archive: failed as soon as one member failed, unchanged only when all are."""
    kinds = {done.outcome for done in outcomes}
    if "failed" in kinds:
        return "failed"
    if "changed" in kinds:
        return "changed"
    return "accepted" if "accepted" in kinds else "unchanged"


def account(outcomes: Sequence["Outcome"]) -> str:
    """What became of the members, those that failed by name and reason."""
    counts = Counter(done.outcome for done in outcomes)
    told = f"{len(outcomes)} documents: " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    failed = [done.reason or done.name for done in outcomes if done.outcome == "failed"]
    return "; ".join([told, *failed[:NAMED], *(["…"] if len(failed) > NAMED else [])])
