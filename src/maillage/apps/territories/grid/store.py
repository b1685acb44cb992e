"""The work folder of a grid: tiles by partition, what each step gave, and what they were made from.

A file stands only once it is whole (written beside, then renamed), so what stands needs no second computation: a
run that was stopped goes on from there. The folder belongs to one question: other tiles, sites or rules empty it.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.core.territory.grid.tiles import Tiles

MANIFEST = "question.json"
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Store:
    """The files of one question, under ``folder``."""

    folder: Path

    def open(self, question: dict[str, Any]) -> bool:
        """Make the folder ready for this question; returns whether work of a former run is kept."""
        manifest = self.folder / MANIFEST
        if manifest.is_file() and _read(manifest) == question:
            return True
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        return False

    def sign(self, question: dict[str, Any]) -> None:
        """Say that the partitions are all written, and what for: before, they are not trusted."""
        _whole(self.folder / MANIFEST, lambda path: path.write_text(json.dumps(question, sort_keys=True)))

    def partitions(self) -> list[str]:
        """The names of the partitions, in order."""
        return sorted(path.name.removesuffix(".tuiles.npz") for path in self.folder.glob("*.tuiles.npz"))

    def write_tiles(self, name: str, rows: NDArray[np.int64], tiles: Tiles) -> None:
        """Keep the tiles of a partition, with their rows in the file given."""
        arrays = {"lon": tiles.lon, "lat": tiles.lat, "demand": tiles.demand, "factor": tiles.factor}
        self._save(f"{name}.tuiles", {"rows": rows, **arrays})

    def tiles(self, name: str) -> Tiles:
        """The tiles of a partition; their région is the beginning of its name."""
        with np.load(self._path(f"{name}.tuiles")) as kept:
            lon = kept["lon"]
            region = np.full(len(lon), name.split("-")[0])
            return Tiles(lon, kept["lat"], kept["demand"], region, kept["factor"])

    def rows(self, name: str) -> NDArray[np.int64]:
        """The rows of the tiles of a partition in the file given."""
        with np.load(self._path(f"{name}.tuiles")) as kept:
            return np.asarray(kept["rows"])

    def write(self, name: str, step: str, values: NDArray[np.float64]) -> None:
        """Keep what a step (« demande », « acces ») gave for a partition."""
        self._save(f"{name}.{step}", {"values": values})

    def read(self, name: str, step: str) -> NDArray[np.float64]:
        """What a step gave for a partition."""
        with np.load(self._path(f"{name}.{step}")) as kept:
            return np.asarray(kept["values"])

    def missing(self, step: str) -> list[str]:
        """The partitions that a step did not reach yet, the heaviest first: the last to end is then a short one."""
        left = [name for name in self.partitions() if not self._path(f"{name}.{step}").is_file()]
        return sorted(left, key=lambda name: -self._path(f"{name}.tuiles").stat().st_size)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npz"

    def _save(self, name: str, arrays: Arrays) -> None:
        _whole(self._path(name), lambda path: _savez(path, arrays))


def _savez(path: Path, arrays: Arrays) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def _read(manifest: Path) -> Any:
    try:
        return json.loads(manifest.read_text())
    except ValueError:
        return None


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside, then rename: a reader sees all of the file or none of it."""
    beside = path.with_name(f".{path.name}.partiel")
    write(beside)
    beside.replace(path)
