"""What any packed file is held to once unpacked: a few megabytes can hold gigabytes."""

from typing import Protocol

LARGEST_RATIO = 200
FREE = 64 << 20
"""Bytes under which the ratio does not matter."""
CHUNK = 1 << 16


class Readable(Protocol):
    """Bytes to read."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, ``size`` at most; none at the end."""
        ...


def inflates(packed: int, unpacked: int) -> bool:
    """Whether ``packed`` bytes that become ``unpacked`` ones are a bomb rather than a file."""
    return unpacked > max(FREE, packed * LARGEST_RATIO)
