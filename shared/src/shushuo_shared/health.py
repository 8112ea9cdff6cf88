"""The three addresses every service answers on: is it alive, is it ready, and its metrics."""

from collections.abc import Callable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Check = Callable[[], str | None]
"""Says what is wrong, or None."""


def health_app(checks: Mapping[str, Check]) -> Starlette:
    """``/healthz``: the process answers; ``/readyz``: every check passes, or 503 names what fails; ``/metrics``."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        problems = {name: said for name, check in checks.items() if (said := check()) is not None}
        return JSONResponse({"status": "not ready" if problems else "ok", **problems}, 503 if problems else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)])
