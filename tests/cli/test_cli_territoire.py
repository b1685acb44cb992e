"""``maillage territoire``: files in, a file out, and every fault told with its line and nothing written."""

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.apps.territories.official.written import write_workbook

from maillage.apps.common import schema

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage, Ran

pytestmark = pytest.mark.django_db
POPULATION = "code_commune,population\n01001,9000\n01002,2000\n01003,50000\n"
OFFER = "code_commune,quantite\n01001,3\n01003,100\n"
TIMES = "origine,destination,minutes\n01001,01002,8\n01002,01001,12\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    return tmp_path


@pytest.fixture
def ask(maillage: "Maillage", tmp_path: Path):
    """Run with the three files, the text of each being given; the output is ``sortie.csv``."""

    def run(command: str, *more: str, profession: str = "chirurgien_dentiste", **texts: "str | bytes") -> "Ran":
        options = []
        for name, text in {"offre": OFFER, "population": POPULATION, "temps": TIMES, **texts}.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            options += [f"--{name}", path]
        return maillage(
            "territoire", command, "--profession", profession, *options, "--sortie", tmp_path / "sortie.csv", *more
        )

    return run


@pytest.fixture
def rows(tmp_path: Path):
    def read() -> dict[str, dict[str, str]]:
        with (tmp_path / "sortie.csv").open(encoding="utf-8", newline="") as file:
            return {row["code_commune"]: row for row in csv.DictReader(file)}

    return read


def test_three_files_give_the_accessibility_of_their_communes_by_hand(ask, rows) -> None:
    assert ask("apl").code == 0
    found = {code: float(row["apl"]) for code, row in rows().items()}
    shared = 3 / (9000 + 2000 * 2 / 3) * 100_000

    assert found == pytest.approx({"01001": shared, "01002": shared * 2 / 3, "01003": 200}, abs=1e-12)


def test_the_columns_are_those_promised(ask, rows) -> None:
    ask("apl")
    assert list(rows()["01001"]) == ["code_commune", "apl"]
    ask("et-si", "--ajouter", "01002:1")
    assert list(rows()["01001"]) == ["code_commune", "apl_avant", "apl_apres", "difference"]


def test_general_practitioners_are_counted_in_acts(ask, rows) -> None:
    ask("apl", profession="medecin_generaliste")

    assert float(rows()["01003"]["apl"]) == pytest.approx(100 * 4146 / 50_000)


def test_the_acts_of_a_practitioner_are_held_between_their_bounds(ask, rows) -> None:
    offer = "code_commune,quantite,actes\n01003,1,1000\n01003,1,9000\n01001,2,9000\n"
    ask("apl", profession="medecin_generaliste", offre=offer)

    assert float(rows()["01003"]["apl"]) == pytest.approx((3600 + 6000) / 50_000)
    assert float(rows()["01001"]["apl"]) == pytest.approx(9000 / (9000 + 2000 * 2 / 3))


def test_a_commune_of_the_offer_alone_and_a_catchment_of_nobody_have_0(ask, rows) -> None:
    ran = ask("apl", offre=OFFER + "01004,2\n")

    assert float(rows()["01004"]["apl"]) == 0
    assert "aucun habitant compté" in ran.err


def test_the_communes_changed_are_those_that_reach_the_arrival(ask, rows) -> None:
    assert ask("et-si", "--ajouter", "01002:1", "--retirer", "01003:1").code == 0
    found = rows()

    assert found.keys() == {"01001", "01002", "01003"}
    assert float(found["01003"]["difference"]) == pytest.approx(-2)
    assert all(
        float(row["apl_apres"]) - float(row["apl_avant"]) == pytest.approx(float(row["difference"]))
        for row in found.values()
    )


def test_options_can_be_repeated_and_a_move_is_told(ask, rows) -> None:
    assert ask("et-si", "--ajouter", "01002:1", "--ajouter", "01003:1", "--deplacer", "01003:01001:2").code == 0

    assert float(rows()["01003"]["difference"]) == pytest.approx(-2)


def test_professionals_over_an_age_leave_when_the_offer_has_their_age(ask, rows) -> None:
    offer = "code_commune;quantite;age\n01001;1;66\n01001;1;60\n01003;1;\n"
    ran = ask("et-si", "--partants", "plus_de_60@01001", offre=offer)

    assert ran.code == 0
    assert float(rows()["01001"]["apl_apres"]) == pytest.approx(float(rows()["01001"]["apl_avant"]) / 2)
    assert "1 professionnel part" in ran.err


