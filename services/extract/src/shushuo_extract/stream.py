"""Extract's stream on Kafka: a Faust agent in the one shape that loses nothing, with the promises of ``Bus.consume``.

Faust 0.15.3 acknowledges what raised, commits past what is still in hand when an agent runs concurrently, and
acknowledges what it cancels on the way down. So: one agent, batches taken without acknowledgement, an acknowledgement
only for the unbroken run of finished messages of each partition, and on the way out a last commit after which nothing
is committed any more, whatever Faust does while it stops. Handlers know nothing of Faust.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import faust
import structlog
from aiokafka.errors import KafkaError
from faust.transport.drivers.aiokafka import Consumer as FaustTransportConsumer

from shushuo_shared.bus import Bus, Message, Process
from shushuo_shared.bus.calm_logs import calm
from shushuo_shared.bus.kafka import BrokerAway, KafkaBus
from shushuo_shared.bus.kafka_consumer import ConsumerSettings, Subscription, group_id
from shushuo_shared.bus.watchdog import Watchdog
from shushuo_shared.lanes import Consume

TAKE_SECONDS = 0.05
COMMIT_SECONDS = 5.0
STOP_SECONDS = 15.0
RESTART_SECONDS = 2.0
BEAT_SECONDS = 1.0

log = structlog.get_logger(__name__)


def consumer_of(bus: Bus) -> Consume:
    """How extract consumes from this bus: with Faust where it is Kafka, with the bus itself otherwise."""
    return FaustConsumer(bus).consume if isinstance(bus, KafkaBus) else bus.consume


class FaustConsumer:
    """The consuming side of a Kafka bus, through Faust."""

    def __init__(self, bus: KafkaBus) -> None:
        calm("faust", "mode")
        self._bus = bus

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """As ``Bus.consume``; a stream that no longer acknowledges raises Stalled."""
        what = Subscription(topic=topic, group=group, process=process, parallel=parallel)
        streams: list[_Stream] = []
        watchdog = Watchdog(
            lambda: self._bus.lag(topic, group),
            lambda: bool(streams) and streams[-1].busy,
            idle=self._bus.settings.idle,
        )
        await watchdog.over(self._consume(what, streams, watchdog.alive, stop))

    async def _consume(
        self, what: Subscription, streams: list["_Stream"], alive: Callable[[], None], stop: asyncio.Event
    ) -> None:
        while not stop.is_set():
            try:
                await self._bus.ensure_topics([what.topic])
                streams[:] = [_Stream(what, _app(self._bus.servers, what, self._bus.settings), alive)]
                await streams[0].run(stop)
            except (KafkaError, BrokerAway) as e:
                log.warning("stream starts again", topic=what.topic, group=what.group, reason=repr(e))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RESTART_SECONDS)


class _Consumer(FaustTransportConsumer):  # type: ignore[misc]  # Faust's base is untyped here
    """Faust's consumer, with a seal for its end."""

    sealed = False

    def seal(self) -> None:
        """From now on nothing is committed and nothing unacknowledged is waited for."""
        self.sealed = True
        self._unacked_messages.clear()

    async def wait_empty(self) -> None:
        """Wait for what is in hand, unless sealed."""
        if not self.sealed:
            await super().wait_empty()

    async def _commit(self, offsets: Mapping[Any, int]) -> bool:
        return False if self.sealed else bool(await super()._commit(offsets))


class _App(faust.App):  # type: ignore[misc]
    """Faust's app without the folders for tables that we do not have."""

    def _create_directories(self) -> None:
        return


