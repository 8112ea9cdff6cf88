"""Talks to a running system over HTTP for the commands, and says plainly what is wrong when that fails."""

from typing import Any

import httpx

from shushuo.settings import LauncherSettings
from shushuo_shared.errors import ConfigError, Retryable
from shushuo_shared.settings import load


def call(method: str, path: str, *, accept: tuple[int, ...] = (), **content: Any) -> Any:
    """The JSON answer of the running system's API; statuses in ``accept`` are answers, too."""
    settings = load(LauncherSettings)
    headers = {"authorization": f"Bearer {settings.token()}"}
    try:
        with httpx.Client(base_url=settings.url, headers=headers, timeout=60, trust_env=False) as client:
            response = client.request(method, path, **content)
    except (httpx.TransportError, httpx.InvalidURL) as e:
        raise Retryable(f"nothing answers at {settings.url}: start it with `shushuo up`, or set SHUSHUO_URL") from e
    if response.is_error and response.status_code not in accept:
        raise ConfigError(_explain(response, settings.url))
    return response.json() if response.content else None


def _explain(response: httpx.Response, url: str) -> str:
    if response.status_code == 401:
        return f"{url} refused the token; set SHUSHUO_ADMIN_TOKEN, or SHUSHUO_DATA_DIR to the folder it runs on"
    try:
        problem = response.json()
        return str(problem.get("detail") or problem.get("title"))
    except ValueError:
        return f"{url} answered {response.status_code}: {response.text[:200]}"
