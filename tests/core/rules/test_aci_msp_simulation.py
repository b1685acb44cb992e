"""The simulator of the ACI: amounts, explanations, gains, reservations."""

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.aci_msp.engine import cents
from maillage.core.rules.aci_msp.explanation import number
from maillage.core.rules.aci_msp.results import IndicatorResult, Simulation
from maillage.core.rules.aci_msp.simulation import simulate, simulate_batch
from maillage.core.rules.aci_msp.situation import SituationAciMsp

PREREQUISITES: dict[str, Any] = {
    "amplitude_horaire": 12, "samedi_matin": True, "soins_non_programmes": True, "plan_crise": True,
    "coordination": True, "si_standard": True,
}  # fmt: skip
# The only whole maison de santé that was ever published (T25).
WHOLE: dict[str, Any] = PREREQUISITES | {
    "patientele": 7500, "associes": 18, "amplitude_horaire": 11, "diversite_niveau": 1, "missions_sante_publique": 2,
    "usagers_niveau": 2, "protocoles": 8, "reunions_concertation": 6, "dossiers_concertes": 85,
    "patients_ald_ou_75_ans": 1275, "stages": 4, "coordination_externe": True, "qualite_niveau": 2,
    "parcours_insuffisance_cardiaque": True, "si_avance": True, "taux_c2s": 0.0485, "taux_ame": 0.0023,
}  # fmt: skip

FOLLOW_THE_PATIENTS = {
    "MSP-1.2b", "MSP-1.6a", "MSP-1.7b", "MSP-2.1", "MSP-2.3", "MSP-2.3b", "MSP-2.5", "MSP-2.6b", "MSP-2.6c", "MSP-2.8",
}  # fmt: skip


def situation(**fields: Any) -> SituationAciMsp:
    return SituationAciMsp(**({"annee": 2024, "patientele": 4000, "associes": 10} | fields))


def line(simulation: Simulation, line_id: str) -> IndicatorResult:
    return next(indicator for indicator in simulation.indicators if indicator.id == line_id)


def subjects(simulation: Simulation) -> set[str]:
    return {item.subject for item in simulation.to_confirm}


def plain(text: str) -> str:
    return text.replace(french.NARROW_SPACE, " ").replace(french.NO_BREAK_SPACE, " ")


def coherent(**fields: Any) -> SituationAciMsp:
    """A situation without what its model refuses together."""
    months = fields["si_standard_mois"] if fields["si_standard"] else 12
    obesity = fields["mission_obesite_enfant"] and fields["missions_sante_publique"] > 0
    return SituationAciMsp(**fields | {"si_standard_mois": months, "mission_obesite_enfant": obesity})


situations = st.builds(
    coherent,
    annee=st.integers(2017, 2027),
    patientele=st.integers(300, 200_000),
    patients_ald_ou_75_ans=st.just(0) | st.just(300),
    associes=st.integers(1, 500),
    amplitude_horaire=st.floats(0, 24),
    samedi_matin=st.booleans(),
    fermeture_conges=st.sampled_from(["aucune", "jusqu_a_3_semaines", "plus_de_3_semaines"]),
    soins_non_programmes=st.booleans(),
    derogation_horaires=st.booleans(),
    plan_crise=st.booleans(),
    crise_actions=st.booleans(),
    missions_sante_publique=st.integers(0, 4),
    mission_obesite_enfant=st.booleans(),
    ipa=st.booleans(),
    usagers_niveau=st.integers(0, 2),
    part_medecins_sas=st.floats(0, 1),
    coordination=st.booleans(),
    protocoles=st.integers(0, 10),
    reunions_concertation=st.integers(0, 8),
    dossiers_concertes=st.integers(0, 300),
    stages=st.integers(0, 6),
    qualite_niveau=st.integers(0, 3),
    protocoles_nationaux=st.integers(0, 8),
    parcours_obesite_enfant=st.booleans(),
    si_standard=st.booleans(),
    si_standard_mois=st.integers(1, 12),
    si_avance=st.booleans(),
    taux_c2s=st.none() | st.floats(0, 0.5),
    taux_ame=st.none() | st.floats(0, 0.5),
    nouvelle_structure=st.booleans(),
    mois_contrat=st.integers(1, 12),
)


