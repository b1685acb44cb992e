"""Reading FINESS: the historic text, the table with a header, the JSON flow."""

import datetime
import gzip

import polars as pl
import pytest
from tests.apps.territories.directories.finess_files import (
    CORSICA,
    HISTORIC,
    HOUSE,
    LAMBERT_POINT,
    LEGAL,
    PHARMACY,
    REUNION,
    REUNION_POINT,
    entity,
    flow,
    historic,
    key,
    position,
    site,
    structure,
)
from tests.official import official

from maillage.apps.territories.directories import finess_csv, finess_json
from maillage.apps.territories.directories.finess_rows import Facilities, commune_code, day_of, degrees
from maillage.apps.territories.directories.locating import Locator, Place
from maillage.apps.territories.official.files import open_file
from maillage.apps.territories.official.grids import grids
from maillage.apps.territories.reading.rows import LoadError

PLACES = [
    Place("35236", "redon", "35"),
    Place("35238", "rennes", "35"),
    Place("2A004", "ajaccio", "2A"),
    Place("97411", "saint denis", "974"),
]
HEADERS = (
    "nofinesset;nofinessej;rs;rslongue;departement;cog;codepostal;categetab;libcategetab;siret;coordx;coordy;"
    "sourcegeocod;dateouvert"
)


def facilities():
    return Facilities(Locator({place.code: place for place in PLACES}, {}, {"35600": frozenset({"35236"})}))


def split(lines):
    """Rows by number, faults by line."""
    read = list(lines)
    rows = {row.finess: row for _line, row in read if not isinstance(row, str)}
    return rows, {line: row for line, row in read if isinstance(row, str)}


def read_text(path):
    some = facilities()
    return *split(finess_csv.historic_rows(open_file(path).member, some)), some.tally


def read_json(path):
    some = facilities()
    return *split(finess_json.rows(open_file(path).member, some)), some.tally


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_the_historic_text_gives_each_establishment_whatever_its_encoding(tmp_path, encoding):
    path = historic(tmp_path / "etalab-cs1100507-stock.csv", encoding=encoding)
    rows, faults, tally = read_text(path)
    assert faults == {}
    pharmacy = rows[PHARMACY]
    assert pharmacy.nom == '"LA CROIX" VERTE À REDON'
    assert (pharmacy.finess_ej, pharmacy.categorie, pharmacy.siret) == (LEGAL, "620", "12345678901234")
    assert pharmacy.opened_on == datetime.date(1990, 9, 20)
    assert {finess: row.commune for finess, row in rows.items()} == {
        PHARMACY: "35236",
        HOUSE: "35236",
        REUNION: "97411",
        CORSICA: "2A004",
    }
    assert (tally.lines, tally.unplaced) == (4, 2)
    assert "1 établissement situé par le code postal, faute de code de commune." in list(tally.notes())


def test_metres_become_degrees_on_the_continent_and_overseas(tmp_path):
    rows, _faults, _tally = read_text(historic(tmp_path / "finess.csv"))
    assert (rows[PHARMACY].longitude, rows[PHARMACY].latitude) == pytest.approx(LAMBERT_POINT[2:], abs=1e-6)
    assert (rows[REUNION].longitude, rows[REUNION].latitude) == pytest.approx(REUNION_POINT[2:], abs=0.02)
    assert (rows[CORSICA].longitude, rows[HOUSE].longitude) == (None, None)


def test_a_siret_spoilt_by_a_spreadsheet_is_left_empty(tmp_path):
    rows, _faults, _tally = read_text(historic(tmp_path / "finess.csv"))
    assert rows[REUNION].siret == ""


def test_bad_lines_are_told_by_their_number(tmp_path):
    lines = [
        *HISTORIC[:2],
        structure(PHARMACY),
        structure("350000018"),
        structure(key("35000003")) + ";de trop",
        structure(key("35000004"), nom="", categorie=""),
    ]
    rows, faults, _tally = read_text(historic(tmp_path / "finess.csv", lines))
    assert list(rows) == [PHARMACY]
    assert faults == {
        3: "numéro FINESS déjà lu (2)",
        4: "la clé du numéro FINESS est fausse",
        5: "33 champs au lieu de 32",
        6: "code de catégorie absent ou mal formé",
    }


def test_a_text_cut_in_its_last_line_is_refused(tmp_path):
    path = historic(tmp_path / "finess.csv", HISTORIC[:4])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(LoadError, match=r"sa dernière ligne \(4\) n'est pas entière"):
        read_text(path)


@pytest.mark.parametrize("cut", [1, 8, 40, 60])
def test_a_text_cut_among_its_positions_is_refused(tmp_path, cut):
    path = historic(tmp_path / "finess.csv")
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(LoadError, match=r"sa dernière ligne \([0-9]+\) n'est pas entière"):
        read_text(path)


def test_bytes_of_no_text_are_told_in_french(tmp_path):
    path = historic(tmp_path / "finess.csv")
    path.write_bytes(path.read_bytes() + b"structureet;\x81\x8d\n")
    with pytest.raises(LoadError, match="UTF-8 ou Windows-1252"):
        read_text(path)


def test_a_last_position_shorter_than_the_others_is_refused_even_with_its_end(tmp_path):
    lines = [*HISTORIC[:-1], f"geolocalisation;{CORSICA};0;0"]
    with pytest.raises(LoadError, match="n'est pas entière"):
        read_text(historic(tmp_path / "finess.csv", lines))


