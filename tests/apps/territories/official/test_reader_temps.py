"""Loading a table of travel times: codes, durations, the file prepared and what becomes of it."""

import csv
import gzip

import numpy as np
import polars as pl
import pytest
from django.conf import settings
from tests.apps.territories.official.written import write_workbook
from tests.official import official

from maillage.apps.territories.models import Commune, DataSource
from maillage.apps.territories.official import services
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.times import loaded_times, times_source

REDON, RENNES, SAINT_HIER = "35236", "35238", "35900"


def write(path, *lines, header="origine,destination,minutes"):
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def pairs():
    """The minutes of each pair that is loaded."""
    found = loaded_times()
    names = zip(found.origins, found.destinations, found.minutes, strict=True)
    return {(found.codes[one], found.codes[other]): round(float(minutes), 2) for one, other, minutes in names}


def prepared():
    return sorted(path.name for path in settings.TERRITORIES_DIR.glob("*"))


def test_a_table_becomes_pairs_of_communes_of_today(load, tmp_path):
    outcome = load("temps", write(tmp_path / "temps_2025.csv", "35236,35238,57.5", f"{SAINT_HIER},35238,60"))
    found = loaded_times()
    assert set(pairs()) == {(REDON, RENNES)}
    assert sorted(found.minutes.tolist()) == [57.5, 60.0]
    assert (found.origins.dtype, found.minutes.dtype) == (np.int32, np.float32)
    assert (times_source().vintage, times_source().rows_written) == ("2025", 2)
    assert outcome.loaded[0].notes == [
        "Trajets au départ de 1 commune.",
        "1 trajet donné une fois de plus : le plus court est retenu.",
    ]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Origine;Destination;Durée (min)", "35236;35238;57,5"),
        ('"id1","X1","Y1","id2","X2","Y2","Dist_min","Dist_km"', "35236,1,2,35238,3,4,57.5,63.32"),
        ("from_id\tto_id\ttravel_time", "35236\t35238\t57.5"),
    ],
)
def test_columns_separators_and_decimals_vary(load, tmp_path, header, line):
    load("temps", write(tmp_path / "temps.csv", line, header=header))
    assert pairs() == {(REDON, RENNES): 57.5}


def test_a_header_in_windows_1252_and_a_workbook_are_read(load, tmp_path):
    text = tmp_path / "temps.csv"
    text.write_bytes("relevé\n\nOrigine;Destination;Durée\n35236;35238;57,5\n".encode("cp1252"))
    load("temps", text)
    assert pairs() == {(REDON, RENNES): 57.5}
    rows = [["origine", "destination", "minutes"], [35236, 35238, 12.5], ["35238", "35236", "13,5"]]
    load("temps", write_workbook(tmp_path / "temps.xlsx", {"Lisez-moi": [["rien"]], "Temps": rows}))
    assert pairs() == {(REDON, RENNES): 12.5, (RENNES, REDON): 13.5}


def test_a_binary_table_is_not_said_to_be_cut(load, tmp_path):
    path = tmp_path / "temps.dbf"
    path.write_bytes(b"\x03\x78\x01\x01" + bytes(28) + b"ID1" + bytes(40))
    with pytest.raises(LoadError, match=r"CSV en UTF-8 ou Windows-1252, Excel, Parquet"):
        load("temps", path)


def test_a_lost_zero_is_found_again_and_a_line_too_wide_is_left_out(load, tmp_path):
    redon = Commune.objects.get(code=REDON)
    names = {"nom": "Ambléon", "nom_recherche": "ambleon", "nom_sans_article": "ambleon"}
    Commune.objects.create(code="01006", departement=redon.departement, **names)
    lines = ["1006,35236,90", "35236,35238,12,5", "35236,35238,57", "35238,35236,57,"]
    [found] = load("temps", write(tmp_path / "temps.csv", *lines)).loaded
    assert pairs() == {("01006", REDON): 90.0, (REDON, RENNES): 57.0, (RENNES, REDON): 57.0}
    assert [(reject.line, reject.reason.partition(" (")[0]) for reject in found.rejects] == [
        (3, "la ligne a plus de valeurs que l'en-tête")
    ]


def test_a_parquet_table_and_a_packed_text_are_read(load, tmp_path):
    frame = pl.DataFrame({"origine": [REDON], "destination": [RENNES], "minutes": [12]})
    frame.write_parquet(tmp_path / "temps.parquet")
    load("temps", tmp_path / "temps.parquet")
    assert pairs() == {(REDON, RENNES): 12.0}
    packed = tmp_path / "temps.csv.gz"
    packed.write_bytes(gzip.compress(b"origine,destination,minutes\n35238,35236,13\n"))
    load("temps", packed)
    assert pairs() == {(RENNES, REDON): 13.0}