def test_a_whole_maison_de_sante_gets_the_published_amount() -> None:
    answer = simulate(situation(**WHOLE)).as_dict()
    assert (answer["montant"], answer["points"], answer["majoration"]) == ("112805.00", 16115, 0)
    assert (answer["avance"], answer["solde"]) == ("49402.50", "63402.50")
    assert answer["prerequis_manquants"] == []


def test_the_coordination_is_explained_with_its_numbers() -> None:
    told = line(simulate(situation(**PREREQUISITES, patientele=6000)), "MSP-2.1")
    assert told.amount == Decimal("24850.00")
    assert plain(told.explanation) == (
        "1 000 points fixes + 1 700 × 6 000 / 4 000 patients = 3 550 points, × 7 € le point = 24 850 €"
    )


def test_the_coordination_of_a_large_patientele_is_explained_in_two_steps() -> None:
    told = line(simulate(situation(**PREREQUISITES, patientele=12_000)), "MSP-2.1")
    assert plain(told.explanation) == (
        "1 000 points fixes + 1 700 × 8 000 / 4 000 + 1 100 × (12 000 − 8 000) / 4 000 patients = 5 500 points, "
        "× 7 € le point = 38 500 €"
    )


def test_opening_hours_are_explained_by_what_they_lose() -> None:
    fields = PREREQUISITES | {"amplitude_horaire": 11, "samedi_matin": False}
    told = line(simulate(situation(**fields)), "MSP-1.1")
    assert plain(told.explanation) == (
        "800 points − 60 (ouverture de moins de 12 heures) − 120 (samedi matin fermé) = 620 points, "
        "× 7 € le point = 4 340 €"
    )
    assert told.missing == "Ouvrir 12 heures par jour du lundi au vendredi, ouvrir le samedi matin."
    assert told.possible_gain == Decimal("1260.00")


def test_a_partial_concertation_is_explained_and_says_how_many_files_are_left() -> None:
    fields = {"patientele": 8000, "patients_ald_ou_75_ans": 650, "reunions_concertation": 6, "dossiers_concertes": 30}
    simulation = simulate(situation(**PREREQUISITES | fields))
    told = line(simulation, "MSP-2.3")
    assert plain(told.explanation) == (
        "1 000 points × 8 000 / 4 000 patients × 4,62 % / 5 % (30 dossiers pour 650 patients, soit 4,62 %) "
        "= 1 846,15 points, × 7 € le point = 12 923,08 €"
    )
    assert plain(told.missing or "") == "Étudier 3 dossiers de plus en réunion."
    assert told.possible_gain == Decimal("1076.92")
    assert "Arrondi de la concertation" in subjects(simulation)


@pytest.mark.parametrize(
    ("field", "missing"),
    [
        ("soins_non_programmes", "MSP-1.1"),
        ("plan_crise", "MSP-1.2a"),
        ("coordination", "MSP-2.1"),
        ("si_standard", "MSP-3.1"),
    ],
)
def test_a_missing_prerequisite_takes_the_year_and_is_worth_all_that_it_unlocks(field: str, missing: str) -> None:
    whole, lost = simulate(situation(**WHOLE)), simulate(situation(**WHOLE | {field: False}))
    assert lost.missing_prerequisites == (missing,)
    assert (lost.amount, lost.points) == (Decimal("0.00"), 0)
    assert {indicator.amount for indicator in lost.indicators} == {Decimal("0.00")}
    assert lost.to_gain[0].id == missing
    fuller_hours = line(whole, "MSP-1.1").possible_gain if missing == "MSP-1.1" else None
    assert line(lost, missing).possible_gain == (whole.amount or 0) + (fuller_hours or 0)
    assert "Solde négatif" in subjects(lost)


