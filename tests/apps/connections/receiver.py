"""A software that receives webhooks: a real HTTP server of this machine, that answers what it is told to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver(ThreadingHTTPServer):
    """``answers`` are given one after the other, the last for ever: a status, or « lent » to say nothing."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[Any] = [200]
        self.received: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """Where to send."""
        return f"http://127.0.0.1:{self.server_port}/maillage"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), body))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer == "lent":
            time.sleep(3)
        elif answer == "goutte":
            self._drip()
        else:
            self._answer(answer)

    def _answer(self, answer: int) -> None:
        self.send_response(answer)
        if 300 <= answer < 400:
            self.send_header("Location", "http://127.0.0.1/ailleurs")
        self.end_headers()

    def _drip(self) -> None:
        """A status that never ends: a letter from time to time, so that no silence is long."""
        with suppress(OSError):
            for _ in range(30):
                self.wfile.write(b"H")
                time.sleep(0.1)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """The server, for the time of a test."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
