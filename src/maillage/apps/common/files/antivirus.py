"""ClamAV, when the installation has one: asked over its socket, with its INSTREAM command."""

import socket
import struct

from maillage.apps.common.files.refusals import refused

CHUNK = 1 << 16
TIMEOUT = 30
"""Seconds."""
LONGEST_ANSWER = 4096
INFECTED = "L'antivirus a reconnu un programme malveillant dans ce fichier : il n'est pas gardé."
UNREACHABLE = (
    "L'antivirus de cette installation ne répond pas : rien n'a été déposé. Réessayez dans quelques minutes, ou "
    "prévenez qui administre le site."
)


class AntivirusSilent(OSError):
    """The antivirus cannot be reached, or does not answer as it should."""


def check(content: bytes, address: str) -> None:
    """Raises ``BadInput`` when the antivirus at ``address`` knows this as harmful, or does not answer."""
    try:
        answer = _asked(address, b"zINSTREAM\0", content)
    except AntivirusSilent as error:
        raise refused(UNREACHABLE) from error
    if answer.endswith("FOUND"):
        raise refused(INFECTED)
    if not answer.endswith("OK"):
        raise refused(UNREACHABLE)


def ping(address: str) -> bool:
    """Whether the antivirus answers."""
    try:
        return _asked(address, b"zPING\0") == "PONG"
    except AntivirusSilent:
        return False


def _asked(address: str, command: bytes, content: bytes = b"") -> str:
    try:
        with _connected(address) as link:
            link.sendall(command)
            for start in range(0, len(content), CHUNK):
                block = content[start : start + CHUNK]
                link.sendall(struct.pack("!L", len(block)) + block)
            if content:
                link.sendall(struct.pack("!L", 0))
            return _answer(link)
    except (OSError, ValueError) as error:
        raise AntivirusSilent(str(error)) from error


def _connected(address: str) -> socket.socket:
    """A link to « host:port », or to the path of a socket."""
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(TIMEOUT)
        try:
            link.connect(address)
        except OSError:
            link.close()
            raise
        return link
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), TIMEOUT)


def _answer(link: socket.socket) -> str:
    received = b""
    while len(received) < LONGEST_ANSWER and not received.endswith(b"\0") and (block := link.recv(LONGEST_ANSWER)):
        received += block
    return received.rstrip(b"\0\n").decode("utf-8", "replace")
