"""The list of the aids: what it holds, what they are on a day, how they are found, how they apply to a case."""

import datetime
from typing import Any

import pytest

from maillage.core.kernel.problems import BadInput
from maillage.core.rules.aids.aid import KINDS, PAYERS, STEPS, WHO, Aid, AidOnDay
from maillage.core.rules.aids.case import applied_aid, rank
from maillage.core.rules.aids.catalogue import aid_named, aids, replaced, taken
from maillage.core.rules.aids.on_day import on_day
from maillage.core.rules.aids.search import FACETS, Wanted, checked, facets, search
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Orientation, Territory
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
TEAM = [
    {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
    {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
]


def aid(name: str) -> Aid:
    """The aid of this id."""
    found = aid_named(name)
    assert found is not None, name
    return found


def today(name: str) -> AidOnDay:
    """The aid of this id, today."""
    return on_day(aid(name), TODAY)


def found(**asked: str) -> set[str]:
    """Ids of the aids that answer."""
    return {each.id for each in search(Wanted(TODAY, **asked))}


def at_redon(**fields: Any) -> Orientation:
    """The orientation of a team of Redon."""
    return orient(SituationOrientation(date=TODAY, commune="35236", **fields), REDON, today=TODAY)


def test_the_list_holds_every_aid_of_the_structures_and_of_the_regions_once() -> None:
    ids = [each.id for each in aids()]
    assert len(ids) == len(set(ids))
    assert {money.id for money in packs.nation().financements} <= set(ids)
    assert "bretagne-cds_audit" in ids
    assert {"aides_capii_montant", "aides_cesp_montant", "aides_exoneration_montant"} <= set(ids)


def test_every_aid_has_someone_a_payer_a_step_and_a_type_that_are_named() -> None:
    for each in aids():
        assert each.who, each.id
        assert set(each.who) <= set(WHO), each.id
        assert set(each.payers) <= set(PAYERS), each.id
        assert each.payers, (each.id, each.payer)
        assert each.steps, each.id
        assert set(each.steps) <= set(STEPS), each.id
        assert set(each.kinds) <= set(KINDS), each.id


def test_what_excludes_an_aid_is_in_the_list() -> None:
    ids = {each.id for each in aids()}
    assert {name for each in aids() for name in each.excludes} <= ids


def test_what_is_taken_of_the_simulators_exists() -> None:
    names = set(system().variables)
    assert {*taken()["aides"], *taken()["ecartees"], *taken()["noms"]} <= names
    assert set(taken()["meme_aide"].values()) <= {*SIMULATORS, "aci-msp"}
    assert set(taken()["meme_aide"]) <= {each.name for each in aids()}


def test_each_aid_says_on_a_day_how_it_is_calculated() -> None:
    for each in aids():
        day = on_day(each, TODAY)
        assert day.method, each.id
        assert "{" not in day.method, each.id
        assert not any("{" in condition or "Vous déclarez" in condition for condition in day.conditions), each.id
        if day.low is not None and day.high is not None:
            assert day.low <= day.high, each.id


def test_the_instalments_of_a_contract_are_an_interval() -> None:
    capii = today("aides_capii_montant")
    assert (capii.low, capii.high) == (3_000, 14_250)
    assert capii.unit == "par an"
    assert "Zone très sous-dotée" in capii.conditions
    assert capii.texts


def test_an_amount_by_month_says_so() -> None:
    cesp = today("aides_cesp_montant")
    assert (cesp.low, cesp.unit) == (1_200, "par mois")


def test_the_money_of_a_cpts_is_an_interval_over_the_sizes() -> None:
    running = on_day(aid("cpts_fonctionnement"), datetime.date(2025, 6, 1))
    assert running.low is not None
    assert running.high is not None
    assert running.low < running.high


def test_what_can_no_longer_be_signed_is_not_in_the_list_of_the_day() -> None:
    assert "aides_caim_montant" not in found()
    assert "aides_caim_montant" in {each.id for each in search(Wanted(datetime.date(2025, 6, 1)))}
    assert "cds_stabilisation" not in found()


def test_words_find_aids_whatever_their_accents() -> None:
    assert found(q="exonération") == found(q="EXONERATION")
    assert "aides_exoneration_montant" in found(q="exoneration")
    assert "aides_capii_montant" in found(q="infirmier tres sous-dotee")
    assert found(q="zzzz") == set()


def test_each_filter_narrows_the_list() -> None:
    assert found(qui="MSP") == {each.id for each in aids() if "MSP" in each.who} & found()
    assert "aides_capii_montant" in found(qui="infirmier")
    assert "bretagne-cds_audit" in found(type="consultant")
    assert {"aides_exoneration_montant", "aides_pdsa_montant"} <= found(payeur="impots")
    assert "msp_immobilier" in found(etape="investissement")


def test_a_region_s_own_aid_stands_for_the_national_one() -> None:
    assert "bretagne-esp_fir" in found(ou="bretagne")
    assert "esp_fir" not in found(ou="bretagne")
    assert "msp_aci" in found(ou="bretagne")
    assert not any(each.region for each in search(Wanted(TODAY, ou="national")))
    assert found(ou="toutes") == found()
    assert "esp_fir" in replaced("bretagne")


def test_each_choice_of_a_facet_says_how_many_aids_it_leaves() -> None:
    wanted = Wanted(TODAY, ou="bretagne", qui="CDS")
    shown = facets(wanted)
    assert set(shown) == set(FACETS)
    for choice in shown["etape"]:
        assert choice.count == len(search(Wanted(TODAY, ou="bretagne", qui="CDS", etape=choice.code))) > 0
    assert [choice.code for choice in shown["qui"] if choice.is_chosen] == ["CDS"]


def test_a_value_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="bretagne"):
        checked(Wanted(TODAY, ou="bretagn"))
    assert checked(Wanted(TODAY, ou="toutes")).ou == "toutes"


def test_an_aid_of_a_structure_has_the_state_that_the_orientation_gives_it() -> None:
    orientation = at_redon(professionnels=TEAM, projet_de_sante="en_cours")
    said = {money.id: money for code in STRUCTURE_CODES for money in orientation.structures[code].financings}
    aci = applied_aid(aid("msp_aci"), orientation, {"medecin_generaliste", "infirmier"})
    assert (aci.state, aci.conditions) == (said["msp_aci"].state, said["msp_aci"].applied)
    assert aci.money == said["msp_aci"].as_dict()


def test_the_aid_of_another_region_is_excluded_and_so_is_the_national_one_that_the_region_rewrites() -> None:
    orientation = at_redon(professionnels=TEAM)
    assert applied_aid(aid("paca-msp_demarrage"), orientation, None).state == "exclu"
    assert applied_aid(aid("esp_fir"), orientation, None).state == "exclu"
    assert applied_aid(aid("bretagne-esp_fir"), orientation, None).state == "possible"


def test_an_aid_to_a_structure_asks_to_be_one_in_french() -> None:
    orientation = at_redon(professionnels=TEAM)
    centre = applied_aid(aid("centre_dentaire_maintien_montant"), orientation, None)
    either = applied_aid(aid("immobilier_fctva"), orientation, None)
    assert centre.conditions[0].label == "Être un centre de santé (CDS)"
    assert either.conditions[0].label == "Être une maison de santé (MSP) ou un centre de santé (CDS)"


def test_an_aid_to_a_profession_follows_the_team() -> None:
    orientation, team = at_redon(professionnels=TEAM), {"medecin_generaliste", "infirmier"}
    nurse = applied_aid(aid("aides_capii_montant"), orientation, team)
    assert nurse.state == "possible"
    assert nurse.conditions[0].state == "remplie"
    assert {each.state for each in nurse.conditions[1:]} == {"inconnue"}
    assert applied_aid(aid("aides_capisf_montant"), orientation, team).state == "exclu"
    assert applied_aid(aid("aides_capisf_montant"), orientation, None).state == "possible"
    assert applied_aid(aid("aides_exoneration_montant"), orientation, {"psychologue"}).state == "possible"


def test_what_is_certain_comes_before_what_is_excluded() -> None:
    orientation = at_redon(professionnels=TEAM)
    states = sorted((applied_aid(each, orientation, set()) for each in aids()), key=rank)
    assert [rank(each) for each in states] == sorted(rank(each) for each in states)
    assert states[-1].state == "exclu"


def test_the_json_of_an_aid_writes_amounts_with_two_decimals_and_unknown_as_null() -> None:
    said = aid("aides_capii_montant").as_dict(today("aides_capii_montant"))
    assert said["montant_max"] == "14250.00"
    assert said["simulateur"] == "aides"
    assert aid("esp_fir").as_dict(today("esp_fir"))["montant_min"] is None