def _app(servers: Sequence[str], what: Subscription, how: ConsumerSettings) -> faust.App:
    app = _App(
        group_id(what.topic, what.group),
        broker=[f"kafka://{server}" for server in servers],
        loop=asyncio.get_running_loop(),
        store="memory://",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=True,
        stream_buffer_maxsize=64,
        consumer_auto_offset_reset="earliest",
        broker_max_poll_records=64,
        broker_session_timeout=how.session,
        broker_heartbeat_interval=how.session / 5,
        broker_rebalance_timeout=how.rebalance,
        broker_max_poll_interval=86_400,
        broker_commit_interval=1.0,
        producer_acks=-1,
        producer_request_timeout=60,
    )
    app.transport.Consumer = _Consumer
    return app


class _Stream:
    """One life of the Faust app: from its start to its sealed end."""

    def __init__(self, what: Subscription, app: faust.App, alive: Callable[[], None]) -> None:
        self._what, self._app, self._alive = what, app, alive
        self._failure: BaseException | None = None
        self._failed, self._idle = asyncio.Event(), asyncio.Event()
        self._idle.set()
        self._closing = False
        topic = app.topic(what.topic, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
        app.agent(topic, name=f"stream.{what.topic}")(self._agent)

    @property
    def busy(self) -> bool:
        """Whether messages are in hand."""
        return not self._idle.is_set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, ``process`` fails or Faust does; then finish what is in hand and commit it."""
        try:
            await self._app.start()
            await self._until_over(stop)
            await self._settle()
        finally:
            await asyncio.shield(self._end())
        if self._failure is not None:
            raise self._failure

    async def _agent(self, stream: Any) -> None:
        async for events in stream.noack_take(self._what.parallel * 4, within=TAKE_SECONDS):
            if not self._closing:
                self._idle.clear()
                for event in await self._finished(events):
                    await stream.ack(event)
                self._alive()
                self._idle.set()
            if self._closing or self._failure is not None:
                await asyncio.Event().wait()  # holds the rest unacknowledged until the app is taken down

    async def _finished(self, events: Sequence[Any]) -> list[Any]:
        """Process a batch; of each partition's events, those before the first that was not finished."""
        chains: dict[bytes | None, list[Any]] = defaultdict(list)
        for event in events:
            chains[event.key].append(event)
        done: set[int] = set()
        room = asyncio.Semaphore(self._what.parallel)
        await asyncio.gather(*(self._chain(chain, room, done) for chain in chains.values()))
        broken: set[int] = set()
        finished = []
        for event in events:
            if id(event) not in done:
                broken.add(event.message.partition)
            elif event.message.partition not in broken:
                finished.append(event)
        return finished

    async def _chain(self, events: Sequence[Any], room: asyncio.Semaphore, done: set[int]) -> None:
        """One key's events, one after another, until one fails or no more are to be started."""
        for event in events:
            async with room:
                if self._closing or self._failure is not None:
                    return
                try:
                    await self._what.process(_message(event))
                except Exception as e:
                    self._failure = self._failure or e
                    self._failed.set()
                    return
                done.add(id(event))

    async def _until_over(self, stop: asyncio.Event) -> None:
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(self._failed.wait())]
        try:
            while not any(wait.done() for wait in waits):
                await asyncio.wait(waits, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if self._app.crashed or self._app.should_stop:
                    raise BrokerAway("Faust has stopped by itself")
        finally:
            for wait in waits:
                wait.cancel()

    async def _settle(self) -> None:
        """Start nothing more, let what is in hand end, commit it."""
        self._closing = True
        await self._idle.wait()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._app.consumer.commit(), COMMIT_SECONDS)

    async def _end(self) -> None:
        """Seal the commits, then take Faust down, however it likes to go."""
        self._closing = True
        self._app.consumer.seal()
        try:
            await asyncio.wait_for(self._app.stop(), STOP_SECONDS)
        except Exception as e:
            log.warning("stream did not stop cleanly", topic=self._what.topic, reason=repr(e))


def _message(event: Any) -> Message:
    headers = {name: (value or b"").decode(errors="replace") for name, value in (event.headers or {}).items()}
    key = (event.key or b"").decode(errors="replace")
    return Message(topic=event.message.topic, key=key, value=event.value or b"", headers=headers)
