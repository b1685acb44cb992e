"""The fields of the forms of the crisis plan: its texts, the rows of its lists, its exercises and events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillage.apps.crisis.models import CrisisEvent
from maillage.apps.structures.models import Structure
from maillage.core.activity.risks import risks
from maillage.web.activite.common import CHOOSE, pilots
from maillage.web.activite.form import Field

PLAN = (
    Field("alert", "L'alerte", "words", "Qui reçoit l'alerte, jour et nuit ? Qui déclenche le plan, sur quel signe ?"),
    Field("cell", "Où la cellule se réunit", "words", "Dans quel lieu, avec quels moyens, si le réseau est coupé ?"),
    Field(
        "coordination", "Avec qui", "words",
        "L'ARS, la CPTS ou les MSP voisines, l'hôpital, le SAMU, la commune : qui les tient au courant ?",
    ),
    Field("information", "Informer l'équipe et le public", "words", "Qui parle, par quels moyens, à quel rythme ?"),
    Field(
        "recovery", "Le retour à la normale", "words",
        "Qui lève le plan ? Quand l'équipe fait-elle son retour d'expérience ?",
    ),
)  # fmt: skip
REVIEW = Field("review_on", "À revoir le", "day", "Choisissez une date en équipe : aucun texte connu n'en impose une.")


@dataclass(frozen=True)
class Listed:
    """A list of the plan as its pages call it."""

    code: str
    title: str
    one: str
    added: str
    empty: str


LISTS = {
    each.code: each
    for each in (
        Listed(
            "cellule", "La cellule de crise", "Fonction de la cellule", "La fonction est enregistrée.",
            "Nommez d'abord qui dirige la cellule et qui la remplace.",
        ),
        Listed(
            "mobilisables", "Qui peut être mobilisé", "Personne mobilisable", "La personne est enregistrée.",
            "Demandez à chacun s'il accepte d'être appelé, pour quoi et quand.",
        ),
        Listed(
            "contacts", "Qui appeler", "Contact", "Le contact est enregistré.",
            "Commencez par l'ARS, la commune et l'hôpital.",
        ),
        Listed(
            "procedures", "Que faire, risque par risque", "Procédure", "La procédure est enregistrée.",
            "Commencez par le risque que votre territoire connaît déjà.",
        ),
    )
}  # fmt: skip
"""The lists, in the order of the page."""


def fields_of(structure: Structure, part: str, row: Any = None) -> Sequence[Field]:
    """The fields of a row of a list."""
    if part == "cellule":
        return _role(structure, row)
    if part == "mobilisables":
        return _mobilisable(structure, row)
    return CONTACT if part == "contacts" else (_risk(), *PROCEDURE)


def event_fields() -> Sequence[Field]:
    """The fields of an exercise or an event."""
    return (
        Field("kind", "Nature", "select", choices=CrisisEvent.Kind.choices),
        Field("title", "Intitulé", required=True),
        _risk(),
        Field("starts_on", "Jour, ou premier jour", "day", required=True),
        Field("ends_on", "Dernier jour", "day"),
        Field("state", "État", "select", choices=CrisisEvent.State.choices),
        Field(
            "declared_by", "Autorité qui a déclaré la crise",
            help="Pour un événement réel : préfecture, ARS… Laissez vide si personne ne l'a déclarée.",
        ),
        Field("people", "Professionnels engagés", "amount", "Un nombre, sans nommer personne."),
        Field("done", "Ce qui a été fait", "words", "Des actes et des nombres, jamais un patient."),
        Field("worked", "Ce qui a marché", "words"),
        Field("to_improve", "Ce qui est à améliorer", "words"),
        Field("next_steps", "Ce que l'équipe décide", "words", "Qui fait quoi, pour quand."),
    )  # fmt: skip


def risk_choices() -> list[tuple[str, str]]:
    """The kinds of risk, then all of them."""
    return [("", "Tous les risques"), *((code, risk.title) for code, risk in risks().items())]


def _risk() -> Field:
    return Field("risk", "Risque", "select", choices=risk_choices())


def _role(structure: Structure, row: Any) -> Sequence[Field]:
    return (
        Field("function", "Fonction", help="Par exemple : direction, secrétariat, liens avec l'ARS.", required=True),
        Field("member", "Titulaire", "select", choices=pilots(structure, getattr(row, "member", None))),
        Field("deputy", "Remplaçant", "select", choices=pilots(structure, getattr(row, "deputy", None))),
        Field("tasks", "Ce que fait cette personne"),
    )


def _mobilisable(structure: Structure, row: Any) -> Sequence[Field]:
    people = [CHOOSE, *(each for each in pilots(structure, getattr(row, "member", None)) if each[0])]
    return (
        Field("member", "Membre", "select", choices=people, required=True),
        Field("skills", "Pour quoi faire", help="Par exemple : vaccination, écoute, tri."),
        Field("availability", "Disponibilité", help="Par exemple : soirs et fins de semaine."),
        Field("reach", "Comment joindre cette personne", help="Avec son accord. Seule l'équipe le lit."),
        Field("agreed_on", "D'accord depuis le", "day"),
    )


CONTACT = (
    Field("organisation", "Organisme", help="Le numéro du service, plutôt que celui d'une personne.", required=True),
    Field("purpose", "Pour quoi"),
    Field("phone", "Téléphone"),
    Field("email", "Adresse électronique"),
)
PROCEDURE = (
    Field("title", "Intitulé", required=True),
    Field("steps", "Ce que fait chacun", "words", "Qui fait quoi, dans quel ordre, avec quel matériel.", rows=12),
)
