"""The themes that the agreements name."""

import datetime

import yaml

from maillage.core.activity.themes import DATA, themes

DAY = datetime.date(2026, 11, 22)


def test_the_aci_of_the_msp_names_those_of_its_annexes_from_its_avenant():
    assert len(themes("MSP", "protocole", DAY)) == 7
    assert len(themes("MSP", "mission", DAY)) == 8
    assert themes("MSP", "protocole", datetime.date(2021, 12, 31)) == ()
    assert themes("CPTS", "protocole", DAY) == ()


def test_each_theme_has_a_code_of_its_own_and_its_text():
    rows = yaml.safe_load(DATA.read_text("utf-8"))["themes"]
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["source"] and row["confiance"] in "ABC" and row["titre"] for row in rows)
