"""Steps, helpers and contacts: what a region adds, and how far the team has gone."""

import datetime
from typing import Any

import pytest

from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import StructureAnswer, Territory
from maillage.core.rules.orientation.situation import PROFESSIONS, SituationOrientation
from maillage.core.rules.regions import pack_codes

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
BREST = Territory("29019", "Brest", "29", "53", 140_000, "2022", "Bretagne")
GUERET = Territory("23096", "Guéret", "23", "75", 13_000, "2022", "Nouvelle-Aquitaine")


def ask(code: str, territory: Territory = REDON, **fields: Any) -> StructureAnswer:
    given = {"date": TODAY, "commune": territory.commune_code, **fields}
    return orient(SituationOrientation.model_validate(given), territory, today=TODAY).structures[code]


def progress(answer: StructureAnswer) -> list[str]:
    return [step.state for step in answer.steps]


def test_nothing_said_leaves_every_step_to_come() -> None:
    assert set(progress(ask("MSP"))) == {"a_venir"}


def test_a_team_has_begun_to_gather() -> None:
    team = [{"profession": "infirmier"}]
    assert progress(ask("MSP", professionnels=team))[:2] == ["en_cours", "a_venir"]


def test_the_seven_steps_of_a_maison_de_sante_follow_its_project_and_its_company() -> None:
    written = ask("MSP", projet_de_sante="redige", forme_juridique="association_1901")
    assert progress(written) == ["faite", "faite", "faite", "en_cours", "a_venir", "a_venir", "a_venir"]
    company = ask("MSP", projet_de_sante="valide", projet_valide_pour=["MSP"], forme_juridique="sisa")
    assert progress(company) == ["faite", "a_venir", "faite", "faite", "en_cours", "faite", "a_venir"]


def test_a_company_does_not_say_that_the_association_exists() -> None:
    association, company = ask("MSP", forme_juridique="association_1901"), ask("MSP", forme_juridique="sisa")
    assert [answer.steps[1].state for answer in (association, company)] == ["faite", "a_venir"]


def test_the_initiative_of_liberals_is_a_rule_of_bretagne() -> None:
    assert "libéraux" in ask("CPTS").steps[0].description
    assert "libéraux" not in ask("CPTS", GUERET).steps[0].description


def test_the_contract_of_a_cpts_lasts_five_years_and_says_when_it_pays() -> None:
    contract, missions = (step.description for step in ask("CPTS", GUERET).steps[4:6])
    assert "de cinq ans entre" in contract
    assert "75 %" in contract
    assert "25 %" in contract
    assert "dans les 6 mois" in missions
    assert "à 24 mois" in missions


def test_a_centre_begins_with_its_manager() -> None:
    assert progress(ask("CDS", gestionnaire="collectivite"))[0] == "faite"
    assert progress(ask("CDS", gestionnaire="sas"))[0] == "a_venir"


def test_the_brittany_pack_says_who_helps_and_who_advises() -> None:
    steps = ask("CDS").steps
    assert any("CARPEC" in helper for helper in steps[1].helpers)
    assert "CARPEC" not in " ".join(helper for step in ask("CDS", GUERET).steps for helper in step.helpers)


def test_steps_are_numbered_and_sourced() -> None:
    for code in STRUCTURE_CODES:
        steps = ask(code).steps
        assert [step.rank for step in steps] == list(range(1, len(steps) + 1))
        assert all(step.title and step.description and step.source for step in steps)


def test_contacts_are_those_of_the_department() -> None:
    names = [contact.organisation for contact in ask("MSP", BREST).contacts]
    assert "CPAM du Finistère" in names
    assert "CPAM du Morbihan" not in names


def test_contacts_are_those_of_the_professions_of_the_team() -> None:
    team = [{"profession": "pharmacien"}]
    names = [contact.organisation for contact in ask("MSP", professionnels=team).contacts]
    assert "URPS pharmaciens de Bretagne" in names
    assert "URPS infirmiers de Bretagne" not in names


def test_a_region_that_is_not_written_has_contacts_without_any_number() -> None:
    contacts = ask("MSP", GUERET).contacts
    assert len(contacts) == 2
    assert all(contact.phone is contact.email is contact.web is None for contact in contacts)
    assert all("confirmer" in contact.role for contact in contacts)


@pytest.mark.parametrize("code", [None, *pack_codes()])
def test_no_printed_number_is_called_verified(code: str | None) -> None:
    for contact in packs.contacts(code):
        assert contact.source
        assert set(contact.professions) <= set(PROFESSIONS)
    for structure in STRUCTURE_CODES:
        territory = Territory("00000", "", "41", "24", None, None)
        answer = ask(structure, territory, commune="41018", region_pack=code or "national")
        assert answer.contacts
        assert not any(contact.verified for contact in answer.contacts)


def test_a_pack_adds_to_steps_that_exist() -> None:
    for code in pack_codes():
        for structure, added in packs.pack(code).etapes.items():
            assert set(added) <= {step.id for step in packs.nation().etapes[structure]}, (code, structure)


@pytest.mark.parametrize("code", [code for code in pack_codes() if not packs.pack(code).partiel])
def test_a_step_names_nobody_twice_for_the_same_help(code: str) -> None:
    territory = Territory("00000", "", "00", packs.pack(code).regions[0], None, None)
    for structure in STRUCTURE_CODES:
        for step in ask(structure, territory, commune="35236", region_pack=code).steps:
            general = [helper for helper in step.helpers if helper.startswith("Votre ")]
            roles = [helper.split(" : ")[1] for helper in step.helpers]
            assert all(roles.count(helper.split(" : ")[1]) == 1 for helper in general), (structure, step.title)


def test_in_bretagne_a_step_names_the_ars_once() -> None:
    assert ask("MSP").steps[0].helpers == ("ARS Bretagne, GECO Lib' et ESSORT : méthode",)
    assert ask("MSP").steps[3].helpers == ("ARS Bretagne : décide",)
    assert "Votre ARS : décide" in ask("MSP", GUERET).steps[3].helpers


def test_the_rules_of_steps_read_fields_of_the_situation() -> None:
    for steps in packs.nation().etapes.values():
        for step in steps:
            assert set(step.faite_si) | set(step.en_cours_si) <= set(SituationOrientation.model_fields), step.id
