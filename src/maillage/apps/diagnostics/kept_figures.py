"""Figures that are long to add up, kept in a file of the territories folder, each with what it was made from.

A file loaded again changes the stamp of its own figures only: the first diagnosis after it adds up nothing else.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

import maillage
from maillage.apps.territories.models import DataSource

Elsewhere = dict[tuple[str, str], float | None]
"""A figure by level and code of a place."""
SMALL = 20_000
"""Rows below which adding up again is quicker than keeping."""
MADE = 4
"""Rank of the way these figures are made: what was kept otherwise is computed again."""


class Kept:
    """What was added up before, by name. ``made_with`` is what changes every figure (a parameter of method)."""

    def __init__(self, made_with: str) -> None:
        rows = DataSource.objects.loaded().order_by("key")
        self._rows = [(row.key, row.source, f"{row.key} {row.checksum} {row.loaded_at}") for row in rows]
        self._about = f"{maillage.__version__} {MADE} {made_with}"
        is_worth = sum(row.rows_written or 0 for row in rows) >= SMALL
        self._file = Path(settings.TERRITORIES_DIR) / "references" / "kept.json" if is_worth else None
        self._found = _read(self._file)
        self._changed = False

    def get(self, name: str, made_from: Iterable[str], compute: Callable[[], Elsewhere]) -> Elsewhere:
        """What was kept under ``name`` of the same sources, else what is computed now.

        ``made_from`` names sources by key or by kind (« rpps »); the communes, of no kind, are part of every figure.
        """
        stamp = self._stamp({*made_from, ""})
        held = self._found.get(name)
        if held is None or held[0] != stamp:
            held = [stamp, [(level, code, value) for (level, code), value in compute().items()]]
            self._found[name] = held
            self._changed = True
        return {(level, code): value for level, code, value in held[1]}

    def write(self, is_dead: Callable[[str], bool]) -> None:
        """Write what was computed, without the names that are dead; a folder that cannot be written costs only time."""
        if not self._changed or self._file is None:
            return
        part = self._file.with_suffix(".part")
        living = {name: held for name, held in self._found.items() if not is_dead(name)}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(living), encoding="utf-8")
            part.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()

    def _stamp(self, names: set[str]) -> str:
        told = [self._about, *(stamp for key, kind, stamp in self._rows if key in names or kind in names)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _read(file: Path | None) -> dict[str, list[Any]]:
    if file is None or not file.exists():
        return {}
    try:
        kept: dict[str, list[Any]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept
