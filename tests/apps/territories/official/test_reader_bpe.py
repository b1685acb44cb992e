"""The equipment of the BPE: every layout, older and newer codes, one name for both."""

import zipfile

import polars as pl
import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text

from maillage.apps.territories.models import Series
from maillage.apps.territories.official import equipment
from maillage.apps.territories.reading.rows import LoadError

ENSEMBLE = "REG;DEP;DEPCOM;DCIRIS;AN;TYPEQU;NB_EQUIP"


def test_the_iris_of_a_commune_are_added_up(load, folder):
    lines = ("53;35;35238;352380101;2018;D201;3", "53;35;35238;352380102;2018;D201;4", "53;35;35236;35236;2018;D301;2")
    [found] = load("bpe", write_text(folder / "bpe18_ensemble.csv", ENSEMBLE, *lines)).loaded
    assert (found.key, found.read, found.written) == ("bpe-2018", 3, 2)
    assert values("equipement.medecin_generaliste") == {"35238": 7}
    assert values("equipement.pharmacie", "2018") == {"35236": 2}
    assert Series.objects.filter(absent_is_zero=True).count() == 2


def test_older_and_newer_codes_make_one_series_of_years(load, folder):
    load("bpe", write_text(folder / "bpe18.csv", ENSEMBLE, "53;35;35236;35236;2018;D232;9"))
    header = "AN;NOMRS;DEP;DEPCOM;DOM;SDOM;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY"
    lines = [f"2024;;35;35236;D;D2;D281;3{n};6;Bonne" for n in range(3)]
    load("bpe", write_text(folder / "BPE24.csv", header, *lines))
    assert values("equipement.infirmier", "2018") == {"35236": 9}
    assert values("equipement.infirmier", "2024") == {"35236": 3}


def test_a_line_per_equipment_is_counted_and_the_year_is_in_the_name(load, folder):
    path = folder / "BPE24.parquet"
    pl.DataFrame({"DEPCOM": ["35236", "35236", "35294"], "TYPEQU": ["D265"] * 3, "DEP": ["35"] * 3}).write_parquet(path)
    assert load("bpe", path).loaded[0].vintage == "2024"
    assert values("equipement.medecin_generaliste") == {"35236": 2, "35294": 1}


def test_the_api_of_the_insee_is_read_by_commune_only(load, folder):
    lines = (
        '"2025-COM-35236";"D307";"2025";"3"',
        '"2025-DEP-35";"D307";"2025";"300"',
        '"2025-COM-35236";"D265";"2025";"11"',
        '"2025-COM-35236";"D265";"2025";"11"',
    )
    header = '"GEO";"FACILITY_TYPE";"TIME_PERIOD";"OBS_VALUE"'
    plain = write_text(folder / "DS_BPE_2025_data.csv", header, *lines)
    with zipfile.ZipFile(folder / "DS_BPE_2025_CSV_FR.zip", "w") as archive:
        archive.write(plain, "DS_BPE_2025_data.csv")
        archive.writestr("DS_BPE_2025_metadata.csv", "COD_VAR;LIB_VAR\n")
    [found] = load("bpe", folder / "DS_BPE_2025_CSV_FR.zip").loaded
    assert values("equipement.pharmacie", "2025") == {"35236": 3}
    assert values("equipement.medecin_generaliste", "2025") == {"35236": 11}
    assert [reject.line for reject in found.rejects] == [5]


def test_the_file_of_the_insee_names_places_beside_their_level(load, folder):
    header = "GEO;GEO_OBJECT;BPE_MEASURE;FACILITY_TYPE;TIME_PERIOD;OBS_VALUE"
    lines = ("35236;COM;FACILITIES;D307;2025;3", "35236;COM;ROOMS;D307;2025;9", "35;DEP;FACILITIES;D307;2025;300")
    load("bpe", write_text(folder / "DS_BPE_2025_data.csv", header, *lines))
    assert values("equipement.pharmacie", "2025") == {"35236": 3}


def test_types_out_of_scope_are_counted_and_an_equipment_that_the_file_ignores_is_unknown(load, folder):
    lines = ("53;35;35236;35236;2018;D201;1", "53;35;35236;35236;2018;A101;1", "53;35;35236;35236;2018;A203;1")
    [found] = load("bpe", write_text(folder / "bpe18.csv", ENSEMBLE, *lines)).loaded
    assert (
        "2 types d'équipement hors du champ de la santé de ville (A101, A203…), 2 lignes non retenues."
        in found.notes[0]
    )
    assert not Series.objects.filter(indicator="equipement.sage_femme").exists()


def test_a_number_that_is_none_is_left_out_with_its_line(load, folder):
    lines = ("53;35;35236;35236;2018;D201;1", "53;35;35238;35238;2018;D201;1", "53;35;35294;35294;2018;D201;x")
    [found] = load("bpe", write_text(folder / "bpe18.csv", ENSEMBLE, *lines)).loaded
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (4, "« x » n'est pas un nombre d'équipements")
    ]


def test_the_year_that_is_nowhere_is_asked_for(load, folder):
    with pytest.raises(LoadError, match="--millesime"):
        load("bpe", write_text(folder / "equipements.csv", "DEPCOM;TYPEQU", "35236;D265"))


def test_no_code_stands_for_two_equipments():
    codes = [code for row in equipment._rows().values() for code in (*row["anciens"], *row["nouveaux"])]
    assert len(codes) == len(set(codes))
    assert equipment.slugs()["D265"] == equipment.slugs()["D201"] == "medecin_generaliste"


def bpe_archive(path, **tables):
    with zipfile.ZipFile(path, "w") as archive:
        for name, lines in tables.items():
            archive.writestr(f"{name}.csv", "\n".join(lines) + "\n")
    return path


def test_of_the_same_equipment_twice_in_an_archive_the_table_with_numbers_is_read(load, folder):
    apart = ["DEPCOM;AN;TYPEQU;LAMBERT_X", *["35236;2018;D201;1"] * 3]
    both = {"bpe18_ensemble_xy": apart, "bpe18_ensemble": [ENSEMBLE, "53;35;35236;35236;2018;D201;3"]}
    load("bpe", bpe_archive(folder / "bpe18.zip", **both))
    assert values("equipement.medecin_generaliste") == {"35236": 3}


def test_two_tables_of_equipment_alike_are_refused_by_their_names(load, folder):
    table = [ENSEMBLE, "53;35;35236;35236;2018;D201;3"]
    with pytest.raises(LoadError, match=r"a\.csv, b\.csv"):
        load("bpe", bpe_archive(folder / "bpe18.zip", a=table, b=table))


def test_one_line_out_of_scope_is_told_in_the_singular(load, folder):
    lines = ("53;35;35236;35236;2018;D201;1", "53;35;35236;35236;2018;A101;1")
    [found] = load("bpe", write_text(folder / "bpe18.csv", ENSEMBLE, *lines)).loaded
    assert found.notes[0].endswith("(A101…), 1 ligne non retenue.")


@pytest.mark.parametrize("vintage", ["deux mille", "20", "2018/19"])
def test_a_vintage_that_is_no_year_is_refused(load, folder, vintage):
    with pytest.raises(LoadError, match="n'est pas une année"):
        load("bpe", write_text(folder / "equipements.csv", "DEPCOM;TYPEQU", "35236;D265"), vintage=vintage)
