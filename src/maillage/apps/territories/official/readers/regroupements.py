"""Sets of communes: territoires de vie-santé (DREES), bassins de vie (INSEE), territories of known CPTS."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from maillage.apps.territories.models import Grouping
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.grids import Columns, Grid, Wanted, find_columns, grids, has_columns
from maillage.apps.territories.official.groupings import ByCommune, write_groupings
from maillage.apps.territories.official.places import commune_code
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import fold

COMMUNE = ("INSEE_COM", "CODGEO", "DEPCOM", "code_commune", "COM")
TVS = Wanted({"code": COMMUNE, "group": ("Code_TVS", "TVS")}, {"name": ("Nom_TVS", "Libelle_TVS", "tvs_lib")})
CPTS = Wanted({"code": COMMUNE, "group": ("code", "code_cpts", "finess")}, {"name": ("nom", "nom_cpts")})
BASSIN = Wanted(
    {"code": COMMUNE, "group": ("BV2022", "BV2012")},
    {"name": ("LIB_BV2022", "LIBBV2022", "LIB_BV2012", "LIBBV2012")},
)
NAMES = Wanted({"level": ("NIVGEO",), "group": ("CODGEO",), "name": ("LIBGEO",)})
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
UNDATED = "à confirmer (le fichier ne dit pas son année)"
Write = Callable[[Sink], None]


def read_tvs(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The territoires de vie-santé."""
    write = partial(_write_one, _columns(file, TVS), Grouping.Kind.TVS, {})
    return [_dataset(file, asked, "Territoires de vie-santé", write)]


def read_bassins(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The bassins de vie; in the table of the INSEE their names stand on another sheet."""
    columns = _columns(file, BASSIN)
    names = {} if "name" in columns else _names(file, columns.header[columns.places["group"]])
    write = partial(_write_one, columns, Grouping.Kind.BASSIN, names)
    year = columns.header[columns.places["group"]].strip()[-4:]
    return [Dataset(vintage=asked.vintage or year, label=f"Bassins de vie {year}", together=False, write=write)]


def read_cpts(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The territories of known CPTS; a commune may be in several, which a diagnosis then says."""
    return [_dataset(file, asked, "Territoires des CPTS connues", partial(_write_cpts, _columns(file, CPTS)))]


def _columns(file: OfficialFile, wanted: Wanted) -> Columns:
    found = grids(file)
    return find_columns(next((grid for grid in found if has_columns(grid, wanted)), found[0]), wanted)


def _dataset(file: OfficialFile, asked: Asked, label: str, write: Write) -> Dataset:
    named = YEAR.search(file.name)
    vintage = asked.vintage or (named.group(1) if named else UNDATED)
    return Dataset(vintage=vintage, label=label, together=False, write=write)


def _names(file: OfficialFile, level: str) -> dict[str, str]:
    return {code: name for grid in grids(file) if has_columns(grid, NAMES) for code, name in _named(grid, level)}


def _named(grid: Grid, level: str) -> Iterator[tuple[str, str]]:
    columns = find_columns(grid, NAMES)
    for _line, row in columns.rows():
        if fold(columns.get(row, "level")) == fold(level):
            yield columns.get(row, "group"), columns.get(row, "name")


def _write_one(columns: Columns, kind: str, names: dict[str, str], sink: Sink) -> None:
    """A commune is in one grouping."""
    found: ByCommune[str] = ByCommune()
    told = dict(names)
    for line, commune, code, name in _lines(columns, sink):
        told.setdefault(code, name)
        found.say(sink, line, commune, code)
    write_groupings(sink, kind, told, found.items())


def _write_cpts(columns: Columns, sink: Sink) -> None:
    names: dict[str, str] = {}
    members = []
    for line, commune, code, name in _lines(columns, sink):
        names.setdefault(code, name)
        if today := sink.commune(line, commune):
            members.append((today, code))
    write_groupings(sink, Grouping.Kind.CPTS, names, members)


def _lines(columns: Columns, sink: Sink) -> Iterator[tuple[int, str, str, str]]:
    """Line, commune, code and name of its grouping; a line without a code is left out."""
    for line, row in columns.rows():
        sink.count()
        code = columns.get(row, "group")[:40]
        if code:
            yield line, commune_code(columns.get(row, "code")), code, columns.get(row, "name")[:200]
        else:
            sink.reject(line, "le code du regroupement est vide")
