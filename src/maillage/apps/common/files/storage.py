"""Where deposited files are: a folder outside of what the web serves, under random names, whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

DRAFT = ".part"


def put(content: bytes) -> str:
    """Write a file and give its path inside the folder; when writing fails, nothing is left."""
    name = secrets.token_hex(24)
    path = f"{name[:2]}/{name}"
    target = root() / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(DRAFT)
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return path


def opened(path: str) -> BinaryIO:
    """The bytes of a file. Raises ``FileNotFoundError`` when it is gone."""
    return (root() / path).open("rb")


def remove(path: str) -> None:
    """Erase a file; it may already be gone."""
    (root() / path).unlink(missing_ok=True)


def root() -> Path:
    """The folder of this installation."""
    return Path(settings.FILES_DIR)


def every() -> Iterator[tuple[str, float]]:
    """The path of every file on disk and when it was written (seconds since 1970)."""
    for file in root().glob("??/*"):
        yield file.relative_to(root()).as_posix(), file.stat().st_mtime
