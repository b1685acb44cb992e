"""What holds for every year of acts at a distance."""

import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import read
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.telesante.situation import SIMULATOR

DAYS = st.dates(min_value=datetime.date(2019, 2, 10), max_value=datetime.date(2028, 12, 31))
SINGLE = datetime.date(2022, 4, 1)


def lines(**facts):
    return {line.id: line for line in simulate(SIMULATOR, read(SIMULATOR.model, facts)).lines}


@settings(max_examples=40, deadline=None)
@given(day=DAYS, acts=st.integers(min_value=0, max_value=2_000), level=st.sampled_from(["niveau_1", "niveau_2"]))
def test_the_requerant_is_capped_before_the_single_level_and_never_after(day, acts, level):
    found = lines(date=day.isoformat(), profession="medecin_generaliste", demandees=acts, niveau=level)["TEL-20"].low
    if day < SINGLE:
        assert found == min(Decimal(500), acts * Decimal(5 if level == "niveau_1" else 10))
    else:
        assert found == acts * Decimal(10)


@settings(max_examples=40, deadline=None)
@given(acts=st.integers(min_value=1, max_value=10_000), share=st.floats(min_value=0, max_value=1))
def test_the_share_is_respected_up_to_a_fifth_included(acts, share):
    remote = int(acts * share)
    found = lines(date="2025-06-30", profession="medecin_generaliste", actes_de_l_annee=acts, teleconsultations=remote)[
        "TEL-07"
    ]
    assert found.state == ("remplie" if remote * 5 <= acts else "manquante")


@settings(max_examples=25, deadline=None)
@given(last=st.dates(min_value=datetime.date(2018, 5, 25), max_value=datetime.date(2026, 6, 1)))
def test_a_file_is_kept_twenty_years_leap_years_included(last):
    found = lines(date="2026-06-01", derniere_consultation=last.isoformat())["RGP-07"].day
    assert found == last.replace(year=last.year + 20)
