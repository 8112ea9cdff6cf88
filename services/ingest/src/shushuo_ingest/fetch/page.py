"""What fetching an address yields, and the ways in which it fails."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from shushuo_shared.errors import Poison, Retryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a site gave to ask cheaply next time whether anything changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched document or page; ``address`` is where it was in the end, after redirects."""

    address: str
    body: bytes
    media_type: str = "application/octet-stream"
    charset: str | None = None
    validators: Validators = field(default_factory=Validators)


class Fetch(Protocol):
    """Fetches an address, politely."""

    async def __call__(self, address: str, *, validators: Validators | None = None) -> Page:
        """The page; raises Unchanged, FetchFailed (and its kinds) or Refused."""


class Unchanged(Exception):
    """The site says that nothing changed since the validators were given."""


class FetchFailed(Retryable):
    """The page could not be had now; ``retry_after`` is what the site asked for."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Gone(FetchFailed):
    """The site says that there is no such page (404, 410), or the file is no longer there."""


class FakeSuccess(FetchFailed):
    """The site answered 200 with something that is not the page: a challenge, a login, an error, nothing."""


class Refused(Poison):
    """The page must not be fetched: robots.txt, an inward address, or too large."""
