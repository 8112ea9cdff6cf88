"""Which report an uploaded file is a version of: of its name there may be several, a court's and a year's each its own.

The first file of a name is at the address NAME. A later one is a version of whichever report of the name it revises;
where it revises none, it begins one at NAME#HASH, named by its bytes, so that the same file always finds it again.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from shushuo_ingest.arrival import Arrival, Content
from shushuo_ingest.copies import revised
from shushuo_ingest.letters import Document
from shushuo_ingest.seen_store import Known, Seen, SeenStore
from shushuo_shared.errors import Poison

UPLOAD = "upload"
NAMED = 5
_HASH = 12
_OWN = re.compile(rf"#[0-9a-f]{{{_HASH}}}")


def goes_by_name(document: Document) -> bool:
    """Whether the document has no address but its file name; any other address means one document for ever."""
    source = document.source
    return source.kind == UPLOAD and source.address == document.name and not document.member


def own_address(name: str, version: str) -> str:
    """The address of a report that begins with these bytes, beside others of its name."""
    return f"{name}#{version[:_HASH]}"


async def placed(arrival: Arrival, seen: SeenStore) -> Arrival:
    """The arrival at the address of the report that it is a version of; as it is where its text cannot be read yet."""
    document, content = arrival.document, arrival.content
    known = await seen.of_name(document.source.name, document.name)
    arrival = replace(arrival, revisions=sum(one.seen.sequence for one in known))
    own = own_address(document.name, content.version)
    address = await _chosen(known, own, content)
    if known and address == own and own not in {one.seen.address for one in known}:
        arrival = replace(arrival, beside=tuple(one.seen.report_id for one in known))
    return replace(arrival, document=at(document, address or document.name))


async def _chosen(known: Sequence[Known], own: str, content: Content) -> str | None:
    """The address of the report that the content is a version of; None where nothing can be told of it."""
    if not known:
        return None
    for one in known:
        if one.seen.address == own or one.seen.version == content.version:
            return one.seen.address
    try:
        for one in known:
            if await _continues(one, content):
                return one.seen.address
    except Poison:
        return None
    return own


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """An archive at its address, what came out of it before by name, and the archives of its name that it is not."""

    document: Document
    held: Mapping[str, Known]
    chosen: bool = True
    others: Sequence[str] = ()

    def after(self, name: str) -> int | None:
        """The revision that the member had when the address was chosen; None where there was no choice."""
        if not self.chosen:
            return None
        return self.held[name].seen.sequence if name in self.held else 0

    def without(self, kept: Collection[str]) -> list[Seen]:
        """The reports that came out of the archive and are no longer in it."""
        return [one.seen for name, one in self.held.items() if name not in kept and one.seen.state != "withdrawn"]


async def placed_archive(arrival: Arrival, members: Mapping[str, Content], seen: SeenStore) -> Placing:
    """The archive at the address of the one that it revises: all documents that both have are revised, and some are."""
    document = arrival.document
    address = document.source.address
    known = _by_archive(await seen.out_of(document.source.name, address), address)
    chosen = goes_by_name(document)
    if not known or not chosen:
        return Placing(document=document, held=known.get(address, {}), chosen=chosen)
    own = own_address(document.name, arrival.content.version)
    for one in [own] if own in known else known:
        if one == own or await _revises(known[one], members):
            return Placing(document=at(document, one), held=known[one])
    return Placing(document=at(document, own), held={}, others=tuple(known))


def beside(others: Sequence[str], what: str) -> list[str]:
    """What is said of a document that begins a report of its own beside others of its name."""
    named = ", ".join([*others[:NAMED], *(["…"] if len(others) > NAMED else [])])
    return [f"of the same file name as {named}, but another {what}"] if others else []


def at(document: Document, address: str) -> Document:
    """The document at that address."""
    return document.model_copy(update={"source": document.source.model_copy(update={"address": address})})


def _by_archive(known: Sequence[Known], name: str) -> dict[str, dict[str, Known]]:
    """The members by name, of each archive of the name by its address; the one that came first is the first."""
    found: dict[str, dict[str, Known]] = {}
    whose = re.compile(rf"({re.escape(name)}(?:{_OWN.pattern})?)!(.*)", re.DOTALL)
    for one in known:
        if match := whose.fullmatch(one.seen.address):
            found.setdefault(match[1], {})[match[2]] = one
    return dict(sorted(found.items()))


async def _revises(held: Mapping[str, Known], members: Mapping[str, Content]) -> bool:
    common = held.keys() & members.keys()
    try:
        for name in sorted(common):
            if not await _continues(held[name], members[name]):
                return False
    except Poison:
        return False
    return bool(common)


async def _continues(known: Known, content: Content) -> bool:
    """Whether the content is a version of the report; one without a sketch has only the bytes and text it had."""
    if known.seen.version == content.version or known.seen.text_hash == await content.text_hash():
        return True
    return known.sketch is not None and revised(known.sketch, await content.outline())
