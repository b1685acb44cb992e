"""One message to one address: no redirect is followed, no answer is read, ten seconds at most in all."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_match_hostname import CertificateError

from maillage.apps.connections.guard import Target

TIMEOUT = 10.0
"""Seconds, from the connection to the status of the answer."""


class NotSent(Exception):
    """Nothing answered; the message says why, in French."""


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """Send and give the HTTP status of the answer. Raises :class:`NotSent`."""
    connection = _connection(target)
    with _cut_after(TIMEOUT, connection) as cut:
        try:
            connection.connect()
            said = {**headers, "Host": target.said_host, "Connection": "close"}
            connection.request("POST", target.path, body=body, headers=said, preload_content=False)
            return int(connection.getresponse().status)
        except (CertificateError, HTTPError, HTTPException, OSError) as error:
            raise NotSent(_told(error, cut=cut.is_set())) from None
        finally:
            connection.close()


def _connection(target: Target) -> HTTPConnection:
    if not target.tls:
        return HTTPConnection(target.address, target.port, timeout=TIMEOUT)
    return HTTPSConnection(
        target.address,
        target.port,
        timeout=TIMEOUT,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _cut_after(seconds: float, connection: HTTPConnection) -> Iterator[threading.Event]:
    """Close the connection when it lasts: who answers one byte at a time is cut like the others."""
    cut = threading.Event()

    def end() -> None:
        cut.set()
        if (held := connection.sock) is not None:
            with suppress(OSError):  # it may have ended by itself meanwhile
                socket.socket.shutdown(held, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield cut
    finally:
        timer.cancel()


def _told(error: Exception, *, cut: bool) -> str:
    if cut or isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"Pas de réponse en {TIMEOUT:g} secondes."
    if isinstance(error, CertificateError) or "certificate" in str(error).lower():
        return "Le certificat de cette adresse n'est pas valable."
    return "La connexion a échoué."
