"""A store that events are published into one after another, and what it has told the world since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from shushuo_publish.cards import Links
from shushuo_publish.handler import Outcome
from shushuo_publish.store.outgoing import Delivery, Message, OutboxEvent
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_shared.codec import Event
from shushuo_shared.report import ExtractedReport
from tests.publish.kit import NOON, extracted

LINKS = Links("https://shushuo.example")


@dataclass
class Desk:
    """A store with one endpoint that hears everything."""

    store: Store
    now: datetime = NOON

    def take(self, event: Event, read: ExtractedReport | None = None) -> Outcome:
        """Publish the event, a minute after the last one."""
        self.now += timedelta(minutes=1)
        with self.store.writing() as session:
            return publish(session, event, read, links=LINKS, now=self.now)

    def put(self, read: ExtractedReport, **event: object) -> Outcome:
        """Publish a report."""
        return self.take(extracted(read, **event), read)  # type: ignore[arg-type]

    def all(self, table: type) -> list:  # type: ignore[type-arg]
        """All rows of a table."""
        with self.store.reading() as session:
            return list(session.exec(select(table)).all())

    def told(self) -> list[str]:
        """The types of the events on the bus, in their order."""
        with self.store.reading() as session:
            events = session.exec(select(OutboxEvent).order_by(OutboxEvent.id)).all()  # type: ignore[arg-type]
        return [event.headers["ce_type"] for event in events]

    def sent(self) -> list[str]:
        """The types of the queued webhooks, in their order."""
        with self.store.reading() as session:
            query = select(Message.type).join(Delivery, Delivery.message_id == Message.id).order_by(Delivery.id)
            return list(session.exec(query).all())
