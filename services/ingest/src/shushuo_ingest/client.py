"""Hands documents to a running ingest over HTTP: what the command line calls."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx

from shushuo_shared.errors import ConfigError, Retryable

BATCH_FILES = 20
BATCH_BYTES = 32_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What ingest answered about one document."""

    name: str
    report_id: str
    version: str
    outcome: Literal["accepted", "changed", "unchanged", "failed"]
    reason: str | None = None


def submit(
    items: Sequence[str], *, base_url: str, token: str, lane: Literal["live", "backfill"] = "live"
) -> Iterator[Submitted]:
    """Hand in files, whole folders and web addresses; outcomes come as ingest decides them.

    ConfigError when a path does not exist or the token is refused, Retryable when no ingest answers.
    """
    urls = [item for item in items if item.startswith(("http://", "https://"))]
    files = list(_files(item for item in items if item not in urls))
    with _client(base_url, token) as client:
        for batch in _batches(_named(files)):
            yield from _sent(client, data={"lane": lane}, files=[("files", (n, p.read_bytes())) for n, p in batch])
        for url in urls:
            yield from _sent(client, json={"url": url, "lane": lane})


def list_sources(*, base_url: str, token: str) -> list[dict[str, Any]]:
    """Every source that is watched, with its state, its alarms and the problems of its entry."""
    with _client(base_url, token) as client:
        return list(_answer(client, "GET", "/v1/sources")["sources"])


def check_source(name: str, *, base_url: str, token: str) -> dict[str, Any]:
    """What a poll of the source would find, fetched and read, with nothing emitted or remembered."""
    with _client(base_url, token) as client:
        return _answer(client, "POST", f"/v1/sources/{name}/check")


def poll_source(name: str, *, base_url: str, token: str) -> dict[str, Any]:
    """Poll the source now; what was found and what became of it."""
    with _client(base_url, token) as client:
        return _answer(client, "POST", f"/v1/sources/{name}/poll")


def replay(report_id: str, *, base_url: str, token: str) -> dict[str, Any]:
    """The raw report made again from its archived bytes, offline."""
    with _client(base_url, token) as client:
        return _answer(client, "POST", f"/v1/reports/{report_id}/replay")


def _client(base_url: str, token: str) -> httpx.Client:
    timeout = httpx.Timeout(10, read=900, write=900)
    headers = {"authorization": f"Bearer {token}"}
    return httpx.Client(base_url=base_url.rstrip("/") + "/ingest", headers=headers, timeout=timeout, trust_env=False)


def _sent(client: httpx.Client, **content: Any) -> Iterator[Submitted]:
    for answer in _answer(client, "POST", "/v1/documents", **content)["documents"]:
        yield Submitted(**answer)


def _answer(client: httpx.Client, method: str, path: str, **content: Any) -> dict[str, Any]:
    try:
        response = client.request(method, path, **content)
    except httpx.TransportError as e:
        raise Retryable(f"no ingest answers at {client.base_url}: {e}. Is `shushuo up` running?") from e
    if response.status_code == 401:
        raise ConfigError("ingest refused the token; set SHUSHUO_ADMIN_TOKEN to the one it runs with")
    if response.is_error:
        raise ConfigError(f"ingest answered {response.status_code}: {_detail(response)}")
    found: dict[str, Any] = response.json()
    return found


def _detail(response: httpx.Response) -> str:
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return response.text[:200]


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
        elif path.is_file():
            yield path
        else:
            raise ConfigError(f"{name}: no such file or folder")


def _named(files: Sequence[Path]) -> list[tuple[str, Path]]:
    """Each file under its base name, by which it is known; files of one name in different folders keep their path."""
    files = list(dict.fromkeys(files))
    shared = {name for name, count in Counter(path.name for path in files).items() if count > 1}
    return [(path.as_posix() if path.name in shared else path.name, path) for path in files]


def _batches(files: Sequence[tuple[str, Path]]) -> Iterator[list[tuple[str, Path]]]:
    batch: list[tuple[str, Path]] = []
    size = 0
    for name, path in files:
        if batch and (len(batch) >= BATCH_FILES or size + path.stat().st_size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((name, path))
        size += path.stat().st_size
    if batch:
        yield batch
