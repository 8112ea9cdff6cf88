"""The composition root of publish: the only module that builds adapters."""

import asyncio
from functools import partial

import httpx
from fastapi import FastAPI
from starlette.routing import Mount

from shushuo_publish.cards import Links
from shushuo_publish.feeds.websub import HubPinger
from shushuo_publish.ingest_elsewhere import TIMEOUT, IngestElsewhere
from shushuo_publish.relay import Relay
from shushuo_publish.service import Publish, Publisher
from shushuo_publish.settings import PublishSettings
from shushuo_publish.status import Status
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from shushuo_publish.web.admin import operator_router, token_guard
from shushuo_publish.web.feed_tokens import tokens_router
from shushuo_publish.web.feeds import topics
from shushuo_publish.web.mount import mount
from shushuo_publish.web.problems import add_problem_handlers
from shushuo_publish.web.site import Site
from shushuo_publish.web.webhooks import webhooks_router
from shushuo_publish.webhooks.delivery import SLOTS, SUSPECT_SLOTS, Deliverer
from shushuo_publish.webhooks.sender import Sender, open_client
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.health import health_app
from shushuo_shared.serving import serve

__all__ = ["Publish", "create_api", "open_publish", "run"]


async def open_publish(
    settings: PublishSettings, *, bus: Bus, blobs: BlobStore, clock: Clock = system_clock
) -> Publish:
    """Bring the store up to date and wire the service: its ``run`` goes to a task, ``create_api`` to a server."""
    await asyncio.to_thread(upgrade, settings.database_url)
    store = Store(open_engine(settings.database_url))
    site = Site(
        store=store,
        clock=clock,
        public_url=settings.public_url,
        hubs=settings.hub_list(),
        private_feeds=settings.private_feeds,
        rate_per_minute=settings.rate_per_minute,
    )
    feeds = partial(topics, site, settings.links_base())
    client = open_client(allow_private=settings.webhook_allow_private, connections=SLOTS + SUSPECT_SLOTS)
    return Publish(
        settings=settings,
        bus=bus,
        store=store,
        publisher=Publisher(store, blobs, Links(settings.links_base()), clock),
        relay=Relay(store, bus, clock=clock),
        deliverer=Deliverer(store, Sender(client, clock=clock), clock=clock),
        status=Status(store=store, bus=bus, clock=clock),
        client=client,
        site=site,
        pingers=[HubPinger(store, hub, feeds) for hub in site.hubs],
        clock=clock,
    )


def create_api(publish: Publish) -> FastAPI:
    """Feeds, pages, API, administration and health checks as one application."""
    settings = publish.settings
    api = FastAPI(title="数说 Shushuo", version="1", docs_url=None, redoc_url=None)
    add_problem_handlers(api)
    guard = token_guard(settings.admin_token)
    api.include_router(
        webhooks_router(
            publish.store,
            guard,
            clock=publish.clock,
            allow_private=settings.webhook_allow_private,
            queued=publish.queued,
        )
    )
    api.include_router(
        operator_router(publish.store, publish.status, guard, clock=publish.clock, queued=publish.queued)
    )
    api.include_router(tokens_router(publish.site, guard))
    mount(api, publish.site)
    for route in health_app({"store": lambda: publish.status.trouble}).routes:
        assert not isinstance(route, Mount)
        api.router.routes.append(route)
    return api


async def run(settings: PublishSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
    """Publish, serving ``host:port`` and asking ingest how it is, until ``stop`` is set."""
    publish = await open_publish(settings, bus=bus, blobs=blobs)
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client, asyncio.TaskGroup() as tasks:
            ingest = IngestElsewhere(settings.ingest_base(), settings.admin_token, client=client)
            publish.status.concerns.append(ingest)
            tasks.create_task(publish.run(stop))
            tasks.create_task(
                serve(
                    create_api(publish),
                    host=settings.host,
                    port=settings.port,
                    port_setting="SHUSHUO_PORT",
                    stop=stop,
                )
            )
    finally:
        publish.close()
