"""The httpx client under the fetcher: guarded at connect time, without cookies, proxies or redirects of its own."""

from collections.abc import Iterable
from http.cookiejar import DefaultCookiePolicy

import httpx

from shushuo_shared.http_guard import guarded_transport

TIMEOUT = httpx.Timeout(20.0)


def open_client(*, user_agent: str, allowed_hosts: Iterable[str]) -> httpx.AsyncClient:
    """A client that reaches public addresses, and hosts that the operator allows by name wherever they are."""
    client = httpx.AsyncClient(
        transport=guarded_transport(),
        mounts={f"all://{host}": guarded_transport(allow_private=True) for host in allowed_hosts},
        headers={"user-agent": user_agent, "accept-language": "zh-CN,zh;q=0.9,en;q=0.5"},
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=False,
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client
