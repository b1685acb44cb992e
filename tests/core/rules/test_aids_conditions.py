"""What an aid asks and by which texts: nothing is lost of what its simulator knows, nothing is added."""

import datetime
from typing import Any

import pytest

from maillage.core.rules.aids.aid import Aid
from maillage.core.rules.aids.case import applied_aid
from maillage.core.rules.aids.catalogue import aid_named, aids, data_of
from maillage.core.rules.aids.conditions import asked, told
from maillage.core.rules.aids.on_day import on_day
from maillage.core.rules.aids.search import Wanted, search
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import use_of
from maillage.core.rules.system import system

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
BOBIGNY = Territory("93008", "Bobigny", "93", "11", 54_000, "2022", "Île-de-France")


def aid(name: str) -> Aid:
    """The aid of this id."""
    found = aid_named(name)
    assert found is not None, name
    return found


def conditions(name: str, date: datetime.date = TODAY) -> str:
    """What an aid asks on a day, in one text."""
    return " / ".join(on_day(aid(name), date).conditions)


def found(**asked: Any) -> set[str]:
    """Ids of the aids that answer."""
    return {each.id for each in search(Wanted(TODAY, **asked))}


def test_the_exemption_of_a_rural_zone_tells_its_dates_its_size_its_regime_and_its_rates() -> None:
    zfrr = on_day(aid("aides_exoneration_montant"), TODAY)
    told = conditions("aides_exoneration_montant")
    for words in (
        "du 1er juillet 2024 au 31 décembre 2029",
        "Moins de 11\xa0salariés",
        "ZFRR : régime réel",
        "Au plus 25\xa0% du",
    ):
        assert words in told
    assert "75\xa0%, 50\xa0%, 25\xa0%" in zfrr.method
    assert zfrr.texts


def test_how_an_aid_is_calculated_is_told_without_the_answers_of_a_case() -> None:
    said = on_day(aid("aides_exoneration_montant"), TODAY).method
    assert said.startswith(
        "Le bénéfice de l'année, moins la part faite hors de la zone, multiplié par la part exonérée cette année-là."
    )
    assert "25\xa0%, année par année depuis la création, puis rien." in said
    assert on_day(aid("aides_cotram_montant"), TODAY).method.startswith("10\xa0% des honoraires, au plus")


def test_how_an_aid_is_calculated_never_begins_by_the_name_of_a_field() -> None:
    methods = {each.id: on_day(each, TODAY).method for each in aids() if each.is_line}
    cites_its_text = {"immobilier_departement_jura"}
    assert {name for name, said in methods.items() if "« " in said.split(". ")[0]} == cites_its_text
    assert "date d'installation" not in methods["aides_majoration_zone_montant"]
    assert "la première année). Supplément" in methods["aides_caimk_montant"]


def test_what_every_way_of_having_an_aid_asks_is_told_once() -> None:
    told = conditions("aides_exoneration_montant")
    assert told.count("salariés") == 1
    assert "ZRR : installation jusqu'au 30 juin 2024" in told


def test_the_exemption_of_the_duty_tells_its_days_and_its_zone() -> None:
    told = conditions("aides_pdsa_montant")
    assert "60\xa0jours" in told
    assert "ZIP ou une ZAC" in told
    assert on_day(aid("aides_pdsa_montant"), TODAY).texts


def test_a_condition_keeps_its_figure_without_the_answer_of_the_form() -> None:
    assert on_day(aid("aides_majoration_age_montant"), TODAY).conditions == ("67\xa0ans ou plus",)


def test_what_is_not_asked_is_not_a_condition() -> None:
    assert "Versé en" not in conditions("aides_fmt_total")
    cde = conditions("aides_cde_montant")
    assert "non" not in cde.split()
    assert "médecins installés" not in cde
    assert "Médecins installés" not in cde
    assert "emplaçants, inscrits depuis moins d'un an" in cde


def test_a_clause_that_the_day_says_true_is_kept_without_its_answer() -> None:
    path = "aides.etat.cde.installation_ouverte"
    for date, left in ((datetime.date(2022, 1, 1), "Ouvert"), (TODAY, "")):
        use = use_of(system().text(path), date)
        assert told(f"Ouvert : {{{path}}}", {path: use}) == left


def test_every_aid_of_a_simulator_whose_conditions_are_written_tells_some() -> None:
    for each in aids():
        if each.is_line and asked(each.name):
            assert on_day(each, TODAY).conditions, each.id


def test_every_aid_of_the_individual_simulator_tells_conditions() -> None:
    for each in aids():
        spec = system().variables[each.name].spec if each.is_line else None
        if isinstance(spec, LineSpec) and spec.simulator == "aides":
            assert on_day(each, TODAY).conditions, each.id


def test_every_aid_cites_a_text_unless_none_is_recorded() -> None:
    for each in aids():
        day = on_day(each, TODAY)
        if day.texts or each.simulator:
            continue
        written = [rulebook(each.region or None).texts[data_of(each).parametre]]
        assert not any(dated.references for text in written for dated in text.values), each.id
        assert any(figure.why for figure in day.figures), each.id


def test_an_amount_that_is_not_established_still_cites_its_text() -> None:
    day = on_day(aid("paca-msp_demarrage"), TODAY)
    assert day.to_confirm
    assert [text.title for text in day.texts] == ["URPS ML PACA, guide des quatre formes d'exercice coordonné (2019)"]


def test_an_aid_of_one_department_is_that_of_its_teams() -> None:
    name = "aci_cpts_aide_seine_saint_denis"
    assert name in found()
    assert name not in found(ou="bretagne")
    assert name not in found(ou="national")
    assert name not in found(ou="bretagne", region="53", department="35")
    assert name in found(ou="national", region="11", department="93")
    assert name not in found(ou="national", region="11", department="75")
    assert "immobilier_departement_loir_et_cher" in found(ou="centre_val_de_loire")


def test_an_aid_of_another_department_is_excluded_and_says_it() -> None:
    local = aid("aci_cpts_aide_seine_saint_denis")
    situation = SituationOrientation(date=TODAY, commune="35236")
    away = applied_aid(local, orient(situation, REDON, today=TODAY), None)
    assert (away.state, away.conditions[0].label) == ("exclu", "Lieu : Seine-Saint-Denis")
    situation = SituationOrientation(date=TODAY, commune="93008")
    assert applied_aid(local, orient(situation, BOBIGNY, today=TODAY), None).state == "possible"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("FCTVA", "immobilier_fctva"),
        ("LEADER", "immobilier_aide_feder"),
        ("DETR", "immobilier_aide_detr"),
        ("FMIS", "immobilier_aide_fmis"),
    ],
)
def test_the_funders_of_a_building_are_found_and_lead_to_its_simulator(words: str, name: str) -> None:
    assert name in found(q=words)
    assert aid(name).simulator == "immobilier"
    assert aid(name).who == ("MSP", "CDS")


def test_a_ceiling_an_amount_of_nothing_and_the_same_scheme_twice_are_not_listed() -> None:
    assert not {"cpts_plafond", "esp_aci", "centre_aide_automatique_montant"} & found()
    assert "cds_aide_demographique" in found()


def test_a_contract_whose_amount_has_ended_can_no_longer_be_asked() -> None:
    assert "centre_infirmier_equipement" not in found()
    assert "centre_infirmier_equipement" in {each.id for each in search(Wanted(datetime.date(2024, 6, 1)))}


def test_what_a_rate_bears_on_is_not_an_amount() -> None:
    jura = on_day(aid("immobilier_departement_jura"), TODAY)
    assert (jura.low, jura.high) == (None, None)
