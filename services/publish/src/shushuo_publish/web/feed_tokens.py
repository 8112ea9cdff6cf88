"""Tokens for private feeds: given to one subscriber each, shown once, revoked without touching the others."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlmodel import Session, col, select
from starlette.requests import Request

from shushuo_publish.cards import china_time
from shushuo_publish.labels import STREAMS
from shushuo_publish.store.models import FeedToken
from shushuo_publish.web.problems import Problem
from shushuo_publish.web.site import Site


class NewToken(BaseModel):
    """Who the token is for."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")
    ]


class TokenShape(BaseModel):
    """A token without its secret."""

    id: str
    name: str = Field(examples=["云溪市政法委宣传处"])
    created_at: datetime
    revoked_at: datetime | None


class GivenToken(TokenShape):
    """A new token; ``token`` and the addresses made with it are never shown again."""

    token: str
    feeds: list[str]


def tokens_router(site: Site, guard: Callable[..., Any]) -> APIRouter:
    """Give, list and revoke tokens; ``guard`` lets only administrators pass."""
    router = APIRouter(prefix="/api/v1/feed-tokens", tags=["admin"], dependencies=[Depends(guard)])

    async def give(new: NewToken, request: Request) -> GivenToken:
        token = secrets.token_urlsafe(24)
        row = await site.store.write(_give, new.name, token, site.clock())
        links = site.links(request)
        feeds = [links.at(f"/feeds/t/{token}/{stream}.rss") for stream in STREAMS]
        return GivenToken(**_shape(row).model_dump(), token=token, feeds=feeds)

    async def list_tokens() -> list[TokenShape]:
        return await site.store.read(_list)

    async def revoke(token_id: str) -> Response:
        if not await site.store.write(_revoke, token_id, site.clock()):
            raise Problem(404, "没有这个订阅令牌")
        return Response(status_code=204)

    router.add_api_route("", give, methods=["POST"], status_code=201, summary="发放订阅令牌")
    router.add_api_route("", list_tokens, methods=["GET"], summary="订阅令牌清单")
    router.add_api_route("/{token_id}", revoke, methods=["DELETE"], status_code=204, summary="撤销订阅令牌")
    return router


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_live(session: Session, token: str) -> bool:
    """Whether the token was given and not revoked."""
    query = select(FeedToken.id).where(col(FeedToken.sha256) == digest(token), col(FeedToken.revoked_at).is_(None))
    return session.exec(query).first() is not None


def _give(session: Session, name: str, token: str, now: datetime) -> FeedToken:
    row = FeedToken(id="t" + secrets.token_hex(8), name=name, sha256=digest(token), created_at=now)
    session.add(row)
    return row


def _list(session: Session) -> list[TokenShape]:
    oldest_first = select(FeedToken).order_by(col(FeedToken.created_at), col(FeedToken.name))
    return [_shape(row) for row in session.exec(oldest_first)]


def _revoke(session: Session, token_id: str, now: datetime) -> bool:
    row = session.get(FeedToken, token_id)
    if row is None:
        return False
    row.revoked_at = row.revoked_at or now
    session.add(row)
    return True


def _shape(row: FeedToken) -> TokenShape:
    revoked = china_time(row.revoked_at) if row.revoked_at else None
    return TokenShape(id=row.id, name=row.name, created_at=china_time(row.created_at), revoked_at=revoked)
