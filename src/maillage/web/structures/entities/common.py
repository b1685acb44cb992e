"""What the pages of legal persons, contracts and funds share: choices of the structure, states in words, addresses."""

import datetime
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.contracts.names import called
from maillage.apps.dossiers.queries import definition_of, followed_by_a_definition, visible
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.territories.models import Commune
from maillage.core.activity.terms import Standing
from maillage.core.kernel import french

STATES = {
    "a_signer": ("à signer", "todo", "a_venir"),
    "a_venir": ("signé, à venir", "todo", "a_venir"),
    "en_cours": ("en cours", "ok", "faite"),
    "bientot": ("se termine bientôt", "warn", "en_cours"),
    "termine": ("terminé", "no", "manquante"),
    "arrete": ("arrêté", "no", "manquante"),
    "inconnu": ("dates à confirmer", "todo", "inconnue"),
}
"""Each state of a contract: its words, its colour, its icon."""
RUNNING = ("a_signer", "a_venir", "en_cours", "bientot", "inconnu")
TABS = (
    ("structure_entites", "Entités"),
    ("structure_entites_contrats", "Contrats"),
    ("structure_entites_fonds", "Fonds dédiés"),
)


def today() -> datetime.date:
    """The day where the structure is."""
    return timezone.localdate()


def mark(standing: Standing) -> dict[str, str]:
    """The state of a contract as a tag shows it."""
    words, colour, icon = STATES[standing.state]
    if standing.state == "bientot" and standing.renews_itself:
        words = "se renouvelle bientôt"
    return {"mots": words, "couleur": colour, "icone": icon}


def tabs(structure: Structure, current: str) -> list[dict[str, Any]]:
    """The tabs of the pages."""
    return [{"adresse": at(structure, name), "mots": words, "ouvert": name == current} for name, words in TABS]


def at(structure: Structure, name: str, *parts: Any) -> str:
    """The address of a page of the structure."""
    return reverse(f"web:{name}", args=[structure.pk, *parts])


def entity_choices(structure: Structure, unknown: str = "À confirmer") -> list[tuple[str, str]]:
    """The legal persons, for a list of choices."""
    return [("", unknown), *((str(each.pk), called(each)) for each in structure.legal_entities.all())]


def only_entity(structure: Structure) -> str:
    """The legal person when there is but one."""
    keys = list(structure.legal_entities.values_list("pk", flat=True)[:2])
    return str(keys[0]) if len(keys) == 1 else ""


def dossier_choices(person: User, structure: Structure, kept: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """The dossiers of the structure that a person may read; ``kept``: the one that is chosen, read or not."""
    rows = followed_by_a_definition(visible(person).filter(structure=structure)).order_by("-created_at")
    known = {str(each.pk): _dossier(each) for each in rows}
    if kept is not None:
        known.setdefault(str(kept), "Celui qui est déjà choisi")
    return [("", "Aucun, ou pas dans Maillage"), *known.items()]


def commune_names(codes: list[str]) -> dict[str, str]:
    """The names of communes by their code; a code that is not known stays as it is."""
    known = dict(Commune.objects.filter(code__in=codes).values_list("code", "nom"))
    return {code: known.get(code, code) for code in codes}


def months(count: int | None) -> str:
    """A number of months in words; « à confirmer » when it is not known."""
    if count is None:
        return french.UNKNOWN
    years, rest = divmod(count, 12)
    if years and not rest:
        return f"{years} {french.plural(years, 'an')}"
    return f"{count} mois"


def holds(entity: LegalEntity) -> dict[str, Any]:
    """A legal person as its card shows it."""
    sheet = getattr(entity, "sheet", None)
    return {
        "entite": entity,
        "nom": called(entity),
        "fiche": sheet,
        "sites": [each.site for each in entity.held_sites.all()],
        "communes": len(entity.communes.all()),
    }


def _dossier(dossier: Any) -> str:
    title = definition_of(dossier).titre
    return f"{title} ({dossier.number})" if dossier.number else title
