"""What the time spent to write a projet de santé may give: each case of elaboration.yaml, and what always holds."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.projet.elaboration import TimeSpent, hours, statement, structure_code, terms

DAY = datetime.date(2026, 11, 22)
CASES = yaml.safe_load(Path(__file__).with_suffix("").with_name("elaboration.yaml").read_text("utf-8"))


def spent(told):
    return TimeSpent(
        told["qui"],
        told["qui"],
        "medecin_generaliste",
        told["mode"],
        told["annee"],
        told["minutes"],
        told.get("mandate", 0),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["nom"])
def test_a_case_gives_what_the_texts_say(case):
    times = [spent(told) for told in case["temps"]]
    rules = terms(case["structure"], case["region"], DAY, {each.year for each in times})
    agreed = Decimal(case["tarif"]) if "tarif" in case else None

    found = statement(rules, times, agreed=agreed)

    assert found.kept == case["retenu"]
    assert (None if found.total is None else str(found.total)) == case["total"]
    assert [doubt.subject for doubt in found.to_confirm] == case["a_confirmer"]


def test_a_doubt_says_why_and_whom_to_ask():
    (doubt,) = statement(terms("CPTS", "53", DAY), []).to_confirm
    assert doubt.who == "ARS Bretagne"
    assert (
        doubt.reason
        == "l'ARS Bretagne indemnise le temps des professionnels, mais elle ne publie pas le tarif de l'heure"
    )


def test_an_excess_over_the_ceiling_is_said():
    rules = terms("CPTS", "53", DAY, [2025, 2026])
    times = [TimeSpent("a", "Anne", "", "liberal", year, 30_000) for year in (2025, 2026)]
    assert "plafonnée à 50\u202f000\xa0€ : 42\u202f500\xa0€ dépassent" not in statement(rules, times).explanation
    told = statement(rules, times, agreed=Decimal(100)).explanation
    assert "plafonnée à 50\u202f000\xa0€ : 45\u202f160\xa0€ dépassent" in told


def test_a_region_without_a_written_policy_sends_to_its_ars():
    assert terms("ESP", "11", DAY).who == "l'ARS de votre région"


def test_a_kind_of_structure_has_its_code():
    assert structure_code("cpts") == "CPTS"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0\xa0min"), (59, "59\xa0min"), (60, "1\xa0h"), (61, "1\xa0h\xa001")]
)
def test_minutes_are_said_in_hours(minutes, words):
    assert hours(minutes) == words


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5_000), st.integers(0, 100), st.sampled_from(["liberal", "salarie", ""])), max_size=8
    ),
    st.decimals(0, 500, places=2),
)
def test_the_total_is_never_over_the_ceiling_nor_over_the_shares(times, rate):
    rules = terms("CPTS", "53", DAY, [2026])
    told = [
        TimeSpent(str(rank), "x", "", mode, 2026, minutes, min(minutes, mandated))
        for rank, (minutes, mandated, mode) in enumerate(times)
    ]
    found = statement(rules, told, agreed=rate)
    assert found.kept <= found.minutes
    assert found.total is not None
    assert found.total <= Decimal(50_000)
    assert found.total <= sum((share.amount for share in found.shares), Decimal(0))
    assert all(0 <= share.kept <= share.spent.minutes for share in found.shares)
