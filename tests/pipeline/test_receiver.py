"""The receiver of these tests tells a request cut off in the middle from one that is wrongly signed."""

import socket
from urllib.parse import urlsplit

from shushuo_publish.webhooks.signing import new_secret
from tests.pipeline.receiver import Receiver


def sent(receiver: Receiver, body: bytes, length: int) -> bytes:
    """What the receiver answers to a post of ``body`` that was announced with ``length`` bytes and then ended."""
    with socket.create_connection((receiver.host, urlsplit(receiver.url).port or 0)) as peer:
        head = f"POST /hook HTTP/1.1\r\nhost: {receiver.host}\r\ncontent-length: {length}\r\n"
        unsigned = "webhook-id: msg_1\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,none\r\n\r\n"
        peer.sendall((head + unsigned).encode() + body)
        peer.shutdown(socket.SHUT_WR)
        return peer.recv(100)


def test_a_request_whose_sender_was_killed_is_no_request() -> None:
    with Receiver(secret=new_secret()) as receiver:
        assert sent(receiver, b"{", length=400) == b""
        assert receiver.refused == receiver.received == []


def test_a_whole_request_with_a_wrong_signature_is_refused() -> None:
    with Receiver(secret=new_secret()) as receiver:
        assert b" 400 " in sent(receiver, b"{}", length=2)
        assert len(receiver.refused) == 1
