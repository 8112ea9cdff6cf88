"""JSON answers with validators of their own."""

import json
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.feeds.caching import Rendered, render, respond


def answer(request: Request, found: BaseModel | dict[str, Any]) -> Response:
    """A JSON answer; 304 when the client has the same content already."""
    return respond(written(found), request.headers)


def written(found: BaseModel | dict[str, Any]) -> Rendered:
    """The JSON of an answer."""
    if isinstance(found, BaseModel):
        body = found.model_dump_json().encode()
    else:
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return render(body, "application/json")
