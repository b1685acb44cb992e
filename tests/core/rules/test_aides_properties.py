"""What holds of the aids whatever the day, the fees or the acts: instalments, caps, terms, leap years, one best aid."""

import datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import read
from maillage.core.rules.aides.situation import SIMULATOR, SituationAides
from maillage.core.rules.simulation.engine import simulate, totals
from maillage.core.rules.system import system

FEW = settings(max_examples=15, deadline=None)
SIGNED = st.dates(datetime.date(2020, 1, 1), datetime.date(2023, 12, 31))
WHOLES = {"capii": 37500, "caii": 27500}


def answer(**facts):
    return simulate(SIMULATOR, read(SituationAides, facts)).as_dict()


def line(found, rule):
    return next(line for line in found["lignes"] if line["id"] == rule)


def anniversary(day: datetime.date, years: int) -> datetime.date:
    """The same day, years later; the 28 February of a year that has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@FEW
@given(SIGNED, st.sampled_from(sorted(WHOLES)))
def test_the_instalments_of_the_years_add_up_to_the_whole(signed, contract):
    nurse = {"profession": "infirmier", "contrat": contract, "date_signature": signed, "part_en_zone": 0.5,
             "honoraires": 30000}  # fmt: skip
    days = [anniversary(signed, year) for year in range(5)]
    rows = [read(SituationAides, nurse | {"date": day}) for day in days]
    assert totals(SIMULATOR, rows, system()).sum() == WHOLES[contract]


@FEW
@given(SIGNED)
def test_a_contract_of_five_years_runs_until_the_eve_of_its_fifth_anniversary(signed):
    end = anniversary(signed, 5)
    facts = {"profession": "infirmier", "contrat": "capii", "date_signature": signed, "part_en_zone": 0.5,
             "honoraires": 30000}  # fmt: skip
    eve = answer(**facts, date=end - datetime.timedelta(days=1))
    assert line(eve, "PAR-01-fin")["date"] == end.isoformat()
    assert line(eve, "PAR-01-conditions")["etat"] == "remplie"
    if end <= datetime.date(2028, 12, 31):
        assert line(answer(**facts, date=end), "PAR-01-conditions")["etat"] == "manquante"


@pytest.mark.parametrize(("date", "running"), [("2025-02-27", True), ("2025-02-28", False)])
def test_a_contract_signed_on_a_29_february_ends_on_the_28th(date, running):
    found = answer(date=date, profession="orthophoniste", contrat="caiop", date_signature="2020-02-29",
                   part_en_zone=0.5, honoraires=6000)  # fmt: skip
    assert (line(found, "PAR-12-conditions")["etat"] == "remplie") is running


@FEW
@given(st.integers(0, 6000))
def test_the_instalment_of_a_physio_follows_the_acts_within_its_bounds(acts):
    found = answer(date="2027-06-01", profession="masseur_kinesitherapeute", contrat="caccmk",
                   date_signature="2025-06-01", actes=acts)  # fmt: skip
    share = Decimal(0) if acts < 1500 else min(Decimal(1), Decimal(acts) / 3000)
    assert Decimal(line(found, "PAR-04")["montant"]) == (9000 * share).quantize(Decimal("0.01"))


@FEW
@given(st.integers(0, 400_000), st.integers(0, 366))
def test_the_help_of_a_cstm_is_a_quarter_of_the_fees_up_to_its_cap(fees, days):
    found = answer(date="2023-06-01", profession="medecin_generaliste", zone="hors_zone", secteur="secteur_1",
                   jours_en_zip=days, honoraires_en_zip=fees)  # fmt: skip
    expected = None if days < 10 else f"{min(fees / 4, 50_000):.2f}"
    assert line(found, "AID-04")["montant"] == expected


@FEW
@given(st.integers(0, 12_000))
def test_fees_and_complement_of_a_cde_never_pass_the_ceiling(fees):
    found = answer(date="2022-06-01", profession="medecin_generaliste", zone="zip", exercice="msp", secteur="secteur_1",
                   demi_journees=9, honoraires_mensuels=fees, remplacant=False)  # fmt: skip
    month = line(found, "AID-34-mois")["valeur"]
    assert 0 <= month <= 4250
    assert month == 0 or fees + month <= 8500
    assert (month > 0) == (4250 <= fees < 8500)


@FEW
@given(st.integers(0, 300), st.integers(0, 50_000))
def test_no_more_than_sixty_days_of_duty_are_exempt(days, pay):
    found = answer(date="2026-06-01", profession="medecin_generaliste", zone="zac", jours_de_garde=days,
                   remuneration_de_garde=pay)  # fmt: skip
    exempt, rest = line(found, "FIS-09-jours")["valeur"], line(found, "FIS-09-reste")["valeur"]
    assert exempt + rest == days
    assert exempt == min(days, 60)
    assert Decimal(line(found, "FIS-09")["montant"]) <= pay


@FEW
@given(st.floats(0, 0.25), st.integers(0, 8))
def test_the_exempt_profit_of_a_zfrr_is_never_more_than_the_profit_made_inside(outside, year):
    created = datetime.date(2024, 7, 1)
    facts = {"profession": "infirmier", "zone_fiscale": "zfrr", "regime_fiscal": "reel",
    "contribuable": "professionnel",
             "salaries": 0, "moyens_en_zone": True, "benefice": 60000, "part_hors_zone": outside}  # fmt: skip
    day = min(anniversary(created, year), datetime.date(2028, 12, 31))
    found = answer(**facts, date=day, date_creation=created)
    assert float(line(found, "FIS-01")["montant"]) <= 60000 * (1 - outside) + 0.01


def test_a_batch_of_professionals_of_all_kinds_counts_what_each_alone_counts():
    rows = [
        read(SituationAides, SIMULATOR.example),
        read(SituationAides, {"date": "2026-03-01", "profession": "infirmier", "zone": "tres_sous_dotee",
                              "premiere_installation": True, "exercice": "esp", "part_en_zone": 1, "honoraires": 40000,
                              "continuite": True}),
        read(SituationAides, {"date": "2023-06-01", "profession": "sage_femme", "zone": "sous_dotee",
                              "premiere_installation": False, "jours_par_semaine": 3}),
        read(SituationAides, {"date": "2018-06-01", "profession": "infirmier"}),
        read(SituationAides, {"date": "2026-03-01", "profession": "etudiant", "filiere": "medecine"}),
    ]  # fmt: skip
    expected = [float(simulate(SIMULATOR, row).established) for row in rows]
    np.testing.assert_allclose(totals(SIMULATOR, rows, system(), established=True), expected, atol=0.01)
