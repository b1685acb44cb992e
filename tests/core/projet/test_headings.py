"""The headings of a projet de santé: data with sources, realistic examples, regions that add to the nation."""

import datetime
import re

import pytest

from maillage.core.kernel.problems import BadInput
from maillage.core.projet.headings import Heading, headings_of
from maillage.core.rules.orientation import packs
from maillage.core.rules.regions import pack_codes

DAY = datetime.date(2026, 11, 22)
STRUCTURES = ("esp", "msp", "cds", "ess", "cpts")
BRETAGNE, PACA, PAYS_DE_LA_LOIRE = "53", "93", "52"
EVERY = [heading for structure in STRUCTURES for heading in headings_of(structure, "", DAY)]


def titles(structure: str, region: str = "", *, annex: bool = False) -> list[str]:
    return [each.title for each in headings_of(structure, region, DAY) if each.annex is annex]


def find(structure: str, code: str, region: str = "") -> Heading:
    return next(each for each in headings_of(structure, region, DAY) if each.code == code)


def test_an_esp_writes_four_headings_and_is_advised_a_fifth():
    required = [each.title for each in headings_of("esp", BRETAGNE, DAY) if each.required]
    assert required == [
        "Le territoire du projet",
        "Les professionnels engagés",
        "Le ou les thèmes développés",
        "L'organisation pluriprofessionnelle prévue",
    ]
    assert [each.code for each in headings_of("esp", BRETAGNE, DAY) if not each.required] == ["esp.actions"]


@pytest.mark.parametrize(("structure", "count"), [("esp", 5), ("msp", 9), ("cds", 5), ("ess", 9), ("cpts", 9)])
def test_each_structure_has_its_headings_in_order(structure: str, count: int):
    text = [each for each in headings_of(structure, "", DAY) if not each.annex]
    assert [each.number for each in text] == [str(rank) for rank in range(1, count + 1)]


def test_a_centre_annexes_its_reglement_de_fonctionnement_and_not_a_reglement_interieur():
    annexes = titles("cds", annex=True)
    assert annexes[0] == "Le règlement de fonctionnement"
    assert find("cds", "cds.reglement_de_fonctionnement").required
    assert find("cds", "cds.reglement_de_fonctionnement").number == "A1"
    assert not any("intérieur" in title for title in annexes)


def test_the_agrement_of_a_centre_has_its_pieces_from_the_law_that_made_it():
    before = datetime.date(2023, 5, 20)
    assert "cds.dossier_d_agrement" not in {each.code for each in headings_of("cds", "", before)}
    assert find("cds", "cds.dossier_d_agrement").source.startswith("Code de la santé publique")


def test_the_plan_of_an_ess_is_to_confirm():
    assert all("cahier des charges" in each.to_confirm for each in headings_of("ess", BRETAGNE, DAY))


def test_a_cpts_thinks_its_governance_through_in_five_parts():
    assert len(find("cpts", "cpts.gouvernance").subheadings) == 5


def test_paca_adds_its_checklists_and_no_other_region_shows_them():
    here = find("msp", "msp.acces_aux_soins", PACA).guidance
    assert [each.region for each in here] == ["Provence-Alpes-Côte d'Azur"]
    assert any("8 h à 20 h" in point for point in here[0].points)
    assert find("msp", "msp.acces_aux_soins", BRETAGNE).guidance == ()


def test_a_region_may_ask_for_a_heading_that_is_its_own():
    ours = find("esp", "esp.accord_regional", PAYS_DE_LA_LOIRE)
    assert (ours.number, ours.region) == ("6", "Pays de la Loire")
    assert "L'accord avec le porteur régional" not in titles("esp", BRETAGNE)


def test_a_region_that_is_not_written_follows_the_nation():
    assert titles("msp", "11") == titles("msp")


def test_a_structure_is_named_in_capitals_or_not():
    assert headings_of("MSP", PACA, DAY) == headings_of("msp", PACA, DAY)


def test_an_unknown_structure_is_refused_with_those_that_exist():
    with pytest.raises(BadInput, match="esp, msp, cds, ess, cpts"):
        headings_of("mps", BRETAGNE, DAY)


@pytest.mark.parametrize("heading", EVERY, ids=lambda each: each.code)
def test_each_heading_says_its_source_and_shows_a_realistic_example(heading: Heading):
    assert heading.source
    assert heading.confidence in ("A", "B", "C")
    assert bool(heading.to_confirm) == (heading.confidence == "C")
    assert len(re.findall(r"[.!?](?:\s|$)", heading.example)) >= 2, "an example is several sentences"
    assert all(question.endswith("?") for question in heading.questions)
    assert heading.questions
    assert heading.expected.strip().endswith((".", "…"))


@pytest.mark.parametrize("heading", EVERY, ids=lambda each: each.code)
def test_no_example_names_a_person(heading: Heading):
    assert not re.search(r"\b(M\.|Mme|Dr|docteur|docteure)\s", heading.example)


def test_no_two_headings_share_a_code():
    codes = [each.code for each in EVERY]
    assert len(codes) == len(set(codes))
    assert {code.split(".")[0] for code in codes} == set(STRUCTURES)


@pytest.mark.parametrize("code", pack_codes())
def test_what_a_region_says_is_of_headings_that_exist(code: str):
    region = packs.pack(code)
    own = region.rubriques
    known = {each.code for each in EVERY} | {each.code for each in own}
    assert {line.rubrique for line in region.reperes} <= known
    assert not {each.code for each in own} & {each.code for each in EVERY}
    assert all(line.points and line.source for line in region.reperes)
