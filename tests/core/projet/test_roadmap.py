"""The roadmap of each structure: the key steps, the sending of the file, the delays that a text gives."""

import datetime

import pytest

from maillage.core.projet.roadmap import path, roadmap
from maillage.core.rules.orientation import packs

DAY = datetime.date(2026, 11, 22)
STRUCTURES = ("esp", "msp", "cds", "ess", "cpts")


def codes(structure: str, region: str = "53") -> list[str]:
    return [step.code for step in roadmap(structure, region, DAY)]


def test_the_roadmap_of_an_msp_holds_the_key_steps_and_the_sending_of_the_file():
    assert codes("msp") == [
        "federer", "association", "projet", "signature", "depot", "validation", "mise_en_oeuvre", "statuts_sisa",
        "sisa", "aci",
    ]  # fmt: skip


@pytest.mark.parametrize("structure", STRUCTURES)
def test_no_key_step_of_the_orientation_is_lost(structure: str):
    key = [step.id for step in packs.nation().etapes[structure.upper()]]
    assert [code for code in codes(structure) if code in key] == key
    assert "depot" in codes(structure)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_step_waits_only_for_those_before_it(structure: str):
    seen: set[str] = set()
    for step in roadmap(structure, "", DAY):
        assert set(step.after) <= seen
        assert step.source
        seen.add(step.code)


def test_a_cpts_that_hears_nothing_is_accepted_after_two_months_and_the_rule_is_to_confirm():
    step = next(each for each in roadmap("cpts", "53", DAY) if each.code == "validation")
    (delay,) = step.delays
    assert (delay.since, delay.months, delay.bound) == ("depot", 2, "au_plus")
    assert delay.to_confirm
    assert "L. 1434-12" in delay.source


def test_the_silence_of_the_ars_is_an_acceptance_for_a_cpts_only():
    for structure in ("esp", "msp", "ess"):
        validation = next(each for each in roadmap(structure, "53", DAY) if each.code == "validation")
        assert validation.delays == ()


def test_the_sisa_waits_a_month_after_its_statutes_and_must_exist_six_months_after_the_aci():
    step = next(each for each in roadmap("msp", "", DAY) if each.code == "sisa")
    assert [(each.since, each.months, each.bound) for each in step.delays] == [
        ("statuts_sisa", 1, "au_moins"),
        ("aci", 6, "au_plus"),
    ]


def test_the_helpers_are_those_of_the_region():
    here = next(each for each in roadmap("esp", "53", DAY) if each.code == "federer").helpers
    there = next(each for each in roadmap("esp", "11", DAY) if each.code == "federer").helpers
    assert any("GECO Lib'" in line for line in here)
    assert not any("GECO Lib'" in line for line in there)


def test_what_is_added_names_steps_that_exist():
    for delay in path().delais:
        assert {delay.etape, delay.compte_depuis} <= set(codes(delay.structure.lower()))
        assert delay.parametre or (delay.mois and delay.source)
    for structure, named in path().apres.items():
        assert {*named, *(code for after in named.values() for code in after)} <= set(codes(structure.lower()))
