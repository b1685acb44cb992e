"""What a project still lacks: each check says what, where to go, and by which source it is asked."""

import datetime
from dataclasses import replace
from typing import get_args

import pytest

from maillage.core.projet.completeness import STATES, Check, Completeness, completeness, control_book
from maillage.core.projet.controls import CONTROLS
from maillage.core.projet.facts import (
    ActionFacts,
    MemberFacts,
    ProjectFacts,
    SectionFacts,
    SiteFacts,
    VersionFacts,
)
from maillage.core.projet.headings import headings_of
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.packs.headings import Control

DAY = datetime.date(2026, 11, 22)
STRUCTURES = ("esp", "msp", "cds", "ess", "cpts")
WRITTEN = SectionFacts("pret", words=120, shown=2)


def blank(structure: str = "msp", region: str = "53", **known: object) -> ProjectFacts:
    return ProjectFacts(structure, region, DAY, **known)


def whole(structure: str = "msp", region: str = "53") -> ProjectFacts:
    return ProjectFacts(
        structure,
        region,
        DAY,
        sections={each.code: WRITTEN for each in headings_of(structure, region, DAY)},
        communes=3,
        diagnosis=True,
        fresh=True,
        speciality="dermatologie",
        members=(MemberFacts("Alix Renard", True, "10001234567", coordinates=True),),
        sites=(SiteFacts("Brévalan", 5),),
        protocols=2,
        actions=(ActionFacts("Sortie d'hôpital", 2, 1),),
        expenses=2,
        resources=2,
        comments=1,
        is_dated=True,
        meetings=3,
        legal_entities=1,
        version=VersionFacts(2, changed=False, signatories=1, waiting=()),
    )


def check(found: Completeness, code: str) -> Check:
    return next(each for each in found.checks if each.code == code)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_whole_project_lacks_nothing(structure: str):
    found = completeness(whole(structure))
    assert [each.code for each in found.checks if each.state != "ok"] == []
    assert (found.is_ready, found.done) == (True, found.required)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_blank_project_says_what_to_do_and_where(structure: str):
    found = completeness(blank(structure))
    assert not found.is_ready
    for each in found.checks:
        assert each.source
        assert each.target
        assert each.state in STATES
        assert bool(each.missing) == (each.state != "ok")


@pytest.mark.parametrize(
    ("state", "words", "expected"),
    [
        ("vide", 0, "Rien n'est encore écrit."),
        ("pret", 0, "Rien n'est encore écrit."),
        ("en_cours", 80, "En cours d'écriture : marquez-la « prête » quand elle l'est."),
        ("a_revoir", 80, "À revoir, puis à marquer « prête »."),
        ("pret", 80, ""),
    ],
)
def test_a_heading_is_met_when_it_is_ready_and_says_something(state: str, words: int, expected: str):
    facts = blank(sections={"msp.membres": SectionFacts(state, words)})
    found = check(completeness(facts), "rubrique.msp.membres")
    assert (found.missing, found.target) == (expected, "rubrique:msp.membres")
    assert found.state == ("manque" if expected else "ok")


def test_a_heading_that_only_shows_what_another_screen_holds_is_not_empty():
    facts = blank(sections={"msp.membres": SectionFacts("pret", words=0, inserts=1)})
    assert check(completeness(facts), "rubrique.msp.membres").state == "ok"


def test_an_advised_heading_never_stops_a_file():
    facts = whole()
    sections = {code: each for code, each in facts.sections.items() if code != "msp.plan_d_actions"}
    found = completeness(replace(facts, sections=sections))
    assert check(found, "rubrique.msp.plan_d_actions").state == "conseille"
    assert found.is_ready


def test_who_has_no_rpps_is_named_and_who_needs_none_is_not():
    members = (MemberFacts("Alix Renard", True, ""), MemberFacts("Charlie Lemoine", False, ""))
    found = check(completeness(replace(whole(), members=members)), "rpps")
    assert (found.state, found.missing, found.target) == ("manque", "Sans numéro RPPS : Alix Renard.", "equipe")


def test_many_names_are_cut():
    members = tuple(MemberFacts(f"Membre {rank}", True, "") for rank in range(10))
    assert check(completeness(replace(whole(), members=members)), "rpps").missing.endswith("et 2 autres.")


def test_a_site_without_hours_is_named():
    sites = (SiteFacts("Brévalan", 3), SiteFacts("Port-Brévalan", 0))
    assert check(completeness(replace(whole(), sites=sites)), "horaires").missing == "Sans horaires : Port-Brévalan."


