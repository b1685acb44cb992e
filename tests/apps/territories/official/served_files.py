"""A server on this machine that gives a file by pieces, cuts, refuses, or changes it: what a network does."""

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODIFIED = "Sun, 09 Mar 2025 12:00:00 GMT"


@dataclass
class Served:
    """What the server gives: bodies by path, after how many bytes it hangs up, what was asked of it."""

    address: str = ""
    bodies: dict[str, bytes] = field(default_factory=dict)
    version: str = '"v1"'
    hang_up_after: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    def catalogue(self, **files: str) -> None:
        """A dataset as data.gouv.fr describes it: the title of each file, and when it changed."""
        resources = [
            {"title": name, "url": f"{self.address}/{name}", "last_modified": day} for name, day in files.items()
        ]
        self.bodies["/catalogue"] = json.dumps({"resources": resources}).encode()


@contextlib.contextmanager
def served() -> Iterator[Served]:
    """The server, as long as the block."""
    what = Served()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            what.asked.append((self.path, asked))
            body = what.bodies.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.close_connection = True
            start = _start(asked, self.headers.get("If-Range"), what.version)
            if start and start >= len(body):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.send_header("Content-Length", str(len(body) - start))
            self.send_header("ETag", what.version)
            self.send_header("Last-Modified", MODIFIED)
            self.end_headers()
            self.wfile.write(body[start : None if what.hang_up_after is None else start + what.hang_up_after])

        def log_message(self, *_said: object) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    what.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield what
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _start(asked: str, known: str | None, version: str) -> int:
    found = re.fullmatch(r"bytes=(\d+)-", asked)
    return int(found[1]) if found and known == version else 0