def test_an_advanced_software_without_the_standard_one_reaches_its_points_and_is_not_paid() -> None:
    lost = simulate(situation(**WHOLE | {"si_standard": False}))
    told = line(lost, "MSP-3.2")
    assert (told.points, told.amount, told.missing) == (100, Decimal("0.00"), None)
    assert plain(told.explanation) == (
        "100 points fixes (niveau avancé), × 7 € le point = 700 €, mais rien n'est payé cette année : "
        "un prérequis manque"
    )
    assert line(lost, "MSP-3.1").possible_gain == Decimal("112805.00")


def test_the_crisis_plan_was_optional_in_2022() -> None:
    fields = WHOLE | {"plan_crise": False}
    optional, asked = simulate(situation(annee=2022, **fields)), simulate(situation(annee=2023, **fields))
    assert (optional.amount, line(optional, "MSP-1.2a").level) == (Decimal("112105.00"), "option")
    assert (asked.amount, line(asked, "MSP-1.2a").level) == (Decimal("0.00"), "prérequis")


def test_what_is_left_to_gain_adds_up_to_the_possible_amount() -> None:
    simulation = simulate(situation(**WHOLE))
    gains = [indicator.possible_gain for indicator in simulation.to_gain if indicator.possible_gain]
    assert gains == sorted(gains, reverse=True)
    assert (simulation.amount or 0) + sum(gains) == simulation.possible_amount


def test_the_gain_of_a_line_is_what_the_engine_pays_once_it_is_done() -> None:
    before = simulate(situation(**WHOLE | {"protocoles": 3, "taux_c2s": 0.12, "taux_ame": 0.01}))
    after = simulate(situation(**WHOLE | {"taux_c2s": 0.12, "taux_ame": 0.01}))
    assert line(before, "MSP-2.2").possible_gain == (after.amount or 0) - (before.amount or 0)


def test_one_recruitment_is_one_gain_counted_by_the_rules() -> None:
    fields = WHOLE | {"taux_c2s": 0.1485}
    before, after = simulate(situation(**fields)), simulate(situation(**fields | {"ipa": True}))
    first = before.actions[0]
    assert first.indicators == ("MSP-1.6b", "MSP-2.2b", "MSP-2.3b")
    assert first.action == "Intégrer un infirmier en pratique avancée dans l'équipe."
    assert first.amount == (after.amount or 0) - (before.amount or 0)
    assert first.amount < sum(line(before, name).possible_gain or 0 for name in first.indicators) + 1


def test_a_recruitment_says_what_its_bonuses_ask_besides() -> None:
    found = simulate(situation(**PREREQUISITES | {"patients_ald_ou_75_ans": 650}))
    recruitments = [gain for gain in found.actions if "pratique avancée" in gain.action]
    assert [gain.indicators for gain in recruitments] == [("MSP-1.6b", "MSP-2.2b", "MSP-2.3b")]
    assert plain(recruitments[0].action) == (
        "Intégrer un infirmier en pratique avancée dans l'équipe ; pour tous ses bonus : mener 2 missions de santé "
        "publique de plus, rédiger 8 protocoles de plus, tenir 6 réunions de plus dans l'année et étudier 33 dossiers "
        "de plus en réunion."
    )


def test_protocols_and_their_bonus_are_one_gain_once_the_ipa_is_there() -> None:
    fields = WHOLE | {"protocoles": 3, "ipa": True}
    before, after = simulate(situation(**fields)), simulate(situation(**fields | {"protocoles": 8}))
    found = next(gain for gain in before.actions if "protocoles de plus" in plain(gain.action))
    assert found.indicators == ("MSP-2.2", "MSP-2.2b")
    assert found.amount == (after.amount or 0) - (before.amount or 0)


