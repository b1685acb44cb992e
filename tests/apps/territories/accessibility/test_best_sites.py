"""Where one more would settle, in the small world: Redon and Sainte-Marie are near, Rennes is alone."""

import pytest
from tests.apps.territories.accessibility.conftest import DAY, load_series

from maillage.apps.territories.accessibility import accessibility
from maillage.apps.territories.accessibility.scenario import Scenario, what_if
from maillage.apps.territories.accessibility.sites import Proposal, Search, best_sites
from maillage.core.kernel.problems import BadInput

DENTIST = "chirurgien_dentiste"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ages", "bpe")]


def ask(threshold: float, **asked: object) -> Proposal:
    return best_sites(accessibility(DENTIST, DAY), Search(threshold, **asked))


def test_one_more_anywhere_near_lifts_the_village() -> None:
    found = ask(24, kind="epci", code="243500741")

    assert found.codes[0] in ("35236", "35294")
    assert (found.plan.below, found.plan.lifted, found.lifted) == (2_000, 2_000, ("35294",))
    assert found.plan.proven


def test_the_site_proposed_does_in_the_model_what_it_says() -> None:
    found = ask(34, kind="epci", code="243500741")
    after = what_if(accessibility(DENTIST, DAY), Scenario(additions=[(found.codes[0], 1)]))
    reached = {code for code, value in zip(after.codes, after.after.tolist(), strict=True) if value >= 34}

    assert set(found.lifted) <= reached


def test_the_travel_limit_counts_only_those_who_live_near() -> None:
    found = ask(34, kind="epci", code="243500741", minutes=0)

    assert found.plan.lifted == 9_000
    assert found.lifted == ("35236",)


def test_a_commune_of_unknown_population_counts_for_nobody() -> None:
    assert ask(1e6).plan.below == 9_000 + 2_000 + 220_000


def test_nobody_under_the_threshold_is_said() -> None:
    found = ask(0.001, kind="departement", code="35")

    assert (found.rows(), found.plan.below) == ([], 0)
    assert "Aucun habitant de ce territoire n'est sous le seuil." in found.notes


def test_the_answer_says_what_it_was_made_of() -> None:
    told = ask(34, count=2, kind="region", code="53").as_dict()

    assert told["choix"] == "exact"
    assert told["habitants_gagnes"] == told["lieux"][-1]["habitants_gagnes_cumules"]
    assert told["lieux"][0]["commune"]
    assert "à vol d'oiseau" in told["methode"]["temps"]


def test_a_greedy_answer_is_not_said_to_be_proven() -> None:
    found = ask(34, method="glouton")
    assert (found.plan.proven, found.plan.method) == (False, "glouton")
    assert any("pas à pas" in note for note in found.notes)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "departement", "code": "99"}, "departement"),
        ({"count": 0}, "nombre"),
        ({"count": 51}, "nombre"),
        ({"minutes": 21}, "minutes_max"),
        ({"method": "magique"}, "methode"),
    ],
)
def test_a_question_that_cannot_be_is_refused(asked, field) -> None:
    with pytest.raises(BadInput) as refused:
        ask(34, **asked)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_threshold_is_above_0() -> None:
    with pytest.raises(BadInput, match="seuil"):
        ask(0)


def test_every_fault_of_a_question_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        ask(-1, kind="region", code="99", count=0)
    assert [problem.field for problem in refused.value.problems] == ["region", "seuil", "nombre"]


def test_the_published_value_says_who_is_under_the_threshold() -> None:
    load_series(f"apl.{DENTIST}", {"35236": 40.0, "35294": 32.0})
    found = ask(34, kind="epci", code="243500741")

    assert (found.plan.below, found.lifted) == (2_000, ("35294",))
    assert {row["code_commune"]: row["apl_publiee"] for row in found.rows()}.items() <= {
        "35236": 40.0,
        "35294": 32.0,
    }.items()
    assert found.reference == "APL publiée (2025, sans limite d'âge)"
    assert any("est la référence" in note for note in found.notes)


def test_the_model_stands_where_nothing_is_published_and_it_is_said() -> None:
    load_series(f"apl.{DENTIST}", {"35236": 40.0})
    found = ask(24, kind="epci", code="243500741")

    assert found.plan.below == 2_000
    assert any("1 commune sans valeur publiée" in note for note in found.notes)


def test_without_a_published_value_the_model_is_named() -> None:
    notes = ask(24, kind="epci", code="243500741").notes
    assert any("Selon le modèle seul" in note for note in notes)
    assert any("prouvé dans le modèle" in note and "Le modèle a son erreur" in note for note in notes)


def test_a_territory_of_unknown_population_has_an_unknown_answer_and_no_proof() -> None:
    told = ask(34, kind="departement", code="976").as_dict()

    assert (told["habitants_sous_le_seuil"], told["habitants_gagnes"], told["prouve"]) == (None, None, False)
    assert any(note.startswith("Inconnu") for note in told["remarques"])
    assert not any("Aucun habitant" in note for note in told["remarques"])


def test_what_is_unknown_beside_the_known_is_counted_apart() -> None:
    assert any(
        "2 communes d'accessibilité inconnue (71 100 habitants)" in note.replace("\u202f", " ").replace("\u00a0", " ")
        for note in ask(34).notes
    )
