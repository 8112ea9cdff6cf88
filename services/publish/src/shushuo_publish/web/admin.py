"""The administrative API: endpoints, dead letters, status and traces; every route needs the bearer token."""

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, SecretStr
from starlette.responses import JSONResponse, Response

from shushuo_publish import dead_letters
from shushuo_publish.status import Status
from shushuo_publish.store.outgoing import DeadLetterRow
from shushuo_publish.store.session import Store
from shushuo_publish.trace import trace
from shushuo_publish.web import shapes_admin as shapes
from shushuo_publish.web.openapi import not_found
from shushuo_publish.web.problems import Problem
from shushuo_shared.clock import Clock


class ServiceState(BaseModel):
    """A service as its neighbours see it; ``lag`` counts the messages before it."""

    service: str
    state: str | None = None
    lag: int | None
    last_event: datetime | None


class State(BaseModel):
    """Whether all is well, and what is not; the counts are missing while the store is away."""

    ok: bool
    problems: list[str] = Field(examples=[["2 dead letters; see: shushuo dead-letters list"]])
    services: list[ServiceState]
    outbox: int | None = None
    dead_letters: int | None = None
    deliveries: dict[str, int] | None = None
    endpoints: dict[str, int] | None = None


_NOT_RETRIED = "没有这个编号；或者消息太大，未能随死信保留：请排除原因，重新提交文档，再放弃这条死信"

Guard = Callable[[Request], Awaitable[None]]


def token_guard(token: SecretStr | None) -> Guard:
    """A dependency that lets only holders of the token pass; without a token set, nobody."""

    async def guard(request: Request) -> None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        expected = token.get_secret_value() if token else ""
        same = hmac.compare_digest(given.strip().encode(), expected.encode())
        if not expected or scheme.lower() != "bearer" or not same:
            raise Problem(
                401, "需要管理令牌", "请带上 Authorization: Bearer 令牌", headers={"www-authenticate": "Bearer"}
            )
        if "\x00" in request.scope["path"]:  # names nothing, and PostgreSQL takes none into a question
            raise Problem(404, "没有这个地址")

    return guard


def operator_router(
    store: Store, status: Status, guard: Guard, *, clock: Clock, queued: Callable[[], None]
) -> APIRouter:
    """Status, traces and dead letters; ``queued`` is called when the outbox has something new."""
    router = APIRouter(prefix="/api/v1", tags=["admin"], dependencies=[Depends(guard)])

    not_well = {"model": State, "description": "不正常，problems 说明原因"}

    @router.get("/status", summary="是否一切正常", response_model=State, responses={503: not_well})
    async def state() -> Response:
        found = await status.report()
        return JSONResponse(found, 200 if found["ok"] else 503)

    @router.get("/trace/{report_id}", response_model=shapes.Way, responses=not_found(), summary="一份报告走过的路")
    async def way(report_id: str) -> dict[str, Any]:
        if steps := await store.read(trace, report_id):
            return {"report_id": report_id, "steps": steps}
        raise Problem(404, "没有这份报告的记录", f"{report_id} 没有到过 publish")

    _add_dead_letters(router, store, clock, queued)
    return router


def _add_dead_letters(router: APIRouter, store: Store, clock: Clock, queued: Callable[[], None]) -> None:
    none = not_found("没有这条死信")

    @router.get("/dead-letters", response_model=shapes.Letters, summary="处理不了的消息")
    async def list_letters() -> dict[str, Any]:
        rows = await store.read(dead_letters.open_letters, limit=500)
        return {"items": [dead_letters.in_brief(row) for row in rows]}

    @router.get(
        "/dead-letters/{letter_id}",
        response_model=shapes.WholeLetter,
        response_model_exclude_unset=True,
        responses=none,
        summary="一条处理不了的消息，含原文",
    )
    async def show(letter_id: str) -> dict[str, Any]:
        row = await store.read(lambda session: session.get(DeadLetterRow, letter_id))
        if row is None:
            raise Problem(404, "没有这条死信")
        return dead_letters.in_full(row)

    @router.post(
        "/dead-letters/{letter_id}/retry",
        response_model=shapes.Retried,
        responses=none,
        summary="再处理一次；letter_id 为 all 时全部",
    )
    async def retry(letter_id: str) -> dict[str, Any]:
        retried = await store.write(dead_letters.retry, letter_id, clock())
        if not retried and letter_id != "all":
            raise Problem(404, "没有可以重试的死信", _NOT_RETRIED)
        queued()
        return {"retried": retried}

    @router.delete("/dead-letters/{letter_id}", status_code=204, responses=none, summary="放弃")
    async def drop(letter_id: str) -> Response:
        if not await store.write(dead_letters.drop, letter_id, clock()):
            raise Problem(404, "没有这条死信")
        return Response(status_code=204)