def test_a_line_alone_is_a_gain_of_its_own_and_the_missing_prerequisites_are_apart() -> None:
    found = simulate(situation(**WHOLE | {"coordination": False}))
    ids = [name for gain in found.actions for name in gain.indicators]
    assert "MSP-2.1" not in ids
    assert sorted(ids) == sorted(line.id for line in found.to_gain if line.id != "MSP-2.1")
    assert [gain.amount for gain in found.actions] == sorted((gain.amount for gain in found.actions), reverse=True)


def test_a_batch_without_its_parameters_leaves_the_gains_out() -> None:
    told = json.loads(simulate(situation(**WHOLE)).as_json(parameters=False))
    assert told["gains"] == []


def test_nothing_is_to_gain_below_the_guaranteed_minimum() -> None:
    small = PREREQUISITES | {"patientele": 100, "associes": 1, "nouvelle_structure": True}
    simulation = simulate(situation(**small))
    told = line(simulation, "MSP-2.6a")
    assert simulation.amount == Decimal("20000.00")
    assert (told.possible_gain, told.missing) == (None, None)


def test_a_new_structure_gets_its_minimum_and_its_reservations() -> None:
    small = {"patientele": 100, "associes": 2, "nouvelle_structure": True, "mois_contrat": 3}
    kept = simulate(situation(**PREREQUISITES | small))
    lost = simulate(situation(**PREREQUISITES | small | {"coordination": False}))
    assert (kept.amount, kept.advance) == (Decimal("20000.00"), Decimal("12000.00"))
    assert {"Nouvelle structure", "Première année de contrat"} <= subjects(kept)
    assert lost.amount == Decimal("0.00")
    assert "Prérequis d'une nouvelle structure" in subjects(lost)


def test_the_advance_does_not_count_the_options() -> None:
    assert simulate(situation(ipa=True, diversite_niveau=2)).advance == Decimal("33180.00")


def test_the_majoration_is_to_be_confirmed_while_a_rate_is_missing() -> None:
    unknown = simulate(situation(**WHOLE | {"taux_ame": None, "taux_c2s": 0.12}))
    known = simulate(situation(**WHOLE | {"taux_c2s": 0.12, "taux_ame": 0.01}))
    assert (unknown.increase, unknown.amount) == (None, Decimal("112805.00"))
    assert (known.increase, known.amount) == (0.051, Decimal("118558.06"))
    assert "Majoration pour précarité" in subjects(unknown) & subjects(known)


def reason(simulation: Simulation, subject: str) -> str:
    return plain(" ".join(item.reason for item in simulation.to_confirm if item.subject == subject))


def test_an_advance_below_the_minimum_says_whom_the_minimum_may_concern() -> None:
    few = {"patientele": 100, "associes": 2, "mois_contrat": 3}
    small, new = situation(**few), situation(**few, nouvelle_structure=True)
    assert "12 000 €, sans dire si elle vaut pour toutes les MSP" in reason(simulate(small), "Avance minimale")
    assert (simulate(small).advance or 0) < 12_000
    assert "Avance minimale" not in subjects(simulate(new)) | subjects(simulate(situation(**WHOLE)))


def test_the_day_when_associates_and_patients_are_counted_is_to_be_confirmed_in_one_note() -> None:
    told = reason(simulate(situation(**WHOLE)), "Date de comptage")
    assert "31 décembre" in told
    assert "collaborateurs libéraux" in told


def test_actions_against_a_crisis_of_2022_say_that_covid_is_not_accepted() -> None:
    acted = PREREQUISITES | {"crise_actions": True}
    told = reason(simulate(situation(annee=2022, **acted)), "Crise sanitaire de 2022")
    assert "covid n'est pas retenu" in told
    assert "0 point" in told
    assert "Crise sanitaire de 2022" not in subjects(simulate(situation(annee=2023, **acted)))


