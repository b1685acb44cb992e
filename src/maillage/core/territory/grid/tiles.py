"""The tiles of a grid, and their partition by région."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Tiles:
    """Arrays of one length: centres (degrees WGS84), demand (standardised inhabitants), code of the région.

    ``factor`` multiplies the minutes of a tile, as that of a site does: a pair takes the mean of both.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    demand: NDArray[np.float64]
    region: NDArray[np.str_]
    factor: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.lon)

    def take(self, rows: NDArray[np.int64]) -> "Tiles":
        """These tiles, in this order."""
        return Tiles(self.lon[rows], self.lat[rows], self.demand[rows], self.region[rows], self.factor[rows])


def partitions(region: NDArray[np.str_], most: int) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """The rows of each région by groups of at most ``most``, in order, named « 53-000 », « 53-001 »…"""
    order = np.argsort(region, kind="stable")
    codes, starts = np.unique(region[order], return_index=True)
    for code, rows in zip(codes, np.split(order, starts[1:]), strict=True):
        for number, start in enumerate(range(0, len(rows), most)):
            yield f"{code}-{number:03d}", rows[start : start + most]
