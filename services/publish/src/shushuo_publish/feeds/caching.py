"""Honest HTTP caching: strong validators from content, one for each encoding, and the conditions of RFC 9110."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from starlette.responses import Response

SMALLEST_ZIPPED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished representation, plain and zipped, each with its own strong ETag."""

    body: bytes
    zipped: bytes
    etag: str
    zipped_etag: str
    media_type: str
    changed_at: datetime | None = None
    links: str = ""


def render(body: bytes, media_type: str, changed_at: datetime | None = None, links: str = "") -> Rendered:
    """Zip and hash once; the zip carries no time, so equal content gives equal bytes."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Rendered(
        body=body,
        zipped=gzip.compress(body, 6, mtime=0),
        etag=f'"{digest}"',
        zipped_etag=f'"{digest}-gzip"',
        media_type=media_type,
        changed_at=changed_at,
        links=links,
    )


def respond(
    rendered: Rendered, headers: Mapping[str, str], *, now: datetime | None = None, private: bool = False
) -> Response:
    """The answer to a GET with these request headers: 304 when the client has it already."""
    zip_it = len(rendered.body) >= SMALLEST_ZIPPED and _accepts_gzip(headers.get("accept-encoding", ""))
    about = {
        "etag": rendered.zipped_etag if zip_it else rendered.etag,
        "cache-control": "private, no-cache" if private else "public, max-age=0, must-revalidate",
        "vary": "Accept-Encoding",
    }
    changed = _settled(rendered.changed_at, now)
    if changed:
        about["last-modified"] = format_datetime(changed, usegmt=True)
    if rendered.links:
        about["link"] = rendered.links
    if _unchanged(headers, rendered, changed):
        return Response(status_code=304, headers=about)
    if zip_it:
        about["content-encoding"] = "gzip"
    return Response(rendered.zipped if zip_it else rendered.body, media_type=rendered.media_type, headers=about)


def _settled(changed_at: datetime | None, now: datetime | None) -> datetime | None:
    """The date of the last change, once no second change can fall into the same second (RFC 9110 §8.8.2.2)."""
    if changed_at is None or now is None or now - changed_at < timedelta(seconds=1):
        return None
    return changed_at.astimezone(UTC).replace(microsecond=0)


def _unchanged(headers: Mapping[str, str], rendered: Rendered, changed: datetime | None) -> bool:
    asked = headers.get("if-none-match")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return "*" in tags or rendered.etag in tags or rendered.zipped_etag in tags
    since = headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except (ValueError, IndexError, OverflowError):
        return False
    return moment.tzinfo is not None and changed <= moment


def _accepts_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            quality = parameters.replace(" ", "").removeprefix("q=")
            return quality.strip("0.") != "" if parameters else True
    return False
