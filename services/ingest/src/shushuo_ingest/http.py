"""Ingest's HTTP interface: hand documents in, look at the sources. Everything but the health check needs the token."""

import hmac
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from pydantic import BaseModel, SecretStr
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import JSONResponse

from shushuo_ingest.fetch.address import canonical
from shushuo_ingest.intake import Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.service import Ingest
from shushuo_ingest.sources import Source
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import SourceRef
from shushuo_shared.health import health_app
from shushuo_shared.topics import Lane

MOST_FILES = 1000


class Address(BaseModel):
    """A page to fetch and take in."""

    url: str
    lane: Lane = "live"


def create_api(ingest: Ingest) -> FastAPI:
    """The application; ``up`` mounts it under /ingest, ``run ingest`` serves it by itself."""
    api = FastAPI(title="Shushuo ingest", docs_url=None, redoc_url=None, exception_handlers={Retryable: _away})
    guarded = APIRouter(dependencies=[Depends(_token_check(ingest.settings.admin_token))])

    @api.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @guarded.post("/v1/documents")
    async def submit(request: Request) -> dict[str, list[Outcome]]:
        """Take one or many files (multipart), or a page by its address (JSON ``{"url": …}``)."""
        return {"documents": await _submitted(ingest, request)}

    @guarded.get("/v1/sources")
    async def sources() -> dict[str, Any]:
        """Every source with its state and alarms, bad entries of the file among them; what is wrong, in words."""
        rows = await ingest.desk.overview()
        return {"sources": rows, "problems": ingest.desk.problems_in(rows)}

    @guarded.post("/v1/sources/{name}/poll")
    async def poll(name: str) -> dict[str, Any]:
        """Look at the source now and take what is found."""
        return await ingest.desk.poll(_source(ingest, name))

    @guarded.post("/v1/sources/{name}/check")
    async def check(name: str) -> dict[str, Any]:
        """What a look would find; nothing is emitted."""
        return await ingest.desk.check(_source(ingest, name))

    @guarded.post("/v1/reports/{report_id}/replay")
    async def replay(report_id: str) -> dict[str, Any]:
        """The report as it was published, made again from the archived bytes."""
        try:
            return (await ingest.intake.replay(report_id)).model_dump(mode="json")
        except Poison as e:
            raise HTTPException(404, str(e)) from e

    api.include_router(guarded)
    return api


def create_site(ingest: Ingest) -> FastAPI:
    """What ``run ingest`` serves: the application under /ingest as in ``up`` and at the root, health and metrics."""
    api = create_api(ingest)
    site = FastAPI(openapi_url=None)
    site.router.routes.extend(health_app({"watching": ingest.watcher.trouble}).routes)
    site.mount("/ingest", api)
    site.mount("/", api)
    return site


async def _away(_: Request, failure: Exception) -> JSONResponse:
    """What is told when the database, the bus or the blob store is away."""
    return JSONResponse({"detail": f"{failure}. Try again later"}, 503)


def _token_check(token: SecretStr | None) -> Callable[[str], None]:
    def check(authorization: Annotated[str, Header()] = "") -> None:
        if token is None:
            raise HTTPException(503, "SHUSHUO_ADMIN_TOKEN is not set, so nothing may be handed in")
        given = authorization.removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
            raise HTTPException(401, "bearer token missing or wrong", {"www-authenticate": "Bearer"})

    return check


def _source(ingest: Ingest, name: str) -> Source:
    found = ingest.desk.source(name)
    if found is None:
        known = ", ".join(sorted(ingest.watcher.catalog.sources)) or "none"
        raise HTTPException(404, f"no source {name!r}; watched are: {known}")
    return found


async def _submitted(ingest: Ingest, request: Request) -> list[Outcome]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return [await _fetched(ingest, request)]
    try:
        async with request.form(max_files=MOST_FILES) as form:
            lane: Lane = "backfill" if form.get("lane") == "backfill" else "live"
            uploads = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            if not uploads:
                raise HTTPException(422, "no file in the request: send multipart/form-data with one or more files")
            return [await _taken(ingest, upload, lane) for upload in uploads]
    except MultiPartException as e:
        raise HTTPException(400, f"not a multipart upload: {e.message}") from e


async def _fetched(ingest: Ingest, request: Request) -> Outcome:
    """The outcome of a submitted address; what fails is told, and nothing is kept of it."""
    try:
        asked = Address.model_validate_json(await request.body())
        canonical(asked.url)
    except ValueError as e:
        raise HTTPException(422, f'expected {{"url": "https://…"}}: {e}') from e
    source = SourceRef(name="upload", kind="upload", address=canonical(asked.url))
    document = Document(source=source, name=asked.url, lane=asked.lane)
    try:
        return await ingest.fetch_and_accept(asked.url, asked.lane)
    except (Retryable, Poison) as e:
        return _failed(document, f"{e}. Submit it again later" if isinstance(e, Retryable) else str(e))


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
