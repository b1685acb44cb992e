"""All that a diagnosis is made from, as plain values: the database is read before, nothing is read after."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maillage.core.territory.diagnosis.measures import Elsewhere, Layer, Place, Where
from maillage.core.territory.diagnosis.results import RuleWarning, SourceRow, Table


@dataclass(frozen=True)
class Zoned:
    """The class of a commune in the zonage of a profession; ``written`` is what the file says."""

    profession: str
    commune: str
    zone: str
    written: str
    since: datetime.date | None
    vintage: str


@dataclass(frozen=True)
class District:
    """A quartier prioritaire (QPV) and those of its communes that are in the territory."""

    code: str
    name: str
    communes: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """The values of a diagnosis. ``loaded`` names the kinds of official files that are there (« apl », « rpps »)."""

    title: str
    day: datetime.date
    territory: Mapping[str, Any]
    places: tuple[Place, ...]
    layers: tuple[Layer, ...]
    compared: tuple[Elsewhere, ...]
    exactly: Where | None
    zonings: tuple[Zoned, ...] = ()
    districts: tuple[District, ...] = ()
    tables: Mapping[str, tuple[Table, ...]] = field(default_factory=dict)
    warnings: tuple[RuleWarning, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    loaded: frozenset[str] = frozenset()
    recipe: Mapping[str, Any] = field(default_factory=dict)
