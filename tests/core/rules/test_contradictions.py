"""Each contradiction of the source guides (README §5 of the knowledge base): what holds is what the rules say."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maillage.core.rules.catalogue import rules
from maillage.core.rules.contradictions import contradictions
from maillage.core.rules.system import system

EXPECTED = 42
TODAY = datetime.date(2026, 6, 1)


def value(path: str, day: str = "2026-06-01", pack: str = "") -> Any:
    """The value of a parameter on a day; ``None`` when none is established."""
    text, on = system(pack).text(path), datetime.date.fromisoformat(day)
    dated = next((dated for dated in reversed(text.values) if dated.since <= on), None)
    return dated.value if dated else None


def paid(fixed: float, variable: float, patients: int) -> float:
    """Euros of fixed and variable points (at the patientèle of reference) for a patientèle, in 2024."""
    share = patients / value("aci_msp.patientele.reference", "2024-01-01")
    return float((fixed + variable * share) * value("aci_msp.valeur_du_point", "2024-01-01"))


CHILDREN = "aci_msp.patientele.contacts_des_enfants"
PUBLIC_ONLY = "immobilier.porteurs.reserves_au_public"
ZONES = "immobilier.bretagne.centres.zones_de_la_region"
BUILDING = "immobilier.bretagne.maisons.generalistes"
OLD_CONTRACTS = "aides.medecins.convention_2016.signatures_ouvertes"
HELD: dict[int, Callable[[], bool]] = {
    1: lambda: paid(3250, 2500, 4000) == 40_250,
    2: lambda: (paid(3250, 2500, 8000), paid(4700, 2500, 8000)) == (57_750, 67_900),
    3: lambda: (paid(3250, 0, 0), paid(3250, 2500, 1000), paid(4700, 0, 0)) == (22_750, 27_125, 32_900),
    4: lambda: (value(CHILDREN, "2018-12-31"), value(CHILDREN, "2019-01-01")) == (2, None),
    5: lambda: value("cds.composition.professionnels_minimum") == 2,
    6: lambda: (
        value("esp.composition.paramedicaux_minimum") == 0
        and value("esp.composition.autres_professionnels_minimum", "2020-01-01", "bretagne") == 1
        and value("esp.composition.paramedicaux_minimum", pack="bretagne") == 1
    ),
    7: lambda: (
        (
            value("msp.composition.medecins_generalistes_minimum"),
            value("msp.composition.paramedicaux_minimum"),
            value("msp.sisa.medecins_minimum"),
            value("msp.sisa.auxiliaires_medicaux_minimum"),
        )
        == (2, 1, 2, 1)
    ),
    8: lambda: any("6323-3" in each.title for each in _texts("msp.documents.projet_de_sante")),
    9: lambda: value("msp.composition.professions_de_sante_seulement") is True,
    10: lambda: (
        value("aci_msp.crise.points_du_plan", "2017-06-01") is None
        and value("aci_msp.crise.points_du_plan", "2022-06-01") is not None
    ),
    11: lambda: not any("cotra" in name and name.startswith(("centre_", "cds_")) for name in rules()),
    12: lambda: "sas" not in value("cds.gestionnaire.autorises") and "mutuelle" in value("cds.gestionnaire.autorises"),
    14: lambda: (
        (value("immobilier.fctva.comptes_admis"), value("immobilier.fctva.comptes_exclus"))
        == (["compte_2313"], ["compte_2132"])
    ),
    16: lambda: (value(PUBLIC_ONLY, "2024-04-07"), value(PUBLIC_ONLY, "2024-04-08")) == (True, False),
    17: lambda: (
        (value(ZONES, "2019-06-01"), value(ZONES, "2021-06-01")) == (["zip", "zac"], ["zip", "qpv_en_zac", "ile"])
    ),
    18: lambda: value("immobilier.bretagne.centres.zones_de_l_etat") == ["zip"],
    19: lambda: value("immobilier.bretagne.centres.incitations_sans_succes") is True,
    20: lambda: (
        (
            value("cpts.forme_juridique.association_exigee", "2021-05-13"),
            value("cpts.forme_juridique.association_exigee", "2021-05-14"),
        )
        == (False, True)
    ),
    21: lambda: value("aci_cpts.contrat.parties") == ["CPTS", "CPAM", "ARS"],
    23: lambda: (
        (value("cpts.territoire.population_minimale"), value("financements.cpts.seuil.taille_2")) == (0, 40_000)
        and value("cpts.territoire.population_minimale", pack="bretagne") == 20_000
    ),
    24: lambda: value("aides.impots.pdsa.zones") == ["zip", "zac"],
    25: lambda: (
        value("telesante.teleexpertise.niveau_2.tarif_requis", "2022-03-31") is not None
        and value("telesante.teleexpertise.niveau_2.tarif_requis", "2022-04-01") is None
        and value("telesante.teleexpertise.tarif_requis", "2022-04-01") is not None
    ),
    26: lambda: value("systeme_information.hebergement.certification", "2018-04-01") is True,
    27: lambda: (
        (value("cds.adhesion.tacite", "2022-06-20"), value("cds.adhesion.tacite", "2022-06-21")) == (True, False)
    ),
    28: lambda: value("cds.adhesion.exclusive") is True,
    29: lambda: rules()["aci_msp_points_si_avance"].spec.level == "option",
    30: lambda: (
        value("aci_msp.usagers.points_niveau_1", "2022-06-01") is not None
        and not any(
            "satisfaction" in rule.label.lower() for rule in rules().values() if rule.scheme.startswith("aci_msp")
        )
    ),
    32: lambda: value("cds.medecins_400.duree", "2019-06-01") == 2,
    33: lambda: (
        sorted(value("cds.medecins_400.partage.parts_en_ville", "2019-06-01")) in ([40, 50, 60], [0.4, 0.5, 0.6])
    ),
    34: lambda: value("financements.cds.accord_national", "2025-11-01") is None,
    35: lambda: (value(OLD_CONTRACTS, "2025-12-31"), value(OLD_CONTRACTS, "2026-01-01")) == (True, False),
    36: lambda: system().text("ess.forme_juridique.association_exigee").values[-1].confidence == "C",
    37: lambda: system().text("aci_msp.concertation.age").values[-1].confidence == "C",
    39: lambda: value("esp.documents.validation") is True,
    41: lambda: (value("msp.composition.medecins_generalistes_minimum"), value(BUILDING)) == (2, 1),
}
"""What holds, where a value of the rules can say it."""


def _texts(path: str) -> Any:
    return [reference for dated in system().text(path).values for reference in dated.references]


def test_every_contradiction_of_the_knowledge_base_is_told_once() -> None:
    assert [each.number for each in contradictions()] == list(range(1, EXPECTED + 1))


@pytest.mark.parametrize("number", HELD)
def test_what_holds_is_what_the_rules_say(number: int) -> None:
    assert HELD[number](), next(each.held for each in contradictions() if each.number == number)


@pytest.mark.parametrize("each", contradictions(), ids=lambda each: str(each.number))
def test_a_contradiction_stands_on_the_page_of_its_rules(client: Client, each: Any) -> None:
    for path in each.paths:
        page = client.get(f"/regles/parametres/{path}/")
        assert page.status_code == 200, path
        assert "Ce que d’autres guides écrivent" in page.content.decode()


def test_a_rule_says_what_other_guides_write(client: Client) -> None:
    assert "57 750" in client.get("/regles/aci_msp_montant_des_points/").content.decode().replace("\u202f", " ")


def test_all_stand_on_one_page(client: Client) -> None:
    page = client.get("/regles/contradictions/").content.decode()

    assert page.count('scope="row"') == EXPECTED
