"""What the watcher remembers between looks: one row per source, one per document it lists."""

from datetime import datetime

from sqlmodel import Field

from shushuo_ingest.database import IngestTable
from shushuo_shared.columns import UtcTime


class SourceState(IngestTable, table=True):
    """A source: since when it is looked at, how that went, when it is due. ``counts`` are the last looks' entries."""

    __tablename__ = "ingest_source"

    name: str = Field(primary_key=True)
    since: datetime = Field(sa_type=UtcTime)
    looks: int = 0
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=UtcTime)
    next_look: datetime = Field(sa_type=UtcTime)
    last_look: datetime | None = Field(default=None, sa_type=UtcTime)
    last_good: datetime | None = Field(default=None, sa_type=UtcTime)
    dropped_since: datetime | None = Field(default=None, sa_type=UtcTime)
    counts: str = ""
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class ItemState(IngestTable, table=True):
    """A document that a source lists, by its address there.

    ``state``: waiting (to be fetched), stored, failed (and in the dead letters), doubted (gone, to be confirmed),
    gone (and withdrawn). ``report_address`` names the report and stays when a file is moved; ``version`` is that of
    the bytes last fetched, ``taken_at`` when the document was last taken in, ``outcome`` what the last try came to.
    ``parent`` is the address of the document that this one is attached to.
    """

    __tablename__ = "ingest_item"

    source: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    report_address: str
    parent: str | None = None
    place: str = Field(index=True)
    title: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    mark: str = ""
    lane: str = "live"
    state: str = Field(default="waiting", index=True)
    takes: int = 0
    attempts: int = 0
    next_try: datetime = Field(sa_type=UtcTime, index=True)
    first_seen: datetime = Field(sa_type=UtcTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcTime)
    gone_since: datetime | None = Field(default=None, sa_type=UtcTime)
    taken_at: datetime | None = Field(default=None, sa_type=UtcTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcTime)
    outcome: str | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    version: str | None = None


class Lease(IngestTable, table=True):
    """Which worker may visit a place (a host, a folder), and until when."""

    __tablename__ = "ingest_lease"

    place: str = Field(primary_key=True)
    owner: str | None = None
    until: datetime = Field(sa_type=UtcTime)


class WorkerBeat(IngestTable, table=True):
    """A worker that is alive, until when it need not say so again."""

    __tablename__ = "ingest_worker"

    name: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime)


class HostTurn(IngestTable, table=True):
    """When a host may next be asked, by whichever worker."""

    __tablename__ = "ingest_host"

    host: str = Field(primary_key=True)
    next_at: datetime = Field(sa_type=UtcTime)
