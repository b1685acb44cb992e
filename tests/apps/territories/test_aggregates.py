"""The accessibility of larger places and their class, in a small world of four communes and a city of two parts."""

import datetime

import pytest
from tests.apps.territories.accessibility.conftest import load_series, source

from maillage.apps.territories.aggregates import aggregated
from maillage.apps.territories.models import Commune, Departement, Epci, Grouping, GroupMember, Region
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.zonages import zonage
from maillage.core.kernel.problems import BadInput

DAY, IN_2019 = datetime.date(2026, 11, 22), datetime.date(2019, 6, 1)
GP, NURSE, MIDWIFE = "medecin_generaliste", "infirmier", "sage_femme"
pytestmark = pytest.mark.django_db
APL = {"35236": 2.0, "35294": 4.0, "44001": 5.0, "69381": 1.0, "69382": 3.0}


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    bretagne, loire, rhone = (
        Departement.objects.create(code=code, nom=code, region=Region.objects.create(code=region, nom=region))
        for code, region in (("35", "53"), ("44", "52"), ("69", "84"))
    )
    here, city = (Epci.objects.create(code=code, nom=code, nature="CC") for code in ("243500741", "200046977"))
    _commune("35236", 900, bretagne, here)
    _commune("35294", 300, bretagne, here)
    _commune("44001", 400, loire, here)
    lyon = _commune("69123", 1_000, rhone, city)
    for code, people in (("69381", 700), ("69382", 300)):
        _commune(code, people, rhone, None, parent=lyon)


def _commune(code: str, people: int, departement: Departement, epci: Epci | None, parent=None) -> Commune:
    kind = "ARM" if parent else "COM"
    names = dict.fromkeys(("nom", "nom_recherche", "nom_sans_article"), code)
    return Commune.objects.create(
        code=code,
        departement=departement,
        epci=epci,
        parent=parent,
        type=kind,
        population=people,
        population_vintage="2021",
        **names,
    )


@pytest.fixture
def apl() -> None:
    load_series(f"apl.{GP}.65_ans", dict(APL))


@pytest.fixture
def mesh() -> None:
    """Territories: Redon's two banks over two régions, and Lyon named by its city."""
    for code, communes in {"T1": ("35236", "44001"), "T2": ("35294",), "T3": ("69123",)}.items():
        group = Grouping.objects.create(source=source(f"tvs-{code}"), kind="tvs", code=code, nom=f"Territoire {code}")
        GroupMember.objects.bulk_create([GroupMember(grouping=group, commune=commune) for commune in communes])


def values(profession: str, level: str) -> dict[str, float | None]:
    return {row["code"]: row["apl"] for row in aggregated(profession, level, DAY).rows()}


@pytest.mark.usefixtures("apl")
def test_doctors_are_weighed_by_inhabitants() -> None:
    assert values(GP, "departement") == {"35": 2.5, "44": 5.0, "69": pytest.approx(1.6)}
    assert values(GP, "region")["53"] == 2.5
    assert values(GP, "france") == {"FR": pytest.approx((900 * 2 + 300 * 4 + 400 * 5 + 700 + 900) / 2600)}


@pytest.mark.usefixtures("apl")
def test_an_arrondissement_is_of_the_epci_of_its_city() -> None:
    assert values(GP, "epci")["200046977"] == pytest.approx(1.6)


@pytest.mark.usefixtures("apl", "mesh")
def test_an_arrondissement_is_of_the_territory_of_its_city() -> None:
    found = aggregated(GP, "tvs", DAY).rows()
    assert [(row["code"], row["nom"], row["communes"]) for row in found] == [
        ("T1", "Territoire T1", 2),
        ("T2", "Territoire T2", 1),
        ("T3", "Territoire T3", 2),
    ]


def test_nurses_are_weighed_by_their_standardised_population() -> None:
    load_series(f"apl.{NURSE}.65_ans", {"35236": 100.0, "35294": 200.0})
    load_series(f"apl.{NURSE}.population_standardisee", {"35236": 1.0, "35294": 3.0, "44001": 4.0})
    found = aggregated(NURSE, "france", DAY)
    assert found.rows()[0]["apl"] == 175
    assert found.rows()[0]["couverture"] == 0.5
    assert "population standardisée" in found.figures.weighting


def test_midwives_are_weighed_by_women_when_they_are_loaded() -> None:
    load_series(f"apl.{MIDWIFE}", {"35236": 10.0, "35294": 20.0})
    load_series(f"apl.{MIDWIFE}.population_standardisee", {"35236": 1.0, "35294": 1.0})
    without = aggregated(MIDWIFE, "france", DAY)
    assert without.rows()[0]["apl"] == 15
    assert "n'est pas chargé" in without.figures.notes[0]
    load_series("population.femmes", {"35236": 1.0, "35294": 3.0})
    women = aggregated(MIDWIFE, "france", DAY)
    assert (women.rows()[0]["apl"], women.figures.notes) == (17.5, ())


