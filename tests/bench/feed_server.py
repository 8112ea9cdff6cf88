"""Serves a store's feeds, and one of them as a constant: ``python -m tests.bench.feed_server DATABASE_URL PORT``."""

import asyncio
import sys
import time

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import FORMATS, Wanted, build, written
from shushuo_publish.filters import Filters
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.session import Store
from shushuo_shared.serving import serve
from tests.publish.builder import BASE, app_of


def application(store: Store) -> FastAPI:
    """The product's application; ``/constant.FORMAT``, a route of the same kind, answers with a feed made once."""
    app = app_of(store)
    for format_ in FORMATS:
        wanted = Wanted(stream="reports", format=format_, filters=Filters(), links=Links(BASE))
        with store.reading() as session:
            body, media_type = written(build(session, wanted, sqlite=store.sqlite), format_)
        app.add_api_route(f"/constant.{format_}", _constant(body, media_type), response_class=Response)
        app.router.routes.insert(0, app.router.routes.pop())  # found at once, as feeds are
    app.add_api_route("/seconds", _seconds, response_class=Response)
    return app


async def _seconds(request: Request) -> Response:
    """The processor time that this process has taken."""
    return Response(f"{time.process_time():.6f}")


def _constant(body: bytes, media_type: str):  # type: ignore[no-untyped-def]
    async def constant(request: Request) -> Response:
        return Response(body, media_type=media_type)

    return constant


if __name__ == "__main__":
    application_ = application(Store(open_engine(sys.argv[1])))
    serving = serve(
        application_, host="127.0.0.1", port=int(sys.argv[2]), port_setting="its argument", stop=asyncio.Event()
    )
    asyncio.run(serving)
