"""Errors over HTTP as problem documents (RFC 9457); raise ``Problem`` anywhere below a route."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.filters import BadQuery
from shushuo_shared.errors import Retryable

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # RFC 9457's own word
    """What the client is told instead of an answer; ``more`` are extra members, ``headers`` extra headers."""

    def __init__(
        self, status: int, title: str, detail: str = "", *, headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.body = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {})
        self.body |= more
        self.headers = headers or {}

    def response(self) -> Response:
        """The problem document."""
        content = json.dumps(self.body, ensure_ascii=False)
        return Response(content, self.status, media_type=MEDIA_TYPE, headers=self.headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Turn every error of the application into a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(BadQuery, _bad_query)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Retryable, _not_ready)
    app.add_exception_handler(Exception, _failed)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


async def _bad_query(_: Request, error: Exception) -> Response:
    assert isinstance(error, BadQuery)
    return Problem(400, "参数有误", str(error), errors=error.problems).response()


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"name": ".".join(str(part) for part in e["loc"]), "message": e["msg"]} for e in error.errors()]
    return Problem(400, "请求有误", "；".join(f"{e['name']}：{e['message']}" for e in errors), errors=errors).response()


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Problem(error.status_code, str(error.detail), headers=dict(error.headers or {})).response()


async def _not_ready(_: Request, error: Exception) -> Response:
    return Problem(503, "暂时无法应答", "存储暂不可用，请稍后再试", headers={"retry-after": "5"}).response()


async def _failed(_: Request, __: Exception) -> Response:
    """A fault of ours; its traceback is in the log."""
    return Problem(500, "内部错误", "请稍后再试；若仍如此，请把时间和地址告诉管理员").response()
