"""The events that cross services, one model each; JSON Schemas of them are committed under ``shared/schemas``.

Compatible changes only: fields may be added with a default, never removed, renamed or given another meaning.
"""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shushuo_shared.report import ExtractedReport

State = Literal["present", "withdrawn"]

INLINE_BYTES = 256 * 1024
"""Content above this travels by reference."""


class _Data(BaseModel):
    """Immutable, and tolerant of fields that a newer writer added."""

    model_config = ConfigDict(frozen=True, extra="ignore", serialize_by_alias=True)


class BlobRef(_Data):
    """Where content lives in the blob store: its SHA-256 is its address and its proof."""

    sha256: str
    size: int
    media_type: str


class SourceRef(_Data):
    """Where a document was found; ``address`` is canonical and, with ``name``, decides the report's id."""

    name: str
    kind: str
    address: str


class _OfReport(_Data):
    """What every event on the way of a document carries.

    ``revision`` counts the changes of this report as ingest saw them, from 1: it orders versions, since a later
    revision may bring back earlier bytes. ``layout`` refers to the map from text offsets back to page and position in
    the original, where there is one. ``copy_of`` names the report that this one repeats in another place or form.
    """

    report_id: str
    version: str
    revision: int = 1
    state: State = "present"
    source: SourceRef
    title: str | None = None
    original: BlobRef | None = None
    layout: BlobRef | None = None
    fetched_at: AwareDatetime
    published_at: AwareDatetime | None = None
    copy_of: str | None = None


class RawReport(_OfReport):
    """A document as ingest found it: original bytes by reference, text inline or, when large, by reference.

    A withdrawn report has neither text nor reference.
    """

    text: str | None = None
    text_ref: BlobRef | None = None


class ExtractedEvent(_OfReport):
    """What extract read from a raw report, inline or, when large, by reference; withdrawn reports carry neither."""

    report: ExtractedReport | None = None
    report_ref: BlobRef | None = None


class PublishedEvent(_Data):
    """A change of what is published: ``sequence`` rises by one with each change of the report."""

    report_id: str
    version: str
    sequence: int
    title: str
    organs: list[str] = []
    url: str
    changed_at: AwareDatetime
    changes: dict[str, list[dict[str, object]]] = {}


class DeadLetter(_Data):
    """What could not be handled, whole, with the reason, so that it can be looked at, retried or dropped.

    ``topic``/``key``/``headers``/``value`` (base64) are the failed message itself; retrying publishes them again.
    """

    report_id: str
    service: str
    reason: str
    error: str
    attempts: int
    failed_at: datetime
    topic: str
    key: str
    headers: dict[str, str]
    value: str
