"""Where a webhook may be sent: an https address that leads to the public Internet, checked each time it is used.

The name is resolved here and the connection is opened to the very address that was checked: a name that leads
elsewhere a moment later (« DNS rebinding ») changes nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from maillage.core.kernel.problems import BadInput, Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LONGEST = 500
EXPECTED = "une adresse https complète, par exemple https://exemple.fr/maillage, sans mot de passe"


class Refused(Exception):
    """An address where nothing is sent; the message says why, in French."""


@dataclass(frozen=True)
class Target:
    """Where to connect (``address``), and what to ask there."""

    address: str
    host: str
    port: int
    path: str
    tls: bool

    @property
    def said_host(self) -> str:
        """The header « Host »."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.tls else 80) else f"{name}:{self.port}"


def check_url(url: str) -> None:
    """Raises :class:`BadInput` when an address is not written as it must be; nothing is resolved."""
    if _parts(url) is None:
        raise BadInput([Problem("adresse", url or None, EXPECTED)])


def target_of(url: str) -> Target:
    """Where an address leads now. Raises :class:`Refused`."""
    parts = _parts(url)
    if parts is None:
        raise Refused("L'adresse n'est pas une adresse https complète.")
    tls = parts.scheme == "https"
    host, port = str(parts.hostname), parts.port or (443 if tls else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(_resolved(host, port), host, port, path, tls)


def is_public(address: Address) -> bool:
    """Whether an address is of the public Internet, and hides no other in it (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv6Address) and (hidden := _hidden(address)) is not None:
        return is_public(hidden)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _hidden(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; ``None`` when it is not one that we accept."""
    if len(url) > LONGEST or not url.isascii() or any(letter <= " " or letter in '\\<>"' for letter in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    schemes = ("https", "http") if settings.WEBHOOKS_PRIVATE else ("https",)
    wrong = parts.username is not None or parts.password is not None or parts.fragment or port == 0
    return None if parts.scheme not in schemes or not parts.hostname or wrong else parts


def _resolved(host: str, port: int) -> str:
    """The address of a name; every address that it has must be acceptable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise Refused("Le nom de cette adresse est inconnu.") from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses:
        raise Refused("Le nom de cette adresse est inconnu.")
    if not settings.WEBHOOKS_PRIVATE and not all(is_public(_read(each)) for each in addresses):
        raise Refused("Cette adresse mène à un réseau privé : rien n'y est envoyé.")
    return addresses[0]


def _read(address: str) -> Address:
    return ipaddress.ip_address(address.partition("%")[0])
