"""The simulators of the shared kit: one route each, made from the registry."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from maillage.api.answers import REFUSED_BODY, AConfirmer, Amount, Answer, Day, Value
from maillage.api.application import JsonBody
from maillage.api.simulations.answers import ParametreUtilise
from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.core.rules.simulators import SIMULATORS

LineState = (
    Literal["certain", "possible", "exclu", "etabli", "a_preciser", "a_confirmer"]
    | Literal["remplie", "manquante", "inconnue", "sans_objet"]
)


class Ligne(Answer):
    """Une ligne : une condition, un montant, un repère ou une échéance, expliqué."""

    id: str = Field(description="Le nom de la règle.", examples=["ESP-REG"])
    variable: str = Field(description="La variable, à lire à /api/regles.", examples=["esp_fir_montant"])
    libelle: str = Field(description="La ligne en clair.")
    groupe: str = Field(description="Le titre sous lequel elle se range.")
    nature: Literal["montant", "condition", "repere", "echeance"] = Field(description="Ce qu'est la ligne.")
    etat: LineState = Field(
        description="D'un montant : certain, possible, exclu, a_preciser (il manque un fait) ou a_confirmer (les "
        "textes ne le disent pas). D'une condition : remplie, manquante, inconnue ou sans_objet."
    )
    montant: Amount | None = Field(description="Les euros, ou le bas de l'intervalle.")
    montant_max: Amount | None = Field(description="Le haut de l'intervalle ; le même montant quand il est connu.")
    valeur: Value = Field(description="La valeur d'un repère, dans son unité.")
    unite: str = Field(description="L'unité.")
    date: Day | None = Field(description="Le jour d'une échéance.")
    explication: str = Field(description="La formule en mots, avec les nombres.")
    manque: str | None = Field(description="Ce qu'il faut faire ou préciser, ou null.")
    qui: str = Field(description="Qui paie ou décide.")
    compte: bool = Field(description="Vrai si le montant compte dans le total.")
    exclut: list[str] = Field(description="Les lignes qui ne se cumulent pas avec celle-ci.")
    a_confirmer: bool = Field(description="Vrai si un chiffre de la ligne est lui-même douteux.")
    parametres: list[ParametreUtilise] = Field(description="Les chiffres des textes qui ont servi.")


class Echeance(Answer):
    """Une date à tenir."""

    id: str = Field(description="Le nom de la règle.")
    libelle: str = Field(description="Ce qu'il faut faire, ou ce qui arrive ce jour-là.")
    date: Day
    explication: str = Field(description="Comment la date est calculée.")


class MontantApart(Answer):
    """Un montant que le total ne compte pas : versé une fois, par mois, ou qu'aucun texte ne donne encore."""

    id: str = Field(description="Le nom de la règle.")
    variable: str = Field(description="La variable.")
    libelle: str = Field(description="Le montant en clair.")
    montant: Amount | None = Field(description="Les euros ; null quand aucun texte ne les donne.")
    montant_max: Amount | None = Field(description="Le haut de l'intervalle.")
    unite: str = Field(description="L'unité.")
    etat: Literal["certain", "a_confirmer"] = Field(description="a_confirmer : aucun texte ne donne le montant.")


class Alerte(Answer):
    """Une condition que l'ensemble de la réponse ne respecte pas."""

    id: str = Field(description="Le nom de la règle.")
    libelle: str = Field(description="La condition.")
    explication: str = Field(description="Pourquoi elle n'est pas respectée.")


class Simulation(Answer):
    """La réponse d'un simulateur, ligne par ligne."""

    simulateur: str = Field(description="Le code du simulateur.")
    date: Day = Field(description="Le jour auquel les règles sont appliquées.")
    total: str | None = Field(description="Ce que dit le total ; null quand les lignes ne s'ajoutent pas.")
    montant: Amount | None = Field(description="Le total des montants certains ; null si l'un d'eux n'est pas connu.")
    montant_max: Amount | None = Field(description="Le haut de l'intervalle.")
    montant_etabli: Amount | None = Field(description="Le total des montants certains qui sont connus.")
    montant_possible: Amount | None = Field(description="Ce que les montants possibles ajouteraient.")
    au_moins: bool = Field(description="Vrai si des montants possibles ne sont pas connus : le total est un minimum.")
    hors_total: list[MontantApart] = Field(
        description="Les montants que le total ne compte pas, certains ou à confirmer."
    )
    alertes: list[Alerte] = Field(description="Ce que l'ensemble ne respecte pas, un plafond par exemple.")
    lignes: list[Ligne] = Field(description="Les lignes, dans l'ordre de lecture.")
    echeances: list[Echeance] = Field(description="Les dates, la plus proche d'abord.")
    a_confirmer: list[AConfirmer] = Field(description="Ce qui n'est pas établi et pèse sur ce résultat.")


def add_routes(router: Router) -> None:
    """One POST per simulator of the registry."""
    for simulator in SIMULATORS.values():
        _add(router, simulator)


def _add(router: Router, simulator: SimulatorSpec) -> None:
    def simulate_one(request: HttpRequest, situation: Any) -> dict[str, Any]:
        from maillage.core.rules.simulation.engine import simulate  # OpenFisca costs a second to import.

        return simulate(simulator, situation).as_dict()

    body = JsonBody(..., example=simulator.example)
    simulate_one.__annotations__["situation"] = Annotated[simulator.model, body]
    simulate_one.__doc__ = simulator.summary
    router.post(
        f"/{simulator.code}",
        response={200: Simulation, **REFUSED_BODY},
        operation_id=f"simuler_{simulator.code.replace('-', '_')}",
        summary=f"Simuler : {simulator.title}",
    )(simulate_one)
