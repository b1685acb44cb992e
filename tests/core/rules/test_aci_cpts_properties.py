"""Prorata, rounding, leap years, contract years and civil years of a CPTS, on any date."""

import calendar
import datetime
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.periods import period

from maillage.core.kernel.money import round_cents
from maillage.core.kernel.problems import read
from maillage.core.rules.aci_cpts.situation import SIMULATOR
from maillage.core.rules.simulation.engine import calculation, plain
from maillage.core.rules.system import system

PASS = {2022: 41136, 2023: 43992, 2024: 46368, 2025: 47100, 2026: 48060}
MONTHLY = {2019: 3377, 2020: 3428, 2021: 3428, 2022: 3428, 2023: 3666, 2024: 3864, 2025: 3925, 2026: 4005}
SIGNATURES = st.dates(datetime.date(2022, 3, 31), datetime.date(2024, 12, 31))
DAYS = st.dates(datetime.date(2022, 3, 31), datetime.date(2026, 12, 31))
AMOUNTS = st.integers(0, 30_000_000).map(lambda cents: cents / 100)
FEW = settings(max_examples=60, deadline=None)


def values(names, **facts):
    """The values of variables for one situation, in the order of names."""
    situation = read(SIMULATOR.model, {name: value for name, value in facts.items() if value is not None})
    run, when = calculation([situation], system()), period(f"day:{situation.day.isoformat()}:1")
    return [plain(run.calculate(f"aci_cpts_{name}", when)) for name in names.split()]


def day_after(day, months):
    """The same day ``months`` later, or the last day of the month, written another way than the rules."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@FEW
@given(SIGNATURES, DAYS, DAYS)
def test_the_part_of_the_year_is_a_share_counted_in_days(signature, day, start):
    share, begin, end = values(
        "acces_soins_part_de_l_annee debut_d_annee anniversaire", date=day, signature=signature, acces_soins_debut=start
    )
    if start <= begin:
        assert share == 1
    else:
        assert share == min(1, max(0, (end - start).days) / 365)
    assert 0 <= share <= 1


@FEW
@given(SIGNATURES, DAYS, st.integers(0, 400))
def test_a_mission_that_starts_later_never_pays_more(signature, day, later):
    def fixed(start):
        names = "acces_soins_contrat"
        return values(
            names,
            date=day,
            signature=signature,
            acces_soins_debut=start,
            contrat_acces_soins_fixe=10000,
            contrat_acces_soins_variable=0,
        )[0]

    start = datetime.date(2024, 1, 1)
    assert fixed(start + datetime.timedelta(days=later)) <= fixed(start) <= 10000


@FEW
@given(SIGNATURES, DAYS, DAYS, AMOUNTS)
def test_advance_and_balance_make_the_amount_of_the_year_to_the_cent(signature, day, start, amount):
    advance, balance, whole, running = values(
        "acces_soins_avance acces_soins_solde acces_soins_contrat acces_soins_en_cours",
        date=day,
        signature=signature,
        acces_soins_debut=start,
        contrat_acces_soins_fixe=amount,
        contrat_acces_soins_variable=0,
    )
    parts = round_cents(advance) + round_cents(balance)
    assert abs(parts - round_cents(whole)) <= Decimal("0.01")
    assert running == "manquante" or advance >= balance


@FEW
@given(SIGNATURES, DAYS)
def test_the_day_is_in_the_year_of_the_contract_until_it_ends(signature, day):
    state, year, begin, anniversary, end = values(
        "contrat_en_cours annee_du_contrat debut_d_annee anniversaire fin_du_contrat", date=day, signature=signature
    )
    assert 1 <= year <= 5
    assert (begin, anniversary) == (day_after(signature, 12 * int(year) - 12), day_after(signature, 12 * int(year)))
    if state == "remplie":
        assert begin <= day < anniversary
        assert day <= end
    elif state == "manquante":
        assert day > end
    else:
        assert day < signature


@FEW
@given(SIGNATURES)
def test_five_years_end_the_day_before_the_fifth_anniversary_or_in_a_short_february(signature):
    (end,) = values("fin_du_contrat", date=signature, signature=signature)
    fifth = day_after(signature, 60)
    shortened = fifth.day != signature.day
    assert end == (fifth if shortened else fifth - datetime.timedelta(days=1))


@FEW
@given(SIGNATURES)
def test_the_calendar_counts_whole_months_from_the_signature(signature):
    found = values(
        "acces_soins_debut_limite acces_soins_deploiement_limite parcours_debut_limite parcours_deploiement_limite "
        "prevention_debut_limite prevention_deploiement_limite crise_debut_limite crise_deploiement_limite",
        date=signature,
        signature=signature,
    )
    assert found == [day_after(signature, months) for months in (6, 18, 12, 24, 12, 24, 6, 18)]


@FEW
@given(st.dates(datetime.date(2022, 3, 17), datetime.date(2026, 12, 31)), SIGNATURES)
def test_the_cap_of_a_professional_is_that_of_the_civil_year_whatever_the_contract(day, signature):
    assert values("plafond_individuel", date=day, signature=signature) == [PASS[day.year]]


def test_twelve_monthly_caps_make_the_annual_one():
    rules = system()
    for year, month in MONTHLY.items():
        texts = rules.get_parameters_at_instant(f"{year}-12-31").aci_cpts.indemnites
        assert (texts.plafond_mensuel, texts.plafond_annuel) == (month, 12 * month)


def test_the_cap_of_a_year_to_come_is_not_that_of_the_last():
    assert values("plafond_individuel", date=datetime.date(2027, 1, 1)) == [None]


@FEW
@given(st.dates(datetime.date(2022, 3, 17), datetime.date(2026, 12, 31)), AMOUNTS, AMOUNTS)
def test_what_is_over_the_cap_is_what_is_refused(day, indemnities, pay):
    state, excess = values("indemnites_permises depassement", date=day, indemnites=indemnities, remunerations=pay)
    assert (state == "remplie") == (excess == 0)
    assert np.isclose(excess, max(0, indemnities + pay - PASS[day.year]))


@FEW
@given(st.integers(0, 400_000), st.integers(0, 1000))
def test_a_larger_population_never_has_a_smaller_size(population, more):
    facts = {"date": datetime.date(2024, 1, 1)}
    least, most = values("taille_au_moins taille_au_plus", population=population, **facts)
    (larger,) = values("taille_au_moins", population=population + more, **facts)
    assert least <= larger
    assert (most - least == 1) == (population == 80_000)


@FEW
@given(SIGNATURES, DAYS, DAYS)
def test_what_is_given_back_is_at_most_what_was_advanced(signature, day, broken):
    if broken < signature:
        signature, broken = broken, signature
    back, advanced, state = values(
        "a_rendre avances_recues contrat_rompu", date=day, population=60000, signature=signature, rupture=broken
    )
    assert state in ("remplie", "inconnue")
    assert 0 <= back <= advanced
