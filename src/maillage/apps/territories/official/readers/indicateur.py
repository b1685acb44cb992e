"""Any figure by place, with a small file that describes it: long-term illness, C2S, use of care, a local survey."""

from collections.abc import Iterator
from functools import partial

from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.described import Description, description_of
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import Columns, Wanted, cell_at, find_columns, grids, text
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import fold, number, plural

MASKED = (
    "valeur masquée ou absente : inconnue, jamais comptée pour zéro.",
    "valeurs masquées ou absentes : inconnues, jamais comptées pour zéro.",
)


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: the figure of a vintage."""
    said = description_of(file.path, asked.description)
    columns = find_columns(grids(file)[0], Wanted({"code": (said.colonnes.code,), "value": (said.colonnes.valeur,)}))
    yield Dataset(
        vintage=asked.vintage or said.millesime,
        label=said.libelle,
        what=said.code,
        producer=said.producteur,
        licence=said.licence,
        url=said.adresse,
        write=partial(_write, columns, said, asked.vintage or said.millesime),
    )


def _write(columns: Columns, said: Description, vintage: str, sink: Sink) -> None:
    hidden = {fold(mark) for mark in said.masque}
    found = Gathered(sink, level=said.maille, negative=said.negatif)
    for line, row in columns.rows():
        cell = cell_at(row, columns.places["value"])
        code = columns.get(row, "code")
        found.take(line, code.zfill(2), {"value": None if fold(text(cell)) in hidden else cell})
    values = found.of("value")
    masked = sum(value is None for value in values.values())
    sink.series(said.code, said.maille, vintage, values, absent_is_zero=said.absence_vaut_zero, describe=said.indicator)
    if masked:
        told = plural(masked, *MASKED)
        sink.note(f"{number(masked)} {told}")
