"""JSON answers with validators of their own."""

import json
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.feeds.caching import render, respond


def answer(request: Request, found: BaseModel | dict[str, Any]) -> Response:
    """A JSON answer; 304 when the client has the same content already."""
    if isinstance(found, BaseModel):
        body = found.model_dump_json().encode()
    else:
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return respond(render(body, "application/json"), request.headers)
