"""Minutes between places: the table of travel times that is loaded, else the estimate, kept on disk."""

import datetime
import hashlib
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from maillage.apps.territories.accessibility.places import Places
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.times import covered, read_times, times_source
from maillage.core.kernel.french import number
from maillage.core.territory.method import Method
from maillage.core.territory.pairs import Pairs, pairs_from_table, pairs_within
from maillage.core.territory.times import correction_of, error_of

KEPT = 12
"""Prepared pairs kept on disk; older ones are removed."""
TABLE = "table des temps de trajet chargée ({label}, {vintage})"
MEASURED = (
    "les temps sont ceux de la table ; l'activité de chaque professionnel n'étant pas publique, la valeur du modèle "
    "s'écarte de celle que la DREES publie"
)
REFERENCE = "la valeur publiée par la DREES reste la référence, le modèle sert à dire des différences"
GIVEN = "temps de trajet du fichier {name}"


@dataclass(frozen=True)
class Table:
    """Travel times: ``codes[origins[k]]``, who seeks care, to ``codes[destinations[k]]``, in ``minutes[k]``."""

    codes: Sequence[str]
    origins: NDArray[np.integer[Any]]
    destinations: NDArray[np.integer[Any]]
    minutes: NDArray[np.floating[Any]]
    told: str


@dataclass(frozen=True)
class Times:
    """The pairs, how their minutes are known (a French sentence), and whether they are an estimate."""

    pairs: Pairs
    told: str
    estimated: bool = False

    def error(self, method: Method) -> str:
        """With which error, in French: professions share the times, not how far they lead from what is published."""
        return error_told(method) if self.estimated else MEASURED


def times_of(method: Method, places: Places, table: Table | None = None) -> Times:
    """The pairs of the places within the reach of the method, from ``table``, else the loaded one, else estimated."""
    if table is not None:
        return Times(_of_table(method, places, table), table.told)
    source = times_source()
    if source is not None:
        return _loaded(method, places, source)
    return Times(_estimated(method, places), _said(method), estimated=True)


def _said(method: Method) -> str:
    estimate = method.estimate
    formula = f"{number(estimate.scale, 3)} × km^{number(estimate.exponent, 3)} × {number(estimate.factor, 3)}"
    return f"temps estimés à vol d'oiseau ({formula}), corrigés par la densité et la région"


def error_told(method: Method) -> str:
    """How far the estimate leads from what is published, measured on places kept apart from the calibration."""
    error = error_of(method.profession, method.day)
    if error is None:
        return f"écart non mesuré pour cette profession : {REFERENCE}"
    gap = f"{number(error.gap)} {error.unit}"
    apart = f"sur des communes tenues à l'écart du calibrage, corrélation de {number(error.correlation)}"
    return f"{apart} avec l'APL publiée, écart absolu moyen de {gap} : {REFERENCE}"


def _estimated(method: Method, places: Places) -> Pairs:
    estimate, reach = method.estimate, method.decay.reach
    correction = correction_at(places, method.day)
    arrays = (places.lon.tobytes(), places.lat.tobytes(), correction.tobytes())
    path = prepared("estimation", repr(places.codes), *arrays, repr(estimate), repr(reach))
    return read_pairs(path) or _kept(path, pairs_within(places.lon, places.lat, reach, estimate, correction))


def correction_at(places: Places, day: datetime.date) -> NDArray[np.float64]:
    """The factor of each place; the density around it counts the neighbours that were left out."""
    whole = places.whole or places
    factors = correction_of(day).factors(whole.lon, whole.lat, whole.population, whole.regions)
    return np.append(factors, 1.0)[[whole.index.get(code, len(whole)) for code in places.codes]]


def _loaded(method: Method, places: Places, source: DataSource) -> Times:
    """The table between the communes that it knows, the estimate towards and between the others."""
    known = positions(places, np.array(covered(source), np.str_))
    inside = np.zeros(len(places), bool)
    inside[known[known >= 0]] = True
    told = TABLE.format(label=source.label, vintage=source.vintage)
    path = prepared("table", repr(places.codes), source.key, source.checksum, repr(method.decay.reach))
    table = read_pairs(path) or _kept(path, _read(method, places, source))
    if inside.all():
        return Times(table, told)
    told = f"{told}, entre les {number(int(inside.sum()))} communes qu'elle connaît ; ailleurs, {_said(method)}"
    return Times(_completed(table, _estimated(method, places), inside), told, estimated=True)


def _completed(table: Pairs, estimate: Pairs, inside: NDArray[np.bool_]) -> Pairs:
    """The pairs of the table within ``inside``, those of the estimate elsewhere."""
    kept = [pairs.where(_within(pairs, inside) == ours) for pairs, ours in ((table, True), (estimate, False))]
    rows = np.concatenate([_rows(pairs) for pairs in kept])
    columns, minutes = (np.concatenate([getattr(pairs, name) for pairs in kept]) for name in ("indices", "minutes"))
    count = len(inside)
    return pairs_from_table(rows, columns, minutes, count, count, float("inf"))


def _within(pairs: Pairs, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return inside[_rows(pairs)] & inside[pairs.indices]


def _rows(pairs: Pairs) -> NDArray[np.int64]:
    return np.repeat(np.arange(pairs.n_demand), np.diff(pairs.indptr))


def _read(method: Method, places: Places, source: DataSource) -> Pairs:
    """The pairs of the table prepared when it was imported, without a text per pair: there may be fifteen million."""
    found = read_times(source, method.decay.reach)
    return _of_table(method, places, Table(found.codes, found.origins, found.destinations, found.minutes, ""))


def _of_table(method: Method, places: Places, table: Table) -> Pairs:
    ranks = positions(places, np.array(table.codes, np.str_))
    rows, columns = ranks[table.origins], ranks[table.destinations]
    known = (rows >= 0) & (columns >= 0)
    count = len(places)
    return pairs_from_table(rows[known], columns[known], table.minutes[known], count, count, method.decay.reach)


def positions(places: Places, codes: NDArray[np.str_]) -> NDArray[np.int64]:
    """The position of each code, −1 when it is not a place."""
    names, inverse = np.unique(np.asarray(codes, np.str_), return_inverse=True)
    return np.array([places.index.get(str(name), -1) for name in names], np.int64)[inverse]


def prepared(kind: str, *identity: str | bytes) -> Path:
    """Where the pairs made from these inputs are kept."""
    digest = hashlib.sha256()
    for part in identity:
        digest.update(part.encode() if isinstance(part, str) else part)
    return Path(settings.TERRITORIES_DIR) / f"paires-{kind}-{digest.hexdigest()[:20]}.npz"


def read_pairs(path: Path) -> Pairs | None:
    """The pairs kept at this path; ``None`` when there are none, or when the file is damaged."""
    try:
        with path.open("rb") as raw, np.load(raw) as kept:
            return Pairs(kept["indptr"], kept["indices"], kept["minutes"], int(kept["n_supply"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _kept(path: Path, pairs: Pairs) -> Pairs:
    """Write the pairs beside, then in place: a reader never sees half a file. A disk that refuses stops nothing."""
    temporary = path.with_name(f"{path.stem}-{secrets.token_hex(4)}.tmp.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            temporary,
            indptr=pairs.indptr,
            indices=pairs.indices,
            minutes=pairs.minutes,
            n_supply=np.array(pairs.n_supply),
        )
        temporary.replace(path)
        _forget_old(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
    return pairs


def _forget_old(folder: Path) -> None:
    found = sorted(folder.glob("paires-*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        path.unlink(missing_ok=True)
