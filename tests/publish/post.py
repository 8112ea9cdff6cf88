"""A store, a deliverer with a standing clock and no luck, and means to publish and to look: for tests of deliveries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlmodel import select

from shushuo_publish.cards import Links
from shushuo_publish.store.outgoing import Attempt, Delivery, Endpoint
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks import endpoints
from shushuo_publish.webhooks.delivery import Deliverer
from shushuo_publish.webhooks.sender import Sender, open_client
from tests.publish.kit import Clock, extracted, report, until

REPORTS = ["report.published", "report.updated", "report.withdrawn"]


@dataclass
class Post:
    """A store, a deliverer with a standing clock and no luck, and means to publish and to look."""

    store: Store
    clock: Clock
    deliverer: Deliverer

    def endpoint(self, url: str, *, types: list[str] = REPORTS, **filters: str) -> Endpoint:
        with self.store.writing() as session:
            return endpoints.create(
                session, url=url, event_types=types, filters=filters, payload="full", description="", now=self.clock()
            )

    def publish(self, report_id: str = "r1", *, revision: int = 1) -> None:
        text = f"新收案件{6000 + revision}件。\n"
        read = report(
            report_id,
            f"v{revision}",
            text,
            figures=((f"{6000 + revision}件", "新收案件", str(6000 + revision)),),
            highlights=(),
        )
        with self.store.writing() as session:
            publish(
                session, extracted(read, revision=revision), read, links=Links("https://s.example"), now=self.clock()
            )

    async def deliver(self) -> None:
        """Send everything that is due now."""
        while await self.deliverer.turn():
            await self.deliverer.idle()

    def states(self) -> list[str]:
        with self.store.reading() as session:
            return [d.status for d in session.exec(select(Delivery).order_by(Delivery.id))]  # type: ignore[arg-type]

    def attempts(self) -> list[Attempt]:
        with self.store.reading() as session:
            return list(session.exec(select(Attempt).order_by(Attempt.id)))  # type: ignore[arg-type]

    def get(self, endpoint: Endpoint) -> Endpoint:
        with self.store.reading() as session:
            return session.exec(select(Endpoint).where(Endpoint.id == endpoint.id)).one()


@asynccontextmanager
async def opened_post(store: Store, clock: Clock, deadline: float) -> AsyncIterator[Post]:
    async with open_client(allow_private=True, connections=64) as client:
        sender = Sender(client, clock=clock, deadline=deadline)
        yield Post(store, clock, Deliverer(store, sender, clock=clock, dice=lambda: 0.0))


def failing(*statuses: int, **headers: str):  # type: ignore[no-untyped-def]
    """Answers with these statuses, then 200."""
    left = list(statuses)
    return lambda _: (left.pop(0) if left else 200, headers, b"no")


async def run_until_done(post: Post, *deliverers: Deliverer) -> None:
    """Let the loops run until nothing is pending."""

    async def done() -> bool:
        return "pending" not in await asyncio.to_thread(post.states)

    stop = asyncio.Event()
    running = [asyncio.create_task(deliverer.run(stop)) for deliverer in deliverers]
    await until(done, seconds=20)
    stop.set()
    await asyncio.gather(*running)
