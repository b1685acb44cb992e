"""Travel times between communes: see ``directories.travel_table``. One table is kept, for the engine."""

import re

from maillage.apps.territories.directories import travel_table
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import number, plural

LABEL = "Temps de trajet entre communes"
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
UNDATED = "à confirmer (le fichier ne dit pas sa date)"


def read(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The table, dated by what the person says, else by the year in its name."""
    table = travel_table.open_table(file)
    year = YEAR.search(file.name)
    vintage = asked.vintage or (year[1] if year else UNDATED)
    return [Dataset(vintage, LABEL, lambda sink: _write(table, sink), together=False)]


def _write(table: travel_table.Table, sink: Sink) -> None:
    places = sink.places
    today = {code: code for code in places.communes} | dict(places.former)
    sink.report("temps de trajet : lecture", 0, 0)
    found = travel_table.write_table(table, today, sink.prepare_file(".parquet"))
    sink.count(found.read)
    sink.written += found.kept
    for line, reason in found.rejected():
        sink.reject(line, reason)
    sink.note(f"Trajets au départ de {number(found.origins)} {plural(found.origins, 'commune')}.")
    if found.inner:
        trips = f"{number(found.inner)} {plural(found.inner, 'trajet')}"
        sink.note(f"{trips} entre communes fusionnées depuis, non repris.")
    if found.again:
        told = plural(found.again, "trajet donné une fois de plus", "trajets donnés une fois de plus")
        sink.note(f"{number(found.again)} {told} : le plus court est retenu.")