def test_what_is_no_trip_is_left_out_by_its_line(load, tmp_path):
    lines = ["35236,35238,57", "99999,35238,1", "35236,x,1", "35236,35238,9999", "35236,35238,-1", "35236,35238,"]
    good = ["35238,35236,1", "35238,35238,0", "35236,35236,0", "35294,35236,9", "35294,35238,30"]
    outcome = load("temps", write(tmp_path / "temps.csv", *lines, *good))
    assert {reject.line: reject.reason for reject in outcome.loaded[0].rejects} == {
        3: "l'origine n'est pas le code d'une commune connue",
        4: "la destination n'est pas le code d'une commune connue",
        5: "la durée est négative ou vaut 9999 : aucun trajet trouvé",
        6: "la durée est négative ou vaut 9999 : aucun trajet trouvé",
        7: "la durée n'est pas un nombre de minutes",
    }
    assert outcome.loaded[0].written == 6


def test_a_new_table_takes_the_place_of_the_former_and_of_its_file(load, tmp_path):
    load("temps", write(tmp_path / "temps_2024.csv", "35236,35238,1"))
    first = prepared()
    load("temps", write(tmp_path / "temps_2025.csv", "35236,35238,2"))
    assert len(first) == 1
    assert len(prepared()) == 1
    assert prepared() != first
    assert pairs() == {(REDON, RENNES): 2.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("origine,destination,minutes\n35236,35238,1\n35236,352", "est coupé"),
        ("origine,destination,minutes\n35236,35238,12\n35238,35236,1", "n'a pas de fin de ligne"),
        ("origine,duree\n35236,1\n", "destination"),
        ("origine,destination,minutes\n1,2,3\n4,5,6\n", "aucune ligne"),
    ],
)
def test_a_bad_table_leaves_the_former_in_place(load, tmp_path, text, said):
    load("temps", write(tmp_path / "temps.csv", "35236,35238,1"))
    kept = prepared()
    bad = tmp_path / "mauvais.csv"
    bad.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=said):
        load("temps", bad)
    assert prepared() == kept
    assert pairs() == {(REDON, RENNES): 1.0}


def test_verifying_leaves_no_file(load, tmp_path):
    services.verify_file("temps", write(tmp_path / "temps.csv", "35236,35238,1"))
    assert prepared() == []
    assert loaded_times() is None


def test_forgetting_removes_the_file(load, tmp_path):
    load("temps", write(tmp_path / "temps.csv", "35236,35238,1"))
    services.forget("temps", by="tests", at=DataSource.objects.get(key="temps").loaded_at)
    assert prepared() == []
    assert loaded_times() is None


def test_a_prepared_file_that_is_gone_is_told(load, tmp_path):
    load("temps", write(tmp_path / "temps.csv", "35236,35238,1"))
    (settings.TERRITORIES_DIR / times_source().file).unlink()
    with pytest.raises(LoadError, match="chargez de nouveau"):
        loaded_times()


def test_a_trip_between_two_communes_that_merged_is_not_the_time_within_one(load, tmp_path):
    outcome = load("temps", write(tmp_path / "temps.csv", f"35236,{SAINT_HIER},12", "35236,35238,57"))
    assert pairs() == {(REDON, RENNES): 57.0}
    assert "1 trajet entre communes fusionnées depuis, non repris." in outcome.loaded[0].notes


def test_only_the_pairs_within_reach_are_given(load, tmp_path):
    load("temps", write(tmp_path / "temps.csv", "35236,35238,20", "35238,35236,21", "35238,35238,30"))
    assert sorted(loaded_times(20).minutes.tolist()) == [20.0, 30.0]


@pytest.mark.donnees
def test_the_metric_times_of_gironde_arrive_as_they_are(load, tmp_path):
    """The file gives points, not codes: each point is named after the commune whose rank it has."""
    with official("osrm_gironde.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    redon = Commune.objects.get(code=REDON)
    codes = sorted({row[name] for row in rows for name in ("id1", "id2")})
    names = {code: f"33{rank:03d}" for rank, code in enumerate(codes[:999])}
    known = [row for row in rows if row["id1"] in names and row["id2"] in names]
    Commune.objects.bulk_create(
        Commune(code=code, nom=code, nom_recherche=code, nom_sans_article=code, departement=redon.departement)
        for code in names.values()
    )
    lines = [f"{names[row['id1']]},{names[row['id2']]},{row['Dist_min']}" for row in known]
    outcome = load("temps", write(tmp_path / "osrm.csv", *lines))
    assert outcome.loaded[0].written == len(known)
    total = sum(float(row["Dist_min"]) for row in known)
    assert float(loaded_times().minutes.sum(dtype=np.float64)) == pytest.approx(total, rel=1e-6)
