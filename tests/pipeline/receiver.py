"""A webhook receiver: a real HTTP server that verifies every request with the reference library and remembers it."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Receiver:
    """Listens on a free port of this machine; ``secret`` is set when the endpoint is registered."""

    secret: str = ""
    host: str = "127.0.0.1"
    received: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = self.rfile.read(length)
                if len(body) < length:  # its sender was killed while sending
                    self.close_connection = True
                    return
                self.send_response(receiver.take(body, dict(self.headers)))
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((self.host, 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where webhooks are to be sent."""
        return f"http://{self.host}:{self._server.server_port}/hook"

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        """Verify and remember; the status to answer with. Before the secret is known, the sender is asked to wait."""
        if not self.secret:
            return 503
        try:
            Webhook(self.secret).verify(body, headers)
        except Exception as e:
            self.refused.append(repr(e))
            return 400
        lowered = {name.lower(): value for name, value in headers.items()}
        self.received.append({"id": lowered["webhook-id"], **json.loads(body)})
        return 204

    def of_type(self, event_type: str) -> dict[str, list[dict[str, Any]]]:
        """What came of one type, by report id; repeated ``webhook-id``s count once."""
        unique = {event["id"]: event for event in self.received if event["type"] == event_type}
        found: dict[str, list[dict[str, Any]]] = {}
        for event in unique.values():
            found.setdefault(event["data"]["report_id"], []).append(event)
        return found