def test_the_position_of_an_older_release_is_read_too(tmp_path):
    older = position(PHARMACY, *LAMBERT_POINT[:2]).replace(",", ";")
    rows, _faults, _tally = read_text(historic(tmp_path / "finess.csv", [*HISTORIC[:2], older]))
    assert rows[PHARMACY].longitude is not None


def test_the_day_of_a_historic_text_is_in_its_first_line(tmp_path):
    assert finess_csv.historic_day(open_file(historic(tmp_path / "f.csv")).member) == datetime.date(2025, 5, 12)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_with_a_header_is_read_as_text_or_as_parquet(tmp_path, form):
    x, y, *_degrees = LAMBERT_POINT
    line = f"{PHARMACY};{LEGAL};PHARM;;35;35236;35600;620;Pharmacie;;{x};{y};LAMBERT_93;1979-02-13"
    path = tmp_path / f"finess.{form}"
    if form == "csv":
        path.write_text(f"{HEADERS}\n{line}\n", encoding="utf-8")
    else:
        pl.DataFrame([line.split(";")], schema=HEADERS.split(";"), orient="row").write_parquet(path)
    rows, faults = split(finess_csv.table_rows(grids(open_file(path))[0], facilities()))
    assert faults == {}
    assert (rows[PHARMACY].nom, rows[PHARMACY].commune) == ("PHARM", "35236")
    assert rows[PHARMACY].longitude == pytest.approx(LAMBERT_POINT[2], abs=1e-6)


@pytest.mark.parametrize("packed", [False, True])
def test_the_flow_gives_the_establishments_open_today(tmp_path, packed):
    path = flow(
        tmp_path / "finess-structures-mensuel-202603.json",
        entity(),
        entity(site(PHARMACY), site(HOUSE, state="I")),
        entity(site(key("35000005"), commune="99999", categorie={"code": "603"}), name="informationsGeneralesPmej"),
    )
    if packed:
        zipped = path.with_suffix(".json.gz")
        zipped.write_bytes(gzip.compress(path.read_bytes()))
        path = zipped
    rows, faults, tally = read_json(path)
    assert faults == {}
    pharmacy, other = rows[PHARMACY], rows[key("35000005")]
    assert (pharmacy.nom, pharmacy.categorie, pharmacy.categorie_libelle) == ("NOM LONG", "124", "Centre de santé")
    assert (pharmacy.commune, pharmacy.latitude, pharmacy.longitude) == ("35236", 47.651, -2.084)
    assert (other.categorie, other.commune, other.finess_ej) == ("603", "35236", LEGAL)
    assert (tally.lines, tally.closed) == (3, 1)


def test_what_the_schema_requires_and_the_flow_lacks_is_told(tmp_path):
    bare = site(PHARMACY)
    del bare["informationsGeneralesEGE"]
    stateless = site(HOUSE)
    del stateless["etatObjet"]
    rows, faults, _tally = read_json(flow(tmp_path / "f.json", entity(bare, stateless, site("350000018"))))
    assert rows == {}
    assert faults == {
        1: "établissement sans « informationsGeneralesEGE »",
        2: "établissement sans « etatObjet »",
        3: "la clé du numéro FINESS est fausse",
    }


def test_a_flow_that_is_cut_or_of_another_kind_is_refused(tmp_path):
    path = flow(tmp_path / "f.json", entity(site(PHARMACY)))
    with pytest.raises(LoadError, match="« pmej »"):
        read_json(flow(tmp_path / "empty.json"))
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(LoadError, match="coupé"):
        read_json(path)


def test_the_day_of_a_flow_is_when_it_was_generated(tmp_path):
    made = finess_json.generated_at(open_file(flow(tmp_path / "f.json")).member)
    assert day_of(made) == datetime.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("departement", "commune", "code"),
    [
        ("35", "236", "35236"),
        ("1", "4", "01004"),
        ("2B", "33", "2B033"),
        ("971", "105", "97105"),
        ("9A", "105", "97105"),
    ],
)
def test_the_code_of_a_commune_is_made_of_its_departement_and_three_digits(departement, commune, code):
    assert commune_code(departement, commune) == code


@pytest.mark.parametrize(("text", "value"), [("47,65", 47.65), ("0", None), ("", None), ("91", None), ("x", None)])
def test_a_latitude_that_is_absent_or_impossible_is_unknown(text, value):
    assert degrees(text, 90) == value


@pytest.mark.donnees
def test_the_establishments_of_occitanie_are_read_once_each_with_their_position():
    grid = grids(open_file(official("finess_occitanie_echantillon.csv")))[0]
    rows, faults = split(finess_csv.table_rows(grid, facilities()))
    assert len(rows) == 10_004
    assert {fault.split(" (")[0] for fault in faults.values()} <= {
        "numéro FINESS déjà lu",
        "le numéro FINESS n'a pas neuf caractères",
    }
    pharmacy = rows["090002585"]
    assert (pharmacy.categorie, pharmacy.categorie_libelle) == ("620", "Pharmacie d'Officine")
    assert (pharmacy.latitude, pharmacy.longitude) == pytest.approx((43.008007, 1.121682), abs=1e-6)
    assert all(42 < row.latitude < 46 for row in rows.values() if row.latitude)
