"""A document that could not be taken in, as a dead letter whose retry brings it back through intake."""

import base64

from pydantic import AwareDatetime, BaseModel

from shushuo_shared import ids
from shushuo_shared.bus import Message
from shushuo_shared.clock import Clock
from shushuo_shared.codec import Event
from shushuo_shared.errors import Poison
from shushuo_shared.events import BlobRef, DeadLetter, SourceRef
from shushuo_shared.topics import RETRIES, Lane
from shushuo_shared.worker import dead_letter_event

SERVICE = "ingest"


class Document(BaseModel):
    """A document as it arrived, its bytes aside; ``attempts`` counts how often taking it in has failed.

    A ``member`` came out of an archive. Without ``original`` the document could not even be fetched, and a retry
    fetches it again.
    """

    original: BlobRef | None = None
    source: SourceRef
    name: str
    title: str | None = None
    published_at: AwareDatetime | None = None
    lane: Lane = "live"
    attempts: int = 0
    member: bool = False

    @property
    def report_id(self) -> str:
        """The report that this document is a version of."""
        return ids.report_id(self.source.name, self.source.address)


def retry_message(document: Document) -> Message:
    """The message on the retry topic that brings the document back; its id changes with each failure."""
    report = document.report_id
    content = document.original.sha256 if document.original else document.source.address
    headers = {"ce_id": ids.event_id("document", report, content, str(document.attempts)), "ce_type": "document"}
    return Message(topic=RETRIES, key=report, value=document.model_dump_json().encode(), headers=headers)


def dead_letter(document: Document, failure: Exception, clock: Clock) -> Event:
    """The event that keeps the failed document with its reason."""
    failed = document.model_copy(update={"attempts": document.attempts + 1})
    retry = retry_message(failed)
    data = DeadLetter(
        report_id=document.report_id,
        service=SERVICE,
        reason=f"{document.name}: {failure}",
        error=type(failure).__name__,
        attempts=failed.attempts,
        failed_at=clock(),
        topic=retry.topic,
        key=retry.key,
        headers=dict(retry.headers),
        value=base64.b64encode(retry.value).decode(),
    )
    return dead_letter_event(data, clock)


def read_retry(message: Message) -> Document:
    """The document that a retry message carries; Poison when it carries none."""
    try:
        return Document.model_validate_json(message.value)
    except ValueError as e:
        raise Poison(f"not a document to retry: {e}") from e
