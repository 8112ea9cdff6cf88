"""Ingest's HTTP interface: hand documents in, look at the sources. Everything but the health check needs the token."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from pydantic import SecretStr
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from shushuo_ingest.intake import Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.service import Ingest
from shushuo_shared.errors import Retryable
from shushuo_shared.events import SourceRef
from shushuo_shared.topics import Lane

MOST_FILES = 1000


def create_api(ingest: Ingest) -> FastAPI:
    """The application; ``up`` mounts it under /ingest, ``run ingest`` serves it by itself."""
    api = FastAPI(title="Shushuo ingest", docs_url=None, redoc_url=None)
    guarded = APIRouter(dependencies=[Depends(_token_check(ingest.settings.admin_token))])

    @api.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @guarded.post("/v1/documents")
    async def submit(request: Request) -> dict[str, list[Outcome]]:
        """Take one or many files (multipart), or a page by its address (JSON ``{"url": …}``)."""
        return {"documents": await _submitted(ingest, request)}

    api.include_router(guarded)
    return api


def create_site(ingest: Ingest) -> FastAPI:
    """The application as ``run ingest`` serves it: under /ingest as in ``up``, and at the root."""
    api = create_api(ingest)
    site = FastAPI(openapi_url=None)
    site.mount("/ingest", api)
    site.mount("/", api)
    return site


def _token_check(token: SecretStr | None) -> Callable[[str], None]:
    def check(authorization: Annotated[str, Header()] = "") -> None:
        if token is None:
            raise HTTPException(503, "SHUSHUO_ADMIN_TOKEN is not set, so nothing may be handed in")
        given = authorization.removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
            raise HTTPException(401, "bearer token missing or wrong", {"www-authenticate": "Bearer"})

    return check


async def _submitted(ingest: Ingest, request: Request) -> list[Outcome]:
    try:
        async with request.form(max_files=MOST_FILES) as form:
            lane: Lane = "backfill" if form.get("lane") == "backfill" else "live"
            uploads = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            if not uploads:
                raise HTTPException(422, "no file in the request: send multipart/form-data with one or more files")
            return [await _taken(ingest, upload, lane) for upload in uploads]
    except MultiPartException as e:
        raise HTTPException(400, f"not a multipart upload: {e.message}") from e


async def _taken(ingest: Ingest, upload: UploadFile, lane: Lane) -> Outcome:
    """One upload's outcome; a world that is away fails this document and says to try again."""
    name = upload.filename or "unnamed"
    document = Document(source=SourceRef(name="upload", kind="upload", address=name), name=name, lane=lane)
    limit = ingest.settings.max_document_bytes
    if (upload.size or 0) > limit:
        return _failed(document, f"{name} is larger than {limit} bytes; raise SHUSHUO_MAX_DOCUMENT_BYTES to take it")
    try:
        return await ingest.intake.accept(document, await upload.read())
    except Retryable as e:
        return _failed(document, f"{name} was not taken in: {e}. Submit it again later")


def _failed(document: Document, reason: str) -> Outcome:
    return Outcome(name=document.name, report_id=document.report_id, version="", outcome="failed", reason=reason)