@pytest.mark.parametrize(
    ("months", "meetings", "prorated", "below"),
    [(6, 3, True, False), (6, 2, True, True), (12, 5, False, True), (6, 6, False, False), (12, 6, False, False)],
)
def test_the_proration_of_meetings_is_to_be_confirmed_met_or_not(
    months: int, meetings: int, prorated: bool, below: bool
) -> None:
    simulation = simulate(situation(**PREREQUISITES, mois_contrat=months, reunions_concertation=meetings))
    told = reason(simulation, "Nombre de réunions de concertation")
    assert ("6 réunions demandées suivent la date du contrat" in told) == prorated
    assert ("une page du guide parle de prorata" in told) == below


def test_the_calculator_of_the_cnam_is_named_once_whatever_the_year() -> None:
    for year in (2018, 2022, 2026):
        told = " ".join(item.reason for item in simulate(situation(annee=year, **WHOLE)).to_confirm)
        assert told.count("calculette-maisondesante.ameli.fr") == 1


def test_missions_and_protocols_say_what_does_not_count_twice() -> None:
    simulation = simulate(situation(**WHOLE | {"missions_sante_publique": 1, "protocoles": 7}))
    assert "projet régional de santé" in (line(simulation, "MSP-1.6a").missing or "")
    assert "déjà utilisé dans une mission" in (line(simulation, "MSP-2.2").missing or "")


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_that_the_second_amendment_may_govern_says_so(year: int) -> None:
    simulation = simulate(situation(annee=year, **WHOLE))
    told = [item.subject for item in simulation.to_confirm]
    assert told.count(f"Grille de l'exercice {year}") == 1


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_only_a_figure_that_is_itself_doubtful_is_to_be_confirmed_whatever_the_year(year: int) -> None:
    simulation = simulate(situation(annee=year, **WHOLE | {"taux_c2s": 0.12}))
    used = [use for told in (*simulation.indicators, *simulation.sums) for use in told.parameters]
    doubtful = {use.path for use in used if use.to_confirm}
    assert doubtful == {use.path for use in used if use.confidence == "C"}
    assert "aci_msp.precarite.plafond" in doubtful
    assert "aci_msp.valeur_du_point" not in doubtful


def test_a_year_before_the_second_amendment_does_not_doubt_its_grid() -> None:
    simulation = simulate(situation(annee=2025, **WHOLE))
    assert not any(subject.startswith("Grille") for subject in subjects(simulation))
    assert not any(use.to_confirm for use in line(simulation, "MSP-2.2").parameters)


def test_the_first_year_of_the_first_amendment_asks_for_an_amended_contract() -> None:
    assert "Application de l'avenant 1 à l'exercice 2022" in subjects(simulate(situation(annee=2022, **WHOLE)))


@pytest.mark.parametrize("year", range(2017, 2022))
def test_the_years_of_the_first_accord_are_to_be_confirmed_and_never_zero(year: int) -> None:
    answer = simulate(situation(annee=year, **WHOLE)).as_dict()
    assert [answer[key] for key in ("montant", "points", "majoration", "avance", "solde")] == [None] * 5
    told = plain(" ".join(item["motif"] for item in answer["a_confirmer"]))
    assert "Le point vaut 7 €" in told
    assert ("4 700" in told) == (year <= 2019)
    for fact in ("la coordination est un indicateur à part", "par professionnel associé", "pharmacien", "satisfaction"):
        assert fact in told
    assert ("enfants" in told) == (year <= 2018)


def test_a_parameter_carries_its_dates_and_its_texts() -> None:
    use = line(simulate(situation(annee=2022, **WHOLE)), "MSP-1.2a").as_dict()["parametres"][1]
    assert use["chemin"] == "aci_msp.crise.plan_prerequis"
    assert (use["valeur"], use["depuis"], use["jusqu_a"]) == (False, "2022-01-01", "2022-12-31")
    assert use["confiance"] == "A"
    assert use["textes"][0]["titre"].startswith("CNAM, guide des indicateurs")


