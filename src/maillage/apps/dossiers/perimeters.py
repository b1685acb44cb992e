"""What the register would say of a structure, by the answers of a dossier: its name, its speciality, its communes."""

from dataclasses import dataclass
from typing import Any

from maillage.apps.dossiers.models import Dossier, Recognition
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.apps.structures.models import Structure
from maillage.apps.structures.services import codes_of

NAME = "structure.nom"
"""How a field of a definition says that it holds the name of the structure (its ``prerempli``)."""
PLACES = ("communes", "commune")


@dataclass(frozen=True)
class Register:
    """A line of the register of recognised structures; ``communes`` are INSEE codes, in order."""

    nom: str
    specialite: str
    communes: tuple[str, ...]


def wanted_by(dossier: Dossier, former: Recognition | None = None) -> Register:
    """What the register will say once this dossier is accepted; what it does not tell stays as ``former`` says.

    Raises :class:`BadInput` when who it is alone with is not known: an ESS without its speciality, a CPTS without
    a commune.
    """
    structure = dossier.structure
    communes = _communes(dossier) or (_held(former) if former else tuple(sorted(codes_of(structure))))
    nom = _name(dossier) or (former.nom if former else structure.nom)
    if structure.kind == Structure.Kind.ESS and not structure.specialite.strip():
        raise refused("specialite", "Cette ESS n'a pas dit sa spécialité : on ne peut pas savoir si une autre existe.")
    if structure.kind in (Structure.Kind.CPTS, Structure.Kind.ESS) and not communes:
        raise refused("territoire", "Aucune commune n'est donnée : le périmètre de la structure n'est pas connu.")
    return Register(nom, structure.specialite.strip(), communes)


def answers_of(dossier: Dossier) -> dict[str, Any]:
    """The answers that were filed last; those of the row when no deposit holds any."""
    last = dossier.deposits.order_by("-number").first()
    filed = last.content.get("reponses") if last is not None and isinstance(last.content, dict) else None
    return dict(filed if isinstance(filed, dict) else dossier.answers)


def _communes(dossier: Dossier) -> tuple[str, ...]:
    answers = answers_of(dossier)
    for each in definition_of(dossier).asked(answers):
        given = answers.get(each.code)
        if each.type in PLACES and given:
            return tuple(sorted(set(given) if isinstance(given, list) else {str(given)}))
    return ()


def _name(dossier: Dossier) -> str:
    answers = answers_of(dossier)
    for each in definition_of(dossier).asked(answers):
        if each.prerempli == NAME and answers.get(each.code):
            return str(answers[each.code]).strip()[:200]
    return ""


def _held(former: Recognition) -> tuple[str, ...]:
    rows = former.perimeter.filter(until=former.until)
    return tuple(sorted(rows.values_list("commune", flat=True)))
