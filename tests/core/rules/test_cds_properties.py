"""What holds of a centre de santé whatever its figures and its days."""

import datetime
import re
import typing

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import read
from maillage.core.rules.cds.formulas import after
from maillage.core.rules.cds.situation import LAST_DAY_OF_POINTS
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulation.situation import kind_of
from maillage.core.rules.simulators import SIMULATORS

CDS = SIMULATORS["cds"]
NONE = datetime.date(1970, 1, 1)
IN_ZIP = {"zone": "zip", "type_de_centre": "medical", "participe_pdsa": True}
POST = {"zone": "zip", "type_de_centre": "medical", "constat_de_carence": True, "region_pack": "bretagne"}
DAYS = st.dates(datetime.date(2018, 1, 1), datetime.date(2025, 9, 30))
EQUIVALENTS = st.floats(0, 20).map(lambda number: round(number, 2))
few = settings(max_examples=25, deadline=None)


def amount(name, **facts):
    answer = simulate(CDS, read(CDS.model, facts)).as_dict()
    return float(next(line["montant"] for line in answer["lignes"] if line["id"] == name))


def facts_of(name, info):
    """Values that a field accepts, or nothing said."""
    kind, _ = kind_of(info)
    if kind is bool:
        values = st.booleans()
    elif kind is datetime.date:
        values = st.dates(datetime.date(2015, 1, 1), datetime.date(2028, 12, 31))
    elif name in ("region_pack", "exercice_declare"):
        values = st.sampled_from({"region_pack": ["bretagne", "paca"], "exercice_declare": [2018, 2022, 2025]}[name])
    elif kind in (int, float):
        values = st.integers(0, 1)
    else:
        values = st.sampled_from(typing.get_args(kind))
    return values if info.is_required() else st.none() | values


ANY = st.fixed_dictionaries({name: facts_of(name, info) for name, info in CDS.model.model_fields.items()})
ONE_METHOD = {"actes_par_mois": None, "actes_par_etp": None, "heures_par_an": 1}


@settings(max_examples=15, deadline=None)
@given(ANY)
def test_whatever_is_said_on_whatever_day_there_is_an_answer_in_words(facts):
    points = {"points_fixes": None} if facts["date"] > LAST_DAY_OF_POINTS else {}
    answer = simulate(CDS, read(CDS.model, facts | ONE_METHOD | points)).as_dict()
    for line in answer["lignes"]:
        assert line["libelle"]
        assert not re.search(r"[{}]|\bnan\b|\bNone\b", line["explication"])


@few
@given(EQUIVALENTS, EQUIVALENTS)
def test_more_doctors_never_give_less_and_the_installation_aid_has_a_ceiling(one, other):
    facts = IN_ZIP | {"date": "2024-06-01", "ouverture_le": "2024-01-15"}
    low, high = (amount("CAI3", **facts, etp_generalistes=etp) for etp in sorted((one, other)))
    assert low <= high <= 80_000


@few
@given(st.floats(0.01, 1).map(lambda share: round(share, 2)), st.integers(0, 20_000), st.integers(0, 20_000))
def test_the_monthly_guarantee_is_never_negative_nor_above_its_ceiling(share, cost, fees):
    facts = POST | {"date": "2024-06-01", "quotite": share, "mois_du_poste": 5, "consultations_du_mois": 200}
    given_back = amount("M3", **facts, cout_salarial_du_mois=cost, recettes_des_actes_du_mois=fees)
    assert 0 <= given_back <= round(9_070 * share, 2)


@few
@given(DAYS)
def test_a_contract_ends_on_an_anniversary_and_a_29_february_on_the_28th(signed):
    answer = simulate(CDS, read(CDS.model, {"date": signed, "cai_signe_le": signed})).as_dict()
    end = datetime.date.fromisoformat(next(line["date"] for line in answer["lignes"] if line["id"] == "CAI5"))
    leap = (signed.month, signed.day) == (2, 29)
    assert end == signed.replace(year=signed.year + 5, day=28 if leap else signed.day)


@few
@given(st.dates(datetime.date(2018, 4, 1), datetime.date(2026, 6, 1)), st.integers(0, 40), st.integers(0, 60))
def test_days_of_suspension_move_the_recepisse_by_as_many_days(received, asked_after, supplied_after):
    asked = received + datetime.timedelta(asked_after)
    supplied = asked + datetime.timedelta(supplied_after)
    dates = [
        next(line["date"] for line in answer["lignes"] if line["id"] == "L11")
        for facts in ({}, {"piece_demandee_le": asked, "piece_fournie_le": supplied})
        for answer in [
            simulate(CDS, read(CDS.model, {"date": "2026-12-01", "dossier_recu_le": received, **facts})).as_dict()
        ]
    ]
    plain, stopped = (datetime.date.fromisoformat(date) for date in dates)
    assert (stopped - plain).days == supplied_after


@given(st.dates(datetime.date(2015, 1, 1), datetime.date(2028, 12, 31)), st.integers(0, 120))
def test_months_later_is_in_the_month_asked_and_never_after_the_same_day(day, months):
    found = after(np.array([day], dtype="datetime64[D]"), months=months).tolist()[0]
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


def test_a_day_or_a_delay_that_is_not_known_gives_no_day():
    days = np.array([NONE, datetime.date(2024, 1, 1)], dtype="datetime64[D]")
    assert after(days, months=np.array([1, np.nan])).tolist() == [NONE, NONE]
