"""Who helps, at which step, with what: the data of the nation and of each region, and what a step says of it."""

import datetime
from collections.abc import Iterator

import pytest

from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.orientation.steps import sentences
from maillage.core.rules.packs.support import SupportData, in_force
from maillage.core.rules.regions import pack_codes

TODAY = datetime.date(2026, 11, 22)
LAYERS = (None, *pack_codes())


def written(layer: str | None) -> tuple[SupportData, ...]:
    return (packs.pack(layer) if layer else packs.nation()).accompagnements


def told(layer: str | None, date: datetime.date = TODAY) -> Iterator[str]:
    for support in packs.supports(layer, date):
        yield from sentences(support, rulebook(layer), date)


def support(name: str, **changed: object) -> SupportData:
    return SupportData.model_validate(
        {
            "id": name, "structure": "MSP", "etape": "projet", "qui": "Votre ARS", "nature": "methode",
            "aide": "méthode", "source": "un guide", "confiance": "B", **changed,
        }
    )  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_each_help_is_at_a_step_that_exists_under_one_name(layer: str | None) -> None:
    helps = written(layer)
    assert len({help.id for help in helps}) == len(helps)
    for help in helps:
        assert help.etape in {step.id for step in packs.nation().etapes[help.structure]}, help.id
        assert help.depuis <= help.jusqu_a, help.id
        assert help.source, help.id


@pytest.mark.parametrize("layer", LAYERS)
def test_the_amount_of_a_help_is_a_parameter(layer: str | None) -> None:
    texts = rulebook(layer).texts
    for help in written(layer):
        if help.parametre:
            assert texts[help.parametre].unit.startswith("euros"), help.id


@pytest.mark.parametrize("layer", pack_codes())
def test_a_region_leaves_out_helps_of_the_nation_only(layer: str) -> None:
    national = {help.id for help in packs.nation().accompagnements}
    for help in written(layer):
        assert set(help.remplace) <= national, help.id


def test_a_help_of_the_region_replaces_that_of_the_nation_from_its_first_day() -> None:
    national = (support("a"), support("b"), support("c"))
    regional = (support("a", qui="ARS Bretagne", depuis="2019-01-01", remplace=["b"]),)
    before, after = (in_force(national, regional, datetime.date(year, 6, 1)) for year in (2018, 2019))
    assert before == national
    assert [(help.id, help.qui) for help in after] == [("a", "ARS Bretagne"), ("c", "Votre ARS")]


def test_a_help_that_has_ended_gives_its_place_back() -> None:
    national, regional = (support("a"),), (support("a", qui="ARS Bretagne", jusqu_a="2020-12-31"),)
    assert in_force(national, regional, TODAY) == national


REFERENTIEL = [
    ("bretagne", "ESP", "federer", "ARS Bretagne, GECO Lib' et ESSORT", "methode"),
    ("bretagne", "ESP", "projet", "ARS Bretagne", "argent"),
    ("bretagne", "ESP", "validation", "ARS Bretagne", "decision"),
    ("centre_val_de_loire", "ESP", "mise_en_oeuvre", "Fédération des URPS Centre-Val de Loire, pour l'ARS", "argent"),
    ("bretagne", "MSP", "federer", "ARS Bretagne, GECO Lib' et ESSORT", "methode"),
    ("bretagne", "MSP", "projet", "ARS Bretagne", "consultant"),
    ("bretagne", "MSP", "mise_en_oeuvre", "ARS Bretagne", "argent"),
    ("bretagne", "MSP", "aci", "CPAM de votre département", "contrat"),
    ("paca", "MSP", "mise_en_oeuvre", "ARS PACA", "argent"),
    ("paca", "CPTS", "projet", "ARS PACA", "argent"),
    ("bretagne", "CDS", "projet", "ARS Bretagne", "consultant"),
    ("bretagne", "CDS", "adhesion", "ARS Bretagne", "consultant"),
    ("bretagne", "CDS", "adhesion", "Région Bretagne, par l'EPCI ou le Pays", "argent"),
    ("bretagne", "CPTS", "federer", "ARS Bretagne, GECO Lib' et ESSORT", "methode"),
    ("bretagne", "CPTS", "projet", "ARS Bretagne", "argent"),
    ("bretagne", "CPTS", "mise_en_oeuvre", "Assurance Maladie et ARS Bretagne", "argent"),
    ("centre_val_de_loire", "ESS", "federer", "URPS médecins libéraux Centre-Val de Loire", "methode"),
    ("paca", "MSP", "projet", "URPS ML PACA", "methode"),
]


@pytest.mark.parametrize(("region", "structure", "step", "who", "nature"), REFERENTIEL)
def test_each_help_of_the_guides_is_at_its_step(region: str, structure: str, step: str, who: str, nature: str) -> None:
    helps = {(each.structure, each.etape, each.qui, each.nature) for each in packs.supports(region, TODAY)}
    assert (structure, step, who, nature) in helps


def test_the_carpec_advises_and_the_director_decides_on_the_help_of_a_centre() -> None:
    volets = [each for each in packs.supports("bretagne", TODAY) if each.parametre == "financements.cds.accompagnement"]
    assert len(volets) == 2
    assert {each.avis for each in volets} == {"CARPEC (commission régionale)"}
    assert {each.decide for each in volets} == {"directeur général de l'ARS Bretagne"}


def test_the_project_of_a_breton_cpts_says_its_ceiling_who_advises_and_what_to_file() -> None:
    money = next(help for help in packs.supports("bretagne", TODAY) if help.id == "cpts_projet_elaboration")
    sentence = next(sentences(money, rulebook("bretagne"), TODAY)).replace("\N{NO-BREAK SPACE}", " ")
    assert "au plus 50\N{NARROW NO-BREAK SPACE}000 euros" in sentence
    assert "avis : commission régionale" in sentence
    assert money.documents == ("Dossier de candidature et budget",)
    assert (money.avis, money.decide) == ("commission régionale", "ARS Bretagne")


def test_an_amount_that_no_text_gives_is_to_confirm() -> None:
    helps = [sentence for sentence in told("bretagne") if "en attendant l'ACI" in sentence]
    assert helps == [
        "ARS Bretagne : indemnise le temps et les actions en attendant l'ACI ; montant à confirmer ; "
        "à fournir : plan d'actions tiré du projet de santé"
    ]


def test_the_money_of_a_team_of_the_centre_is_told_for_its_year_only() -> None:
    in_2025, in_2026 = (
        next(sentence for sentence in told("centre_val_de_loire", datetime.date(year, 6, 1)) if "ESP-CVL" in sentence)
        for year in (2025, 2026)
    )
    assert "7\N{NARROW NO-BREAK SPACE}500" in in_2025
    assert "montant à confirmer" in in_2026


def test_a_weak_source_is_told() -> None:
    weak = next(sentences(support("a", confiance="C"), rulebook(None), TODAY))
    assert weak == "Votre ARS : méthode (à confirmer)"
