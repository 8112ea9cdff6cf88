"""The webhook part of the administrative API."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator
from sqlmodel import Session, col, select
from starlette.responses import Response

from shushuo_publish.filters import BadQuery, read
from shushuo_publish.store.outgoing import Delivery, Endpoint
from shushuo_publish.store.session import Store
from shushuo_publish.web import shapes_admin as shapes
from shushuo_publish.web.admin import Guard
from shushuo_publish.web.openapi import not_found
from shushuo_publish.web.problems import Problem
from shushuo_publish.webhooks import endpoints, outbox
from shushuo_publish.webhooks.payload import TYPES
from shushuo_shared.clock import Clock
from shushuo_shared.http_guard import AddressRefused, check_url

_NONE = not_found("没有这个接收地址")


class NewEndpoint(BaseModel):
    """An endpoint to be; no types means all of them."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=2000, examples=["https://app.example/hooks/shushuo"])
    types: list[str] = Field(default=[], examples=[["report.published", "report.updated"]])
    filters: dict[str, str] = Field(default={}, examples=[{"level": "basic"}])
    payload: Literal["full", "thin"] = "full"
    description: str = Field(default="", max_length=200)

    @field_validator("types")
    @classmethod
    def _known(cls, types: list[str]) -> list[str]:
        if unknown := [name for name in types if name not in TYPES]:
            raise ValueError(f"{'、'.join(unknown)} 不是事件类型；可用的有 {'、'.join(TYPES)}")
        return types

    @field_validator("url", "description")
    @classmethod
    def _no_control_characters(cls, value: str) -> str:
        if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in value):
            raise ValueError("含有控制字符")
        return value


class Rotation(BaseModel):
    """How long the old secret still signs beside the new one."""

    overlap_hours: float = Field(default=24, ge=0, le=168)


class Replay(BaseModel):
    """What to send again: one event, a stretch of time, or all that failed."""

    model_config = ConfigDict(extra="forbid")

    webhook_id: str | None = Field(default=None, max_length=100, pattern=r"^msg_[0-9a-f]+$")
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    failed: bool = False


def webhooks_router(
    store: Store, guard: Guard, *, clock: Clock, allow_private: bool, queued: Callable[[], None]
) -> APIRouter:
    """Everything about endpoints; ``queued`` is called when there may be something to send."""
    router = APIRouter(prefix="/api/v1/webhooks", tags=["admin"], dependencies=[Depends(guard)])
    _add_records(router, store, clock, allow_private)
    _add_actions(router, store, clock, queued)
    _add_sending(router, store, clock, queued)
    _add_log(router, store)
    return router


def _add_records(router: APIRouter, store: Store, clock: Clock, allow_private: bool) -> None:
    @router.post("", status_code=201, response_model=shapes.WithSecret, summary="登记一个接收地址；密钥只显示这一次")
    async def create(new: NewEndpoint) -> dict[str, Any]:
        try:
            check_url(new.url, allow_private=allow_private)
        except AddressRefused as e:
            hint = "" if allow_private else "；内网地址需设置 SHUSHUO_WEBHOOK_ALLOW_PRIVATE=1"
            raise Problem(400, "不能使用这个地址", f"{e}{hint}") from e
        row = await store.write(
            endpoints.create,
            url=new.url,
            event_types=new.types,
            filters=_checked(new.filters),
            payload=new.payload,
            description=new.description,
            now=clock(),
        )
        return shown(row) | {"pending": 0, "secret": row.secret}

    @router.get("", response_model=shapes.Endpoints, summary="接收地址清单")
    async def list_endpoints() -> dict[str, Any]:
        return {"items": await store.read(_listed)}

    @router.get("/{endpoint_id}", response_model=shapes.EndpointShape, responses=_NONE, summary="一个接收地址")
    async def get(endpoint_id: str) -> dict[str, Any]:
        return await store.read(_shown, endpoint_id)

    @router.delete("/{endpoint_id}", status_code=204, responses=_NONE, summary="删除接收地址及其投递记录")
    async def delete(endpoint_id: str) -> Response:
        await store.write(lambda s: s.delete(_one(s, endpoint_id)))
        return Response(status_code=204)


