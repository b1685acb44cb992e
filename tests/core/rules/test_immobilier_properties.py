"""What holds for every financing plan, whatever the amounts."""

import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import read
from maillage.core.rules.immobilier.situation import SIMULATOR
from maillage.core.rules.simulation.engine import simulate

COST = st.integers(min_value=100_000, max_value=9_000_000)
ASKED = st.integers(min_value=0, max_value=9_000_000)


def lines(facts):
    answer = simulate(SIMULATOR, read(SIMULATOR.model, {"date": "2026-06-01"} | facts))
    return {line.id: line for line in answer.lines}


ONE_DAY = datetime.timedelta(days=1)


@settings(max_examples=25, deadline=None)
@given(cost=COST, asked=ASKED, private=ASKED)
def test_once_the_excess_is_cut_the_owner_brings_the_minimum(cost, asked, private):
    private = min(private, cost)
    facts = {"proprietaire": "commune", "cout_total_ht": cost, "financement_prive": private}
    before = lines(facts | {"demande_autres": asked})
    if before["IMM-01"].state == "manquante":
        kept = asked - before["IMM-01-excedent"].low
        if kept >= 0:
            assert lines(facts | {"demande_autres": float(kept)})["IMM-01"].state == "remplie"


@settings(max_examples=25, deadline=None)
@given(cost=COST, asked=ASKED)
def test_a_regional_grant_is_never_above_its_ceiling_nor_what_is_asked(cost, asked):
    facts = {"region": "pays_de_la_loire", "nature": "creation", "cout_total_ht": cost, "demande_region": asked}
    found = lines(facts | {"projet_de_sante_approuve": True})["FIN-01"]
    assert found.low <= min(Decimal(150_000), Decimal(asked), Decimal(cost) / 4 + 1)


@settings(max_examples=25, deadline=None)
@given(spent=st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_the_fctva_is_rounded_once_to_the_cent(spent):
    found = lines({"depense_fctva": float(spent), "proprietaire": "commune"})["IMM-09"]
    assert abs(found.low - spent * Decimal("0.16404")) <= Decimal("0.0051")


@settings(max_examples=40, deadline=None)
@given(notice=st.dates(min_value=datetime.date(2015, 1, 1), max_value=datetime.date(2028, 6, 30)))
def test_six_months_of_notice_end_on_the_same_day_or_the_last_of_the_month(notice):
    found = lines({"conge_par": "locataire", "conge_le": notice.isoformat()})["JUR-04-preavis"].day
    months = (found.year - notice.year) * 12 + found.month - notice.month
    assert months == 6
    last = (found + datetime.timedelta(days=1)).day == 1
    assert found.day == notice.day or (last and found.day < notice.day)


@settings(max_examples=25, deadline=None)
@given(start=st.dates(min_value=datetime.date(2015, 1, 1), max_value=datetime.date(2022, 12, 31)))
def test_a_lease_of_six_years_ends_on_the_eve_of_its_anniversary_leap_years_included(start):
    found = lines({"bail_signe_le": start.isoformat(), "bail_duree": 6})["JUR-04-terme"].day
    leap = (start.month, start.day) == (2, 29)
    again = datetime.date(start.year + 6, 3, 1) if leap else start.replace(year=start.year + 6)
    assert found == again - datetime.timedelta(days=1)
