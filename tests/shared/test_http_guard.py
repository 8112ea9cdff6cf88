"""Outgoing HTTP never reaches an inward address, whatever form its name or its redirects take."""

import socket
from typing import Any

import httpcore
import httpx
import pytest

from shushuo_shared import http_guard
from shushuo_shared.http_guard import AddressRefused, check_url, guarded_transport, is_public

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8",
]
INWARD = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:0:4136:e378::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", INWARD)
def test_inward_addresses_do_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://app.example/hook",
        "ftp://app.example/hook",
        "https:///hook",
        "https://user:secret@app.example/hook",
        "https://app.example:8443/hook",
        "https://10.0.0.1/hook",
        "https://[::1]/hook",
        "https://app.example:99999/hook",
        "https://xn--/hook",
        "https://⑧.example/hook",
        "hook",
    ],
)
def test_a_url_that_shows_what_it_is_is_refused_at_once(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)


def test_an_intranet_may_be_allowed() -> None:
    check_url("http://10.0.0.1:9000/hook", allow_private=True)
    check_url("https://app.example/hook")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0", "[::ffff:127.0.0.1]", "[::1]"],
)
async def test_no_spelling_of_loopback_is_dialled(host: str) -> None:
    async with httpx.AsyncClient(transport=guarded_transport()) as client:
        with pytest.raises((AddressRefused, httpx.ConnectError, httpx.InvalidURL)) as refused:
            await client.get(f"http://{host}:{_listening()}/")
    expected = ("not a public address", "cannot be resolved", "Invalid IPv4 address")
    assert any(reason in str(refused.value) for reason in expected)


async def test_one_inward_answer_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answers(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "192.168.0.1"]

    monkeypatch.setattr(http_guard, "resolve", answers)
    async with httpx.AsyncClient(transport=guarded_transport()) as client:
        with pytest.raises(AddressRefused, match=r"192\.168\.0\.1"):
            await client.get("http://rebound.example/")


async def test_what_is_dialled_is_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    dialled: list[str] = []

    class Wire(httpcore.AnyIOBackend):
        async def connect_tcp(self, host: str, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
            dialled.append(host)
            raise httpcore.ConnectError("no route in this test")

    async def answers(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    monkeypatch.setattr(http_guard, "resolve", answers)
    with pytest.raises(httpcore.ConnectError):
        await http_guard.GuardedBackend(Wire()).connect_tcp("changing.example", 443)
    assert dialled == ["93.184.216.34"]


async def test_every_hop_of_a_redirect_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    port = _listening()
    transport = guarded_transport()

    def redirect(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": f"http://127.0.0.1:{port}/"})

    mounts = {"http://start.example": httpx.MockTransport(redirect)}
    async with httpx.AsyncClient(transport=transport, mounts=mounts, follow_redirects=True) as client:
        with pytest.raises(AddressRefused):
            await client.get("http://start.example/")


def _listening() -> int:
    """A port on which somebody listens, so that only the guard can be what stops a connection."""
    server = socket.create_server(("127.0.0.1", 0))
    _open.append(server)
    return int(server.getsockname()[1])


_open: list[socket.socket] = []