def _add_actions(router: APIRouter, store: Store, clock: Clock, queued: Callable[[], None]) -> None:
    action = partial(router.post, responses=_NONE)

    @action("/{endpoint_id}/pause", response_model=shapes.EndpointShape, summary="暂停；期间的事件全部保留")
    async def pause(endpoint_id: str) -> dict[str, Any]:
        await store.write(lambda s: outbox.pause(s, _one(s, endpoint_id), outbox.BY_HAND, clock()))
        return await get_shown(endpoint_id)

    @action("/{endpoint_id}/resume", response_model=shapes.Resumed, summary="恢复；保留的事件按次序发送")
    async def resume(endpoint_id: str) -> dict[str, Any]:
        queued_again = await store.write(lambda s: outbox.resume(s, _one(s, endpoint_id), clock()))
        queued()
        return await get_shown(endpoint_id) | {"queued": queued_again}

    @action("/{endpoint_id}/rotate", response_model=shapes.WithSecret, summary="更换密钥；重叠期内新旧密钥同时签名")
    async def rotate(endpoint_id: str, rotation: Rotation | None = None) -> dict[str, Any]:
        overlap = timedelta(hours=(rotation or Rotation()).overlap_hours)
        secret = await store.write(lambda s: endpoints.rotate(s, _one(s, endpoint_id), overlap, clock()))
        return await get_shown(endpoint_id) | {"secret": secret}

    async def get_shown(endpoint_id: str) -> dict[str, Any]:
        return await store.read(_shown, endpoint_id)


def _add_sending(router: APIRouter, store: Store, clock: Clock, queued: Callable[[], None]) -> None:
    action = partial(router.post, status_code=202, responses=_NONE)

    @action("/{endpoint_id}/test", response_model=shapes.TestQueued, summary="发送 endpoint.test")
    async def test(endpoint_id: str) -> dict[str, Any]:
        name = await store.write(lambda s: endpoints.send_test(s, _one(s, endpoint_id), clock()))
        queued()
        return {"webhook_id": name}

    @action(
        "/{endpoint_id}/replay",
        response_model=shapes.Replayed,
        summary="重发：一个事件、一段时间或全部失败的",
    )
    async def replay(endpoint_id: str, wanted: Replay) -> dict[str, Any]:
        if wanted == Replay():
            raise Problem(400, "要重发什么", "请给出 webhook_id、since、until 或 failed 之一")
        selection = endpoints.Selection(**dict(wanted))
        replayed = await store.write(lambda s: endpoints.replay(s, _one(s, endpoint_id), selection, clock()))
        queued()
        return {"replayed": replayed}


def _add_log(router: APIRouter, store: Store) -> None:
    @router.get(
        "/{endpoint_id}/deliveries", response_model=shapes.Deliveries, responses=_NONE, summary="投递记录，最新在前"
    )
    async def deliveries(
        endpoint_id: str,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    ) -> dict[str, Any]:
        def found(session: Session) -> list[dict[str, Any]]:
            _one(session, endpoint_id)
            return endpoints.deliveries(session, endpoint_id, limit=limit, before=before)

        items = await store.read(found)
        return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}

    @router.get(
        "/{endpoint_id}/deliveries/{delivery_id}/attempts",
        response_model=shapes.Attempts,
        responses=not_found("没有这次投递"),
        summary="一次投递的全部尝试",
    )
    async def attempts(endpoint_id: str, delivery_id: Annotated[int, "path"]) -> dict[str, Any]:
        def found(session: Session) -> list[dict[str, Any]]:
            delivery = session.get(Delivery, delivery_id) if 0 < delivery_id < 2**62 else None
            if delivery is None or delivery.endpoint_id != endpoint_id:
                raise Problem(404, "没有这次投递")
            return [row.model_dump(mode="json") for row in endpoints.attempts(session, delivery_id)]

        return {"items": await store.read(found)}


def shown(row: Endpoint) -> dict[str, Any]:
    """An endpoint without its secrets."""
    hidden = {"secret", "old_secret", "event_types", "last_success_at"}
    last = row.last_success_at.isoformat() if row.last_success_at else None
    return row.model_dump(mode="json", exclude=hidden) | {"types": row.event_types, "last_success": last}


def _shown(session: Session, endpoint_id: str) -> dict[str, Any]:
    return shown(_one(session, endpoint_id)) | {"pending": outbox.waiting(session).get(endpoint_id, 0)}


def _one(session: Session, endpoint_id: str) -> Endpoint:
    row = session.get(Endpoint, endpoint_id, with_for_update=False)
    if row is None:
        raise Problem(404, "没有这个接收地址")
    return row


def _listed(session: Session) -> list[dict[str, Any]]:
    pending = outbox.waiting(session)
    rows = session.exec(select(Endpoint).order_by(col(Endpoint.created_at), col(Endpoint.id))).all()
    return [shown(row) | {"pending": pending.get(row.id, 0)} for row in rows]


def _checked(filters: dict[str, str]) -> dict[str, str]:
    """The filters in the one form that feeds use, too; BadQuery names what is wrong."""
    found, _ = read(filters.items())
    given = found.given()
    if unknown := [name for name in filters if name not in given]:
        raise BadQuery([{"name": name, "message": "不是推送的筛选条件"} for name in unknown])
    return given