def test_the_signatures_are_looked_at_once_a_version_is_presented():
    found = completeness(replace(whole(), version=None))
    states = [check(found, code).state for code in ("version", "version_a_jour", "signatures")]
    assert states == ["manque", "plus_tard", "plus_tard"]


@pytest.mark.parametrize("structure", STRUCTURES)
def test_nothing_is_done_in_a_blank_project_and_the_count_stays(structure: str):
    found, later = completeness(blank(structure)), completeness(whole(structure))
    assert [each.code for each in found.checks if each.state == "ok" and each.code != "etapes"] == []
    assert (found.done, found.headings_ready) == (0, 0)
    assert (found.required, len(found.headings)) == (later.required, len(later.headings))
    assert later.headings_ready == len(later.headings)


def test_a_budget_holds_an_expense_and_a_resource():
    found = check(completeness(replace(whole("cpts"), resources=0)), "budget")
    assert (found.state, found.missing, found.required) == ("conseille", "Ajoutez les ressources prévues.", False)


def test_a_team_announced_is_to_name():
    found = check(completeness(replace(whole(), to_name=2)), "equipe")
    assert (found.state, found.missing) == ("a_nommer", "1 nommé, 2 annoncés à nommer.")


def test_a_project_changed_since_its_version_asks_again():
    version = VersionFacts(2, changed=True, signatories=3, waiting=("Alix Renard",))
    found = completeness(replace(whole(), version=version))
    assert "depuis la version 2" in check(found, "version_a_jour").missing
    assert check(found, "signatures").missing == "N'ont pas signé : Alix Renard."
    assert not found.is_ready


def test_a_centre_is_not_asked_the_signature_of_each_professional():
    assert "version" not in {each.code for each in completeness(blank("cds")).checks}


def test_an_unknown_freshness_is_advice_and_not_an_obstacle():
    found = completeness(replace(whole(), fresh=None))
    assert check(found, "millesime").state == "conseille"
    assert found.is_ready


def test_a_figure_that_the_diagnosis_no_longer_holds_stops_the_file():
    facts = whole()
    sections = {**facts.sections, "msp.objectifs": replace(WRITTEN, lost=2)}
    found = check(completeness(replace(facts, sections=sections)), "references_perdues.msp.objectifs")
    assert (found.state, found.missing) == ("manque", "À remplacer, car le diagnostic ne le contient plus : 2.")


def condition(state: str, kind: str = "fond", **more: object) -> Condition:
    told = {"missing": None if state == "remplie" else "À faire.", "blocking": False, "text": None, **more}
    return Condition("msp_paramedicaux", "Au moins un paramédical", state, kind=kind, fields=("professionnels",),
                     parameter="x", **told)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "kind", "expected"),
    [
        ("remplie", "fond", "ok"),
        ("manquante", "fond", "manque"),
        ("inconnue", "fond", "inconnu"),
        ("manquante", "demarche", "conseille"),
    ],
)
def test_the_conditions_of_the_structure_come_from_the_rules(state: str, kind: str, expected: str):
    found = check(completeness(replace(whole(), conditions=(condition(state, kind),))), "condition.msp_paramedicaux")
    assert (found.state, found.target, found.rule) == (expected, "equipe", "msp_paramedicaux")


def test_what_the_ars_decides_is_not_asked_before_the_sending():
    facts = replace(whole(), conditions=(condition("manquante", asked=True),))
    assert not any(each.code.startswith("condition.") for each in completeness(facts).checks)


def test_the_roadmap_says_what_is_left_before_the_sending():
    facts = replace(whole(), before_filing=("Créer une association",), alerts=("Dépasse le 1er mars.",))
    found = completeness(facts)
    assert check(found, "etapes").missing == "Pas encore faites : Créer une association."
    assert check(found, "delais").missing == "Dépasse le 1er mars."
    assert found.is_ready


def test_the_answer_says_how_many_of_what_is_expected_are_done():
    told = completeness(blank("esp")).as_dict()
    assert told["complet"] is False
    assert 0 <= told["faits"] < told["attendus"]
    assert {each["etat"] for each in told["controles"]} <= set(STATES)


def test_the_words_of_each_check_are_written_with_a_source():
    book = control_book()
    assert {each.groupe for each in book.controles.values()} <= set(book.groupes)
    assert all(each.source and each.libelle and each.si_absente for each in book.controles.values())
    assert set(CONTROLS) <= set(book.controles)


def test_what_a_heading_calls_for_is_either_looked_at_or_the_text_itself():
    in_the_text = {"gouvernance", "systeme_information", "reglement", "agrement", "champs", "signatures"}
    assert set(get_args(Control)) - set(CONTROLS) <= in_the_text
