"""The antivirus, asked as ClamAV is: a small server that speaks its language stands in its place."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.apps.common.files.conftest import pdf

from maillage.apps.common.files import antivirus, storage
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
HARMFUL = b"ceci est un virus de test"


class Clamd(socketserver.StreamRequestHandler):
    """Reads a command ended by zero; for INSTREAM, blocks with their lengths until an empty one."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        if b"panne" in content:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
        self.wfile.write(b"stream: Test.Signature FOUND\0" if HARMFUL in content else b"stream: OK\0")


@pytest.fixture(params=["port", "socket"])
def clamd(request, settings, tmp_path) -> Iterator[str]:
    """The antivirus, reached by a port or by the path of a socket."""
    path = tmp_path / "clamd.sock"
    if request.param == "port":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(str(path), Clamd)
        settings.CLAMAV = str(path)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield settings.CLAMAV
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_file_that_the_antivirus_lets_through_is_marked_as_read(clamd, put):
    assert put(pdf()).scanned is True
    assert put(b"a" * 200_000, "long.txt").scanned is True


def test_a_harmful_file_is_refused_and_not_kept(clamd, put):
    with pytest.raises(BadInput, match="programme malveillant"):
        put(HARMFUL, "note.txt")
    assert list(storage.every()) == []


def test_an_antivirus_that_fails_lets_nothing_through(clamd, put):
    with pytest.raises(BadInput, match="ne répond pas"):
        put(b"panne", "note.txt")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nulle/part.sock", "sans-port"])
def test_an_antivirus_that_cannot_be_reached_lets_nothing_through(put, settings, address):
    settings.CLAMAV = address
    with pytest.raises(BadInput, match="ne répond pas : rien n'a été déposé"):
        put(b"note", "note.txt")
    assert list(storage.every()) == []
    assert not antivirus.ping(address)


def test_the_antivirus_can_be_asked_whether_it_is_there(clamd):
    assert antivirus.ping(clamd)


def test_an_antivirus_that_hangs_up_lets_nothing_through(put, settings, tmp_path: Path):
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        with pytest.raises(BadInput, match="ne répond pas"):
            put(b"note", "note.txt")
