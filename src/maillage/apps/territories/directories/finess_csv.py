"""FINESS as text: the historic extractions without header (two sections), and the later ones with a header.

Layout: apl_zonage.md, section 6.2. In the historic ones each line begins by the name of its section: « structureet »
has 32 fields, « geolocalisation » gives the positions, in metres. The positions come after: they are read first.
"""

import datetime
import io
from collections.abc import Iterator

from maillage.apps.territories.directories.finess_rows import (
    Facilities,
    FacilityRow,
    Written,
    commune_code,
    day_of,
    degrees,
)
from maillage.apps.territories.directories.projections import Point, Projection, projection_of, to_degrees
from maillage.apps.territories.official.files import Member
from maillage.apps.territories.official.grids import NOT_TEXT, Columns, Grid, Row, Wanted, find_columns
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent

CUT = "{name} est coupé : sa dernière ligne ({line}) n'est pas entière. Téléchargez-le de nouveau."
SEPARATOR = ";"
STRUCTURE, POSITION = "structureet", "geolocalisation"
SECTIONS = (STRUCTURE, POSITION, "finess")
WIDTH = 32
EVERY = 20_000
FINESS, FINESS_EJ, RS, RS_LONGUE, COMMUNE, DEPARTEMENT, ADDRESS = 1, 2, 3, 4, 12, 13, 15
CATEGORY, CATEGORY_LABEL, SIRET, OPENED = 18, 19, 22, 28
WANTED = Wanted(
    needed={
        "finess": ("nofinesset", "numero finess et", "num_finess_et", "numero finess etablissement", "finess"),
        "nom": ("rs", "raison sociale", "raison_sociale"),
        "categorie": ("categetab", "code categorie", "categorie"),
    },
    optional={
        "finess_ej": ("nofinessej", "numero finess ej", "num_finess_ej", "nofinessej_1"),
        "nom_long": ("rslongue", "raison sociale longue"),
        "libelle": ("libcategetab", "liblongcategetab", "libelle categorie", "categorie"),
        "cog": ("cog", "code insee", "code_insee", "codgeo", "com_code"),
        "commune": ("commune", "code commune"),
        "departement": ("departement", "code departement"),
        "postal": ("codepostal", "code postal"),
        "address": ("ligneacheminement", "ligne acheminement"),
        "siret": ("siret", "numero siret"),
        "opened": ("dateouv", "dateouvert", "date ouverture"),
        "latitude": ("latitude", "lat"),
        "longitude": ("longitude", "lon", "lng"),
        "x": ("coordxet", "coordx", "coord_x"),
        "y": ("coordyet", "coordy", "coord_y"),
        "source": ("sourcecoordet", "sourcegeocod"),
    },
)

Lines = Iterator[tuple[int, FacilityRow | str]]


def is_historic(member: Member) -> bool:
    """Whether the lines begin by the name of their section."""
    with member.open() as raw:
        first = raw.readline(1000).decode("latin-1").lstrip("ï»¿")
    return first.split(SEPARATOR)[0].strip().lower() in SECTIONS


def historic_day(member: Member) -> datetime.date | None:
    """The day that the first line of a historic extraction gives."""
    with member.open() as raw:
        cells = raw.readline(1000).decode("latin-1").split(SEPARATOR)
    return next((day for cell in cells if (day := day_of(cell.strip()))), None)


def historic_rows(member: Member, facilities: Facilities, report: Report = silent) -> Lines:
    """Each establishment of a historic extraction. Raises :class:`LoadError` when the file is cut."""
    encoding = member.encoding()
    positions = _positions(member, encoding)
    for line, cells in _lines(member, encoding, report):
        if cells[0] != STRUCTURE:
            continue
        facilities.tally.lines += 1
        if len(cells) != WIDTH:
            yield line, f"{len(cells)} champs au lieu de {WIDTH}"
        else:
            yield line, facilities.row(line, _structure(cells, positions.get(cells[FINESS])))


def table_rows(grid: Grid, facilities: Facilities) -> Lines:
    """Each establishment of a table with a header. Raises :class:`LoadError` when columns are missing."""
    columns = find_columns(grid, WANTED)
    positions = _table_positions(columns)
    for line, row in columns.rows():
        facilities.tally.lines += 1
        yield line, facilities.row(line, _tabled(columns, row, positions))


