"""What money a structure may ask, at which date and in which region."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from maillage.core.rules.aci_msp.simulation import simulate_batch
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aci import associates, scenarios
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Financing, Territory
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.orientation.sizes import sizes_of
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.texts import ParameterText

TODAY = datetime.date(2026, 11, 22)
BLOIS = ("41018", "Blois", "41", "24")
REDON = ("35236", "Redon", "35", "53")
MARSEILLE = ("13055", "Marseille", "13", "93")
GUERET = ("23096", "Guéret", "23", "75")
TEAM = [
    {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
    {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
    {"profession": "psychologue", "nombre": 1, "exercice": "liberal"},
    {"profession": "masseur_kinesitherapeute", "nombre": 1, "exercice": "salarie"},
]


def money(
    name: str, place: tuple[str, str, str, str] = REDON, population: int | None = 9_000, **fields: Any
) -> Financing:
    territory = Territory(*place, population, "2022")
    situation = SituationOrientation.model_validate({"date": TODAY, "commune": place[0], **fields})
    answer = orient(situation, territory, today=TODAY)
    return next(each for structure in answer.structures.values() for each in structure.financings if each.id == name)


def reserves(**fields: Any) -> list[str]:
    """What is told once in the answer on Redon."""
    situation = SituationOrientation.model_validate({"date": TODAY, "commune": "35236", **fields})
    answer = orient(situation, Territory(*REDON, 200_000, "2022"), today=TODAY)
    return [item.subject for item in answer.to_confirm if item.subject.startswith("Montants de l'ACI")]


def bounds(found: Financing) -> tuple[Decimal | None, Decimal | None]:
    return found.low, found.high


def test_an_esp_has_no_aci_and_the_zero_is_certain() -> None:
    found = money("esp_aci")
    assert bounds(found) == (0, 0)
    assert not found.to_confirm


def test_the_esp_of_centre_val_de_loire_has_7500_euros_until_the_end_of_2025() -> None:
    assert bounds(money("esp_fir", BLOIS, date="2025-12-31")) == (7_500, 7_500)
    after = money("esp_fir", BLOIS, date="2026-01-01")
    assert bounds(after) == (None, None)
    assert "fin 2025" in (after.reason or "")


@pytest.mark.parametrize("place", [REDON, MARSEILLE, GUERET])
def test_no_other_region_is_given_the_amount_of_centre_val_de_loire(place: tuple[str, str, str, str]) -> None:
    for name in ("esp_fir", "msp_demarrage"):
        found = money(name, place, date="2025-06-01")
        assert bounds(found) == (None, None)
        assert found.to_confirm


def test_the_maison_de_sante_of_centre_val_de_loire_has_15000_euros_once() -> None:
    found = money("msp_demarrage", BLOIS)
    assert bounds(found) == (15_000, 15_000)
    assert found.unit == "en une fois"


def test_the_aci_is_what_the_simulator_says_of_the_prerequisites_and_of_the_socles() -> None:
    least, full = simulate_batch(scenarios(2024, 6_000, 3))
    found = money("msp_aci", professionnels=TEAM, patientele=6_000, date="2024-06-01")
    assert bounds(found) == (least.amount, full.amount)
    assert not found.to_confirm
    assert "3 associés" in found.explanation


def test_the_scenarios_hold_every_prerequisite_then_every_socle_and_no_option() -> None:
    least, full = simulate_batch(scenarios(2024, 6_000, 3))
    assert least.missing_prerequisites == full.missing_prerequisites == ()
    earned = {line.id: line.points for line in full.indicators}
    for line in full.indicators:
        if line.level == "option":
            assert earned[line.id] == 0, line.id
        elif "crise" not in line.id:
            assert line.missing is None, line.id
    assert all(line.points == 0 for line in least.indicators if line.level == "socle" and "crise" not in line.id)


def test_a_newer_text_is_told_once_and_not_on_each_amount() -> None:
    assert not money("msp_aci", professionnels=TEAM, patientele=6_000, date="2026-02-01").to_confirm
    assert reserves(date="2026-02-01") == ["Montants de l'ACI des maisons de santé"]
    assert reserves() == ["Montants de l'ACI des maisons de santé", "Montants de l'ACI des CPTS"]
    assert reserves(date="2025-12-31") == []


def test_each_reserve_is_that_of_parameters() -> None:
    reasons = {text.to_check_reason for text in rulebook(None).texts.values()}
    assert {reserve.motif for reserve in packs.nation().reserves} <= reasons


def test_the_aci_before_2022_is_unknown_not_zero() -> None:
    assert bounds(money("msp_aci", professionnels=TEAM, patientele=6_000, date="2019-06-01")) == (None, None)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("esp_fir", "2016-01-26"),
        ("msp_aci", "2017-01-01"),
        ("cds_aide_demographique", "2017-11-17"),
        ("cds_stabilisation", "2017-11-17"),
        ("cpts_elaboration", "2016-01-26"),
        ("cpts_fonctionnement", "2019-08-25"),
        ("cpts_lettre_intention", "2022-03-31"),
        ("ess_amorcage", "2025-01-01"),
        ("ess_dotation", "2025-01-01"),
        ("msp_france_sante", "2026-01-01"),
        ("cds_france_sante", "2026-01-01"),
    ],
)
@pytest.mark.parametrize("place", [REDON, BLOIS, MARSEILLE, GUERET])
def test_an_aid_is_absent_before_the_text_that_creates_it(
    place: tuple[str, str, str, str], name: str, first: str
) -> None:
    day = datetime.date.fromisoformat(first)
    assert money(name, place, date=day).id == name
    with pytest.raises(StopIteration):
        money(name, place, date=day - datetime.timedelta(days=1))


def test_without_a_patientele_the_aci_asks_for_it_and_quotes_the_average() -> None:
    found = money("msp_aci", professionnels=TEAM)
    assert bounds(found) == (None, None)
    assert found.asks == "patientele"
    assert "80\u202f040\xa0€" in found.explanation
    assert money("msp_aci").asks == "professionnels"


def test_an_absurd_team_has_no_aci_and_says_why() -> None:
    crowd = [{"profession": "infirmier", "nombre": 1_000, "exercice": "liberal"}]
    found = money("msp_aci", professionnels=crowd, patientele=6_000)
    assert bounds(found) == (None, None)
    assert "professionnels associés" in (found.reason or "")


def test_psychologists_and_salaried_members_are_not_associates_of_a_sisa() -> None:
    situation = SituationOrientation.model_validate({"date": TODAY, "commune": "35236", "professionnels": TEAM})
    assert associates(situation) == 3


def test_a_new_structure_is_guaranteed_a_minimum_whose_conditions_are_to_confirm() -> None:
    found = money("msp_aci_nouvelle")
    assert bounds(found) == (20_000, None)
    assert found.to_confirm


def test_france_sante_is_a_ceiling_from_2026() -> None:
    assert bounds(money("msp_france_sante")) == (None, 50_000)
    assert bounds(money("cds_france_sante")) == (None, None)


def test_the_points_of_the_centres_end_with_the_accord_of_2025() -> None:
    before, after = money("cds_accord_national", date="2025-10-14"), money("cds_accord_national", date="2025-10-15")
    assert bounds(before) == bounds(after) == (None, None)
    assert "points" in (before.reason or "")
    assert "euros" in (after.reason or "")


def test_the_teulade_subsidy_is_a_rate_not_an_amount() -> None:
    found = money("cds_teulade")
    assert bounds(found) == (None, None)
    assert "11,5 points" in found.explanation


def test_a_centre_asks_for_its_conventionnement_since_june_2022_only() -> None:
    tacit, asked = (money("cds_accord_national", date=day).conditions for day in ("2022-06-20", "2022-06-21"))
    assert any("tacite" in condition for condition in tacit)
    assert "Conventionnement demandé à la CPAM" in asked


def test_the_teulade_subsidy_is_kept_to_conventioned_centres_since_the_end_of_2021() -> None:
    assert "Centre conventionné" not in money("cds_teulade", date="2021-12-24").conditions
    assert "Centre conventionné" in money("cds_teulade", date="2021-12-25").conditions


def test_the_installation_aid_of_a_centre_ended_with_the_accord_of_2025() -> None:
    assert bounds(money("cds_aide_demographique", date="2024-01-01")) == (30_000, 30_000)
    assert bounds(money("cds_aide_demographique")) == (None, None)


def test_the_installation_aid_of_a_centre_asks_what_its_contract_asks_on_the_day() -> None:
    contract, automatic = money("cds_aide_demographique", date="2025-10-14"), money("cds_aide_demographique")
    assert "Zone d'intervention prioritaire (ZIP)" in contract.conditions
    assert "Zones, montants et premier jour à confirmer" in automatic.conditions
    assert set(contract.conditions).isdisjoint(automatic.conditions)


@pytest.mark.parametrize(
    ("name", "expected"), [("cds_stabilisation", (5_000, 5_000)), ("cds_solidarite", (None, 20_000))]
)
def test_the_other_contracts_of_centres_end_with_the_accord_of_2025(name: str, expected: tuple[Any, Any]) -> None:
    assert bounds(money(name, date="2025-10-14")) == expected
    with pytest.raises(StopIteration):
        money(name, date="2025-10-15")


def test_bretagne_guarantees_a_salaried_post_whose_scheme_may_have_ended() -> None:
    assert bounds(money("cds_400_medecins", date="2019-06-01")) == (None, 9_070)
    assert not money("cds_400_medecins", date="2019-06-01").to_confirm
    found = money("cds_400_medecins")
    assert bounds(found) == (None, 9_070)
    assert "clôture" in (found.reason or "")
    assert any("165" in condition for condition in found.conditions)


def test_bretagne_pays_an_audit_in_time_of_a_consultant() -> None:
    found = money("cds_audit")
    assert bounds(found) == (None, None)
    assert "plan de retour à l'équilibre" in found.explanation


def test_the_property_money_of_a_maison_de_sante_asks_what_the_national_fund_asks() -> None:
    told = " ".join(money("msp_immobilier", GUERET).conditions)
    assert "ACI signé" in told
    assert "QPV" in told
    assert "SCM" in told
    assert "avant le dépôt" not in told
    assert "ACI signé" not in " ".join(money("msp_immobilier", GUERET, date="2024-04-07").conditions)


def test_only_the_aids_known_to_be_paid_once_say_so() -> None:
    once = {
        (code, aid.id)
        for code in (None, *pack_codes())
        for structure in packs.nation().noms
        for aid in packs.aids(code, structure)
        if aid.unite == "en une fois"
    }
    assert once == {("centre_val_de_loire", "msp_demarrage"), ("centre_val_de_loire", "cds_demarrage")}


def test_an_ess_is_paid_from_2025_on_an_interval() -> None:
    assert bounds(money("ess_amorcage")) == (80_000, 80_000)
    assert bounds(money("ess_dotation")) == (50_000, 100_000)
    assert money("ess_dotation").to_confirm


@pytest.mark.parametrize(
    ("population", "sizes"),
    [(0, (1,)), (39_999, (1,)), (40_000, (2,)), (79_999, (2,)), (80_000, (2, 3)), (80_001, (3,)),
     (175_000, (3,)), (175_001, (4,))],
)  # fmt: skip
def test_the_size_of_a_cpts_follows_its_bounds(population: int, sizes: tuple[int, ...]) -> None:
    assert sizes_of(population, rulebook(None), TODAY) == sizes


@pytest.mark.parametrize(
    ("population", "expected"),
    [(30_000, 50_000), (60_000, 60_000), (100_000, 75_000), (200_000, 90_000)],
)
def test_the_running_money_of_a_cpts_follows_its_size(population: int, expected: int) -> None:
    found = money("cpts_fonctionnement", population=population, communes=["35236"], date="2024-06-01")
    assert bounds(found) == (expected, expected)
    assert not found.to_confirm


def test_exactly_80000_inhabitants_leave_two_sizes_to_confirm() -> None:
    found = money("cpts_fonctionnement", population=80_000, communes=["35236"], date="2024-06-01")
    assert bounds(found) == (60_000, 75_000)
    assert "80\u202f000" in (found.reason or "")


@pytest.mark.parametrize(("population", "amount"), [(40_000, 60_000), (175_000, 75_000)])
def test_a_population_that_is_exactly_a_bound_has_a_size_to_confirm(population: int, amount: int) -> None:
    found = money("cpts_fonctionnement", population=population, communes=["35236"], date="2024-06-01")
    assert bounds(found) == (amount, amount)
    assert "déduction" in (found.reason or "")


@pytest.mark.parametrize("name", ["cpts_fonctionnement", "cpts_plafond"])
def test_the_amounts_of_a_cpts_have_a_reserve_from_july_2026_and_no_mark_of_their_own(name: str) -> None:
    before = money(name, population=200_000, communes=["35236"], date="2026-06-30")
    after = money(name, population=200_000, communes=["35236"], date="2026-07-01")
    assert (before.to_confirm, after.to_confirm) == (False, False)
    assert (before.reserve, "LFSS 2026" in after.reserve) == ("", True)


def test_the_population_of_the_commune_alone_is_not_that_of_the_territory() -> None:
    found = money("cpts_fonctionnement", population=200_000, date="2024-06-01")
    assert bounds(found) == (50_000, 90_000)
    assert found.asks == "communes"


def test_before_the_aci_a_cpts_has_no_size_and_no_amount() -> None:
    assert bounds(money("cpts_elaboration", communes=["35236"], date="2018-06-01")) == (None, None)


def test_the_ceiling_after_avenant_2_is_known_for_the_largest_only() -> None:
    assert bounds(money("cpts_plafond", population=60_000, communes=["35236"])) == (None, None)
    assert bounds(money("cpts_plafond", population=200_000, communes=["35236"])) == (None, 580_000)
    before = money("cpts_plafond", population=60_000, communes=["35236"], date="2021-06-01")
    assert bounds(before) == (None, 287_000)


@pytest.mark.parametrize(
    ("population", "expected"), [(20_000, None), (30_000, 40_000), (60_000, 45_000), (100_000, 50_000)]
)
def test_the_breton_aid_to_write_the_project_follows_the_size(population: int, expected: int | None) -> None:
    assert bounds(money("cpts_elaboration", population=population, communes=["35236"])) == (None, expected)


def test_the_breton_aid_never_passes_its_ceiling() -> None:
    book = rulebook("bretagne")
    scale = [book.value(f"financements.cpts.elaboration.taille_{size}", TODAY) for size in (1, 2, 3, 4)]
    assert max(scale) <= book.value("financements.cpts.elaboration.plafond", TODAY)


@pytest.mark.parametrize("place", [BLOIS, MARSEILLE, GUERET])
def test_elsewhere_the_aid_to_write_the_project_is_to_confirm(place: tuple[str, str, str, str]) -> None:
    found = money("cpts_elaboration", place, population=60_000, communes=[place[0]])
    assert bounds(found) == (None, None)
    assert found.to_confirm


def financing_texts() -> list[ParameterText]:
    return [
        text
        for code in (None, *pack_codes())
        for path, text in rulebook(code).texts.items()
        if path.startswith("financements.")
    ]


def test_every_amount_has_a_confidence_and_a_text_and_every_unknown_a_reason() -> None:
    for text in financing_texts():
        for dated in text.values:
            if dated.value is None:
                assert dated.reason, text.path
            else:
                assert dated.confidence in ("A", "B", "C"), text.path
                assert dated.references, text.path


def test_every_aid_names_parameters_that_exist() -> None:
    for code in (None, *pack_codes()):
        texts = rulebook(code).texts
        for structure in packs.nation().noms:
            for aid in packs.aids(code, structure):
                paths = [aid.parametre, aid.minimum, aid.maximum, aid.population_minimale]
                paths += [f"{aid.par_taille}.taille_{size}" for size in (1, 2, 3, 4) if aid.par_taille]
                assert {path for path in paths if path} <= set(texts), aid.id


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"date": "2028-01-01", "patientele": 6_000}, "exercices 2017 à 2027, pas pour 2028"),
        ({"date": "2019-06-01", "patientele": 6_000}, "pas établis pour l'exercice 2019"),
        (
            {"date": "2026-06-01", "patientele": 6_000, "professionnels": []},
            "professionnels associés : le calcul attend",
        ),
    ],
)
def test_an_aci_that_is_not_computed_says_why_in_one_short_sentence(fields: dict[str, Any], why: str) -> None:
    found = money("msp_aci", **{"professionnels": TEAM, **fields})
    assert bounds(found) == (None, None)
    assert why in (found.reason or "")
    assert len(found.reason or "") < 130
    assert "annee" not in found.explanation
