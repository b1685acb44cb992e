"""The missions of the agreement of each structure, and the templates of action sheets that point to them."""

import datetime
from typing import get_args

import pytest

from maillage.core.projet.missions import AGREEMENTS, LEVELS, missions, themes
from maillage.core.projet.sheets import sheet_template, sheet_templates
from maillage.core.rules.base import StructureCode

DAY = datetime.date(2026, 11, 22)
CODES = get_args(StructureCode)


@pytest.mark.parametrize("code", CODES)
def test_each_structure_has_its_missions_each_once_with_its_text(code):
    found = missions(code, DAY)
    assert code in AGREEMENTS
    assert len({mission.code for mission in found}) == len(found) >= 4
    assert all(mission.title and mission.source and mission.level in LEVELS for mission in found)
    assert {mission.confidence for mission in found} <= {"A", "B", "C"}


@pytest.mark.parametrize("code", CODES)
def test_no_mission_stands_before_its_agreement(code):
    assert missions(code, datetime.date(2010, 1, 1)) == ()


def test_the_titles_are_those_of_the_rules():
    titles = {mission.code: mission.title for mission in missions("MSP", DAY)}
    assert titles["MSP-2.2"] == "Protocoles pluriprofessionnels"
    assert not any("bonus" in title for title in titles.values())


def test_a_mission_that_became_compulsory_is_so_from_its_day():
    def level(day):
        return next(each.level for each in missions("CPTS", day) if each.code == "CPTS-MIS-4")

    assert level(datetime.date(2022, 3, 30)) == "option"
    assert level(datetime.date(2022, 3, 31)) == "socle"


def test_an_indicator_removed_from_the_accord_is_no_longer_offered():
    def codes(day):
        return {each.code for each in missions("CDS", day)}

    assert "IND-07" in codes(datetime.date(2022, 6, 1))
    assert "IND-07" not in codes(DAY)


def test_a_mission_says_why_it_is_doubtful():
    assert all("accord de 2025" in mission.doubt for mission in missions("CDS", DAY))


def test_the_aci_of_the_msp_names_themes_from_its_avenant():
    assert len(themes("MSP", "protocole", DAY)) == 7
    assert len(themes("MSP", "mission", DAY)) == 8
    assert themes("MSP", "protocole", datetime.date(2021, 12, 31)) == ()
    assert themes("CPTS", "protocole", DAY) == ()


@pytest.mark.parametrize("code", CODES)
def test_each_structure_has_templates_of_sheets(code):
    assert len(sheet_templates(code)) >= 2


@pytest.mark.parametrize(
    "sheet", {each.code: each for code in CODES for each in sheet_templates(code)}.values(), ids=str
)
def test_a_template_answers_to_a_mission_of_each_of_its_structures(sheet):
    known = {
        mission.code for code in CODES for year in (2021, 2026) for mission in missions(code, DAY.replace(year=year))
    }
    assert set(sheet.missions) <= known
    for structure in sheet.structures:
        assert {mission.code for mission in missions(structure, DAY)} & set(sheet.missions), structure
    assert sheet.indicateurs


def test_a_template_is_found_by_its_code():
    assert sheet_template("cpts-crise").titre == "Se préparer à une crise sanitaire"
    assert sheet_template("inconnue") is None