def test_professionals_over_an_age_without_ages_are_refused(ask, tmp_path) -> None:
    ran = ask("et-si", "--partants", "plus_de_60@01001")

    assert ran.code == 2
    assert "âge" in ran.err
    assert not (tmp_path / "sortie.csv").exists()


@pytest.mark.parametrize(
    "written",
    [
        POPULATION.replace(",", ";"),
        POPULATION.replace(",", "\t"),
        "\ufeff" + POPULATION,
        POPULATION.replace("\n", "\r\n"),
        "Code_Commune,Population\n" + POPULATION.split("\n", 1)[1],
        "nom;code_commune;population\nAmbérieu;01001;9000\nX;01002;2 000,0\nY;01003;50000\n".encode("cp1252"),
        "code_commune,population\n1001,9000\n1002,2000\n1003,50000\n",
    ],
)
def test_separators_encodings_and_lost_zeros_are_understood(ask, rows, written) -> None:
    assert ask("apl", population=written).code == 0

    assert float(rows()["01003"]["apl"]) == 200


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"offre": OFFER + "01002,beaucoup\n"}, "offre.csv, ligne 4, quantite"),
        ({"offre": OFFER + "01002,-1\n"}, "offre.csv, ligne 4, quantite"),
        ({"offre": OFFER + "01002,\n"}, "offre.csv, ligne 4, quantite"),
        ({"offre": OFFER + "ABC,1\n"}, "offre.csv, ligne 4, code_commune"),
        ({"offre": OFFER + "01002,1,5\n"}, "offre.csv, ligne 4"),
        ({"offre": "code_commune,quantite\n"}, "aucune ligne"),
        ({"offre": ""}, "vide"),
        ({"offre": "code,rien\n01001,1\n"}, "Colonne absente"),
        ({"offre": "code_commune,quantite,actes\n01001,1,5000\n"}, "actes"),
        ({"population": POPULATION + "01001,5\n"}, "ligne 5, code_commune"),
        ({"population": POPULATION + "01009,nan\n"}, "ligne 5, population"),
        ({"temps": TIMES + "01001,01003,-4\n"}, "ligne 4, minutes"),
        ({"temps": TIMES + "01001,x,4\n"}, "ligne 4, destination"),
        ({"temps": TIMES + "\n01001,01003,8,5\n"}, "ligne 5 : « 4 valeurs »"),
        ({"temps": TIMES + "01001,01003\n"}, "coupé"),
        ({"temps": TIMES + "01001,01003,\n"}, "ligne 4, minutes"),
        ({"temps": "origine,destination,minutes\n"}, "aucune ligne"),
        ({"temps": "origine,minutes\n01001,5\n"}, "« destination »"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_nothing_is_written(ask, tmp_path, texts, told) -> None:
    (tmp_path / "sortie.csv").write_text("avant")
    ran = ask("apl", **texts)

    assert ran.code == 2
    assert told in ran.err
    assert (tmp_path / "sortie.csv").read_text() == "avant"


def test_travel_times_are_read_as_french_writes_them(ask, rows) -> None:
    times = '"origine";"destination";"minutes"\r\n"1001";"1002";"8,0"\r\n"1002";"1001";"12,5"\r\n\r\n'
    assert ask("apl", temps=times).code == 0

    assert float(rows()["01002"]["apl"]) == pytest.approx(3 / (9000 + 2000 * 2 / 3) * 100_000 * 2 / 3)


def test_many_bad_lines_are_counted_rather_than_listed(ask) -> None:
    ran = ask("apl", offre=OFFER + "".join(f"X{rank},1\n" for rank in range(40)))

    assert len(ran.err.splitlines()) == 11
    assert "30 autres lignes fautives" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--ajouter", "99999:1"), "99999"),
        (("--retirer", "01002:1"), "au plus 0"),
        (("--ajouter", "01001:zéro"), "CODE:NOMBRE"),
        ((), "au moins un professionnel"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(ask, tmp_path, options, told) -> None:
    ran = ask("et-si", *options)

    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "sortie.csv").exists()


def test_an_unknown_profession_is_refused_with_the_nearest(ask) -> None:
    ran = ask("apl", profession="dentiste")

    assert ran.code == 2
    assert "chirurgien_dentiste" in ran.err


def test_an_unknown_profession_is_told_before_a_database_that_is_not_ready(maillage, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(schema, "is_migrated", lambda: False)
    for command in ("apl", "et-si"):
        ran = maillage("territoire", command, "--profession", "dentiste", "--sortie", tmp_path / "s.csv")
        assert ran.code == 2
        assert "vouliez-vous dire « chirurgien_dentiste » ?" in ran.err


def test_accented_headers_in_windows_1252_and_workbooks_are_read(ask, maillage, tmp_path, rows) -> None:
    offer = "Code_Commune;Quantité\n01001;3\n01003;100\n".encode("cp1252")
    times = "Départ;Arrivée;Durée\n01001;01002;8\n01002;01001;12".encode("cp1252")
    assert ask("apl", offre=offer, temps=times).code == 0
    expected = rows()

    tables = {"offre": OFFER, "population": POPULATION, "temps": TIMES}
    options = [
        part
        for name, text in tables.items()
        for part in (f"--{name}", write_workbook(tmp_path / f"{name}.xlsx", {"Feuille": cells_of(text)}))
    ]
    ran = maillage("territoire", "apl", "--profession", "infirmier", *options, "--sortie", tmp_path / "sortie.csv")
    assert ran.code == 0, ran.err
    assert rows() == expected


def cells_of(text: str) -> list[list[str | float]]:
    """The lines of a text as a spreadsheet holds them: numbers, zeros lost."""
    return [[float(cell) if cell.isdigit() else cell for cell in line.split(",")] for line in text.splitlines()]


def test_a_missing_file_or_folder_is_told(ask, maillage, tmp_path) -> None:
    absent = maillage(
        "territoire",
        "apl",
        "--profession",
        "infirmier",
        "--offre",
        tmp_path / "non.csv",
        "--sortie",
        tmp_path / "s.csv",
    )
    nowhere = maillage("territoire", "apl", "--profession", "infirmier", "--sortie", tmp_path / "non" / "s.csv")

    assert (absent.code, nowhere.code) == (2, 2)
    assert "introuvable" in absent.err
    assert "ce dossier n'existe pas" in nowhere.err


def test_nothing_loaded_says_what_to_import(maillage, tmp_path) -> None:
    ran = maillage("territoire", "apl", "--profession", "infirmier", "--sortie", tmp_path / "s.csv")

    assert ran.code == 2
    assert "maillage donnees preparer" in ran.err


@pytest.mark.usefixtures("territories")
def test_an_unknown_commune_without_travel_times_is_told_with_the_one_meant(ask, maillage, tmp_path) -> None:
    ask("apl")
    (tmp_path / "population.csv").write_text("code_commune,population\n35236,9000\n35600,5\n")
    ran = maillage(
        "territoire", "apl", "--profession", "infirmier", "--population", tmp_path / "population.csv",
        "--offre", tmp_path / "offre.csv", "--sortie", tmp_path / "s.csv",
    )  # fmt: skip

    assert ran.code == 2
    assert "35600 est un code postal" in ran.err


@pytest.mark.usefixtures("territories")
def test_loaded_communes_complete_the_files(maillage, tmp_path, rows) -> None:
    (tmp_path / "population.csv").write_text("code_commune,population\n35236,9000\n35294,1000\n")
    (tmp_path / "offre.csv").write_text("code_commune,quantite\n35236,1\n")
    ran = maillage(
        "territoire", "apl", "--profession", "infirmier", "--population", tmp_path / "population.csv",
        "--offre", tmp_path / "offre.csv", "--sortie", tmp_path / "sortie.csv",
    )  # fmt: skip

    assert ran.code == 0
    assert "à vol d'oiseau" in ran.err
    # The small world has one place for all its communes: 0 minute apart.
    assert float(rows()["35294"]["apl"]) == pytest.approx(10)


@pytest.mark.usefixtures("territories")
def test_a_former_commune_of_the_offer_is_counted_in_that_of_today(maillage, tmp_path, rows) -> None:
    (tmp_path / "offre.csv").write_text("code_commune,quantite\n35900,2\n")
    ran = maillage(
        "territoire", "apl", "--profession", "infirmier", "--offre", tmp_path / "offre.csv",
        "--sortie", tmp_path / "sortie.csv",
    )  # fmt: skip

    assert ran.code == 0
    assert float(rows()["35236"]["apl"]) > 0
    assert rows()["35238"]["apl"] == ""


def test_an_output_that_cannot_be_written_leaves_nothing_behind(ask, tmp_path) -> None:
    (tmp_path / "sortie.csv").mkdir()
    before = {path.name for path in tmp_path.iterdir()}
    ran = ask("apl")
    shutil.rmtree(tmp_path / "sortie.csv")

    assert ran.code == 2
    assert {path.name for path in tmp_path.iterdir()} - before <= {"offre.csv", "population.csv", "temps.csv"}