@pytest.mark.parametrize("fields", [WHOLE, {}])
def test_every_line_opens_the_value_of_the_point_and_the_reference_where_it_is_used(fields: dict[str, Any]) -> None:
    for told in simulate(situation(**fields)).indicators:
        used = {use.path: use.value for use in told.parameters}
        assert used["aci_msp.valeur_du_point"] == 7
        assert ("aci_msp.patientele.reference" in used) == (told.id in FOLLOW_THE_PATIENTS)


@pytest.mark.parametrize(("year", "offered"), [(2025, Decimal("1400.00")), (2026, None), (2027, None)])
def test_no_gain_is_offered_for_a_contract_that_can_no_longer_be_signed(year: int, offered: Decimal | None) -> None:
    simulation = simulate(situation(annee=year, **WHOLE))
    told = line(simulation, "MSP-1.5")
    assert told.possible_gain == offered
    assert ("Seul un contrat en cours compte" in (told.missing or "")) == (offered is None)
    assert (told in simulation.to_gain) == (offered is not None)


def test_a_running_contract_is_still_paid_after_the_last_signatures() -> None:
    told = line(simulate(situation(annee=2026, **WHOLE, medecin_cstm=True)), "MSP-1.5")
    assert (told.amount, told.missing) == (Decimal("1400.00"), None)


def test_a_batch_answers_in_the_order_given_whatever_the_years() -> None:
    given = [situation(annee=year, patientele=1000 * year % 7000, **PREREQUISITES) for year in (2024, 2018, 2026, 2022)]
    answers = simulate_batch(given)
    assert [answer.situation for answer in answers] == given
    assert [answer.as_json() for answer in answers] == [simulate(one).as_json() for one in given]
    assert [answer.situation.annee for answer in answers[1:3]] == [2018, 2026]


def test_an_empty_batch_has_no_answer() -> None:
    assert len(simulate_batch([])) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(situations, min_size=1, max_size=8))
def test_every_situation_gets_a_coherent_answer(given_situations: list[SituationAciMsp]) -> None:
    for simulation in simulate_batch(given_situations):
        assert json.loads(simulation.as_json()) == simulation.as_dict()
        assert "{" not in "".join(indicator.explanation for indicator in simulation.indicators)
        if simulation.amount is not None:
            check_totals(simulation)


def check_totals(simulation: Simulation) -> None:
    points = sum(indicator.points for indicator in simulation.indicators)
    assert simulation.points == (0 if simulation.missing_prerequisites else pytest.approx(points, abs=1e-4))
    assert simulation.balance == simulation.amount - simulation.advance
    assert simulation.possible_amount >= simulation.amount >= 0
    for indicator in simulation.indicators:
        closed = indicator.id == "MSP-1.5" and simulation.situation.annee >= 2026
        assert (indicator.missing is None) == (indicator.possible_gain is None) or closed
    assert all(gain is None or gain > 0 for gain in (indicator.possible_gain for indicator in simulation.indicators))
    amounts = {item.id: item.amount or 0 for item in simulation.sums}
    terms = [amounts.get(name, 0) for name in ("points_valorises", "majoration", "complement_minimum")]
    assert (sum(terms), amounts["montant"] - amounts["avance"]) == (simulation.amount, amounts["solde"])
    assert not any("%" + "(" in item.explanation for item in simulation.sums)
    if not simulation.missing_prerequisites and not simulation.situation.nouvelle_structure:
        gains = sum(indicator.possible_gain or 0 for indicator in simulation.indicators)
        assert abs(simulation.amount + gains - simulation.possible_amount) <= Decimal("0.30")


@given(st.floats(-10_000_000, 10_000_000))
def test_a_column_of_amounts_is_rounded_as_one_amount_is(amount: float) -> None:
    exact = round(amount, 6)
    assert Decimal(int(cents(np.array([exact]))[0])) / 100 == round_cents(exact)


@given(st.integers(0, 10**12))
def test_a_number_is_written_as_everywhere_else(millionths: int) -> None:
    value = millionths / 1_000_000
    assert number(value) == french.number(value)
