"""Keeps outgoing HTTP away from inward addresses: decided at connect time, for the very address that is dialled.

A check of the URL alone can be fooled by redirects and by names whose answer changes (DNS rebinding). Here every
connection resolves the name once, refuses it when any answer is not public, and dials one of the addresses it checked;
TLS still verifies the name. ``guarded_transport`` also ignores proxies and ``.netrc`` from the environment.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import httpcore
import httpx

from shushuo_shared.errors import ShushuoError

PORTS = frozenset({80, 443})

# Called public by ``ipaddress.is_global`` of Python 3.11 although it is not, or translated to an inward address.
NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "100.64.0.0/10",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
        "3fff::/20",
        "5f00::/16",
        "::/96",
    )
)


class AddressRefused(ShushuoError):
    """The address is not one that outgoing requests may reach; the message says why."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; IPv4 inside IPv6 counts as what it is."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    inward = any(ip.version == network.version and ip in network for network in NOT_PUBLIC)
    return ip.is_global and not ip.is_multicast and not inward


def check_url(url: str, *, allow_private: bool = False, https_only: bool = True) -> None:
    """AddressRefused when the URL itself already shows that it may not be called."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        httpx.Request("GET", url)  # knows of names that can never be looked up
    except (ValueError, httpx.InvalidURL) as e:
        raise AddressRefused(f"not a URL: {e}") from e
    if parts.scheme not in ("http", "https") or not host:
        raise AddressRefused("expected https://host/path")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("user name and password do not belong in a URL")
    if allow_private:
        return
    if https_only and parts.scheme != "https":
        raise AddressRefused("https is required")
    if port is not None and port not in PORTS:
        raise AddressRefused(f"port {port} is not allowed; only 443 and 80 are")
    if _is_literal(host) and not is_public(host):
        raise AddressRefused(f"{host} is not a public address")


def guarded_transport(
    *, allow_private: bool = False, limits: httpx.Limits | None = None, trust: ssl.SSLContext | None = None
) -> httpx.AsyncHTTPTransport:
    """A transport for ``httpx.AsyncClient`` whose every connection passes the guard, redirects included."""
    limits = limits or httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)
    trust = trust or httpx.create_ssl_context(trust_env=False)
    transport = httpx.AsyncHTTPTransport(trust_env=False, limits=limits, verify=trust)
    if allow_private:
        return transport
    # httpx has no public way to give its pool a network backend; tests/shared/test_http_guard.py watches this one.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=trust,
        max_connections=limits.max_connections,
        max_keepalive_connections=limits.max_keepalive_connections,
        keepalive_expiry=limits.keepalive_expiry,
        network_backend=GuardedBackend(),
    )
    return transport


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, checks every answer, and connects to one that was checked."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect, or AddressRefused when the host has an address that is not public."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await resolve(host, port)
                if inward := [address for address in addresses if not is_public(address)]:
                    raise AddressRefused(f"{host} leads to {inward[0]}, which is not a public address")
                return await self._first(addresses, port, local_address, list(socket_options or ()))
        except TimeoutError as e:
            raise httpcore.ConnectTimeout(f"no connection to {host} within {timeout} s") from e

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise AddressRefused(f"{path} is a local socket")

    async def sleep(self, seconds: float) -> None:
        """As the pool asks."""
        await asyncio.sleep(seconds)

    async def _first(
        self, addresses: list[str], port: int, local: str | None, options: list[httpcore.SOCKET_OPTION]
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that takes one."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, local_address=local, socket_options=options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as e:
                failure = e
        raise failure


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of the host, each once."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved: {e}") from e
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