def _structure(cells: list[str], position: Point | None) -> Written:
    longitude, latitude = position or (None, None)
    return Written(
        finess=cells[FINESS],
        finess_ej=cells[FINESS_EJ],
        nom=cells[RS_LONGUE] or cells[RS],
        categorie=cells[CATEGORY],
        libelle=cells[CATEGORY_LABEL],
        siret=cells[SIRET],
        commune=commune_code(cells[DEPARTEMENT], cells[COMMUNE]),
        postal="",
        address=cells[ADDRESS],
        opened=cells[OPENED],
        latitude=latitude,
        longitude=longitude,
    )


def _positions(member: Member, encoding: str) -> dict[str, Point]:
    metres: dict[str, tuple[float, float, Projection]] = {}
    for _line, cells in _lines(member, encoding, silent):
        if cells[0] == POSITION and len(cells) > 3:
            # The source is one field with commas, or as many fields: the projection is named in the one before the day.
            _add(metres, cells[1], cells[2], cells[3], cells[-2] if len(cells) > 4 else "")
    return to_degrees(metres)


def _add(metres: dict[str, tuple[float, float, Projection]], key: str, x: str, y: str, source: str) -> None:
    projection = projection_of(source, _department_of(key))
    try:
        point = float(x.replace(",", ".")), float(y.replace(",", "."))
    except ValueError:
        return
    if projection:
        metres[key] = (*point, projection)


def _department_of(finess: str) -> str:
    """The département that a FINESS number was given in: « 9704… » in La Réunion (974), « 980… » in Mayotte."""
    if finess.startswith("980"):
        return "976"
    return "97" + finess[3:4] if finess.startswith("970") else finess[:3]


def _table_positions(columns: Columns) -> dict[str, Point]:
    if "x" not in columns or "y" not in columns:
        return {}
    metres: dict[str, tuple[float, float, Projection]] = {}
    for _line, row in columns.rows():
        cells = (columns.get(row, name) for name in ("finess", "x", "y", "source"))
        _add(metres, *cells)
    return to_degrees(metres)


def _tabled(columns: Columns, row: Row, positions: dict[str, Point]) -> Written:
    def cell(name: str) -> str:
        return columns.get(row, name)

    longitude, latitude = positions.get(cell("finess"), (None, None))
    return Written(
        finess=cell("finess"),
        finess_ej=cell("finess_ej"),
        nom=cell("nom_long") or cell("nom"),
        categorie=cell("categorie"),
        libelle=cell("libelle"),
        siret=cell("siret"),
        commune=cell("cog") or commune_code(cell("departement"), cell("commune")),
        postal=cell("postal"),
        address=cell("address"),
        opened=cell("opened"),
        latitude=degrees(cell("latitude"), 90) or latitude,
        longitude=degrees(cell("longitude"), 180) or longitude,
    )


def _lines(member: Member, encoding: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """The fields of each line; a quote is a character like another. Raises :class:`LoadError` when the end is cut."""
    label, total = "FINESS : lecture (Ko)", member.size >> 10
    widths: dict[str, int] = {}
    cells: list[str] = []
    line, text = 0, ""
    with member.open() as raw, io.TextIOWrapper(raw, encoding, newline="\n") as file:
        try:
            for line, text in enumerate(file, start=1):
                if line % EVERY == 0:
                    report(label, min(raw.tell() >> 10, total), total)
                if cells:
                    widths[cells[0]] = len(cells)
                cells = [cell.strip() for cell in text.rstrip("\r\n").split(SEPARATOR)]
                yield line, cells
        except UnicodeDecodeError as error:
            raise LoadError(NOT_TEXT.format(name=member.name)) from error
    _check_last(member, line, text, cells, widths)


def _check_last(member: Member, line: int, text: str, cells: list[str], widths: dict[str, int]) -> None:
    """The last line is whole when it has its end, and as many fields as the one before it in its section."""
    whole = WIDTH if cells[:1] == [STRUCTURE] else widths.get(cells[0], 0) if cells else 0
    if len(cells) < whole or (line > 1 and not text.endswith("\n")):
        raise LoadError(CUT.format(name=member.name, line=line))