def test_the_mean_of_dentists_is_said_not_to_be_that_of_their_zonage() -> None:
    load_series("apl.chirurgien_dentiste.65_ans", dict(APL))
    assert "gradient social" in aggregated("chirurgien_dentiste", "france", DAY).figures.notes[0]


def test_the_inhabitants_of_the_file_come_before_those_of_today() -> None:
    load_series(f"apl.{GP}.65_ans", {"35236": 2.0, "35294": 4.0})
    load_series(f"apl.{GP}.population", {"35236": 1.0, "35294": 1.0})
    assert values(GP, "departement")["35"] == 3


def test_an_unknown_value_is_not_zero() -> None:
    load_series(f"apl.{GP}.65_ans", {"35236": 2.0, "35294": None})
    (row,) = [row for row in aggregated(GP, "departement", DAY).rows() if row["code"] == "35"]
    assert (row["apl"], row["couverture"], row["communes_connues"]) == (2.0, 0.75, 1)
    assert values(GP, "departement")["44"] is None


@pytest.mark.usefixtures("apl")
@pytest.mark.parametrize("level", ["tvs", "bvcv"])
def test_a_composition_that_is_not_loaded_is_named(level) -> None:
    with pytest.raises(LoadError, match="n'est pas chargée"):
        aggregated(GP, level, DAY)


@pytest.mark.usefixtures("apl")
def test_an_unknown_level_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="departement"):
        aggregated(GP, "départements", DAY)


@pytest.mark.usefixtures("apl")
def test_a_variant_that_is_not_published_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput, match="une variante publiée \\(65\\)"):
        aggregated(GP, "france", DAY, age=61)


def test_what_to_load_is_said_when_nothing_is() -> None:
    with pytest.raises(LoadError, match="importer apl"):
        aggregated(GP, "france", DAY)


@pytest.mark.usefixtures("apl", "mesh")
def test_territories_are_classed_by_the_rules_of_the_day() -> None:
    found = zonage(GP, IN_2019)
    classes = {row["code"]: (row["classe"], row["region"]) for row in found.rows()}
    assert classes == {"T1": ("a_confirmer", "53"), "T2": ("a_confirmer", "53"), "T3": ("zip", "84")}
    margins = {row["region"]: row["plafond_habitants"] for row in found.gauges() if row["nom"] == "marge_d_adaptation"}
    # T1 lies over two régions: each counts its own inhabitants.
    assert margins == {"53": 60, "52": 20, "84": 0}
    (shared, *_) = found.rows()
    assert (shared["region"], shared["regions"]) == ("53", "53|52")


@pytest.mark.usefixtures("apl", "mesh")
def test_the_answer_says_that_the_arrete_decides() -> None:
    assert any("arrêté de l'ARS" in note for note in zonage(GP, IN_2019).notes)


@pytest.mark.usefixtures("apl")
def test_another_mesh_is_said_to_be_an_approximation() -> None:
    found = zonage(GP, IN_2019, level="departement")
    assert len(found.rows()) == 3
    assert any("est remplacée par une autre" in note for note in found.notes)


@pytest.mark.usefixtures("mesh")
def test_a_territory_without_a_value_is_to_confirm() -> None:
    load_series(f"apl.{GP}.65_ans", {"35294": 2.0})
    classes = {row["code"]: row["classe"] for row in zonage(GP, IN_2019).rows()}
    assert classes == {"T1": "a_confirmer", "T2": "zip", "T3": "a_confirmer"}


def test_shares_need_the_territories_of_all_france() -> None:
    load_series(f"apl.{NURSE}.65_ans", {"35236": 100.0, "35294": 200.0})
    load_series(f"apl.{NURSE}.population_standardisee", {"35236": 1.0, "35294": 3.0})
    group = Grouping.objects.create(source=source("bvcv"), kind="bvcv", code="35B", nom="Redon")
    GroupMember.objects.create(grouping=group, commune="35236")
    (row,) = zonage(NURSE, DAY).rows()
    assert (row["classe"], row["region"]) == ("a_confirmer", "53")
    assert "population de France" in row["motif"]


@pytest.mark.usefixtures("apl", "mesh")
@pytest.mark.parametrize(("profession", "day"), [("pharmacien", DAY), (GP, datetime.date(2015, 1, 1))])
def test_a_zonage_that_does_not_exist_is_refused(profession, day) -> None:
    with pytest.raises(BadInput):
        zonage(profession, day)


def test_speech_therapists_are_to_confirm_without_their_density() -> None:
    found = zonage("orthophoniste", IN_2019, level="departement")
    assert {row["classe"] for row in found.rows()} == {"a_confirmer"}
    assert any("densité" in note for note in found.notes)
