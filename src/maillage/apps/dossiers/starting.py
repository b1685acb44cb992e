"""Which kinds of dossier a project may begin now, and why the others wait."""

import datetime
from dataclasses import dataclass

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers.authorities import authority_for, name_of
from maillage.apps.dossiers.models import Dossier
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure
from maillage.apps.territories.models import Commune
from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import Definition
from maillage.core.kernel.french import day as day_in_words
from maillage.core.rules.orientation import packs

FAMILIES = {
    "accompagnement": "Être accompagné",
    "validation": "Faire valider le projet de santé",
    "engagement": "Engagement de conformité",
    "agrement": "Agrément",
    "financement": "Demander un financement",
    "adhesion": "Adhérer à l'ACI ou à l'accord national",
    "modification": "Signaler un changement",
    "audit": "Demander un audit",
}
"""Headings of the kinds, in the order of a project."""
ONCE = frozenset({"validation", "engagement", "agrement", "adhesion"})
"""Families of which one dossier at a time is reviewed."""
REVIEWED = (Dossier.Phase.INSTRUCTION, Dossier.Phase.ATTENTE, Dossier.Phase.COMMISSION, Dossier.Phase.DECISION)


@dataclass(frozen=True)
class Startable:
    """A kind for a project: ``why_not`` says why it cannot begin now, ``current`` is the dossier that is in its way;
    ``receiver`` is who would receive it, ``None`` when this installation has nobody."""

    definition: Definition
    why_not: str
    current: Dossier | None
    receiver: Organisation | None

    @property
    def receiver_name(self) -> str:
        """Who receives it, in words."""
        return self.receiver.nom if self.receiver else name_of(self.definition)


def startable(projet: Projet, *, today: datetime.date) -> tuple[Startable, ...]:
    """Every kind of the structure of a project, those that may begin and those that may not, in order."""
    structure = projet.structure
    known = kinds.all_kinds(packs.pack_of_region(structure.region) or "")
    mine = [each for each in known if structure.kind.upper() in each.structures]
    order = list(FAMILIES)
    departement = departement_of(structure)
    return tuple(
        _one(projet, each, departement, today)
        for each in sorted(mine, key=lambda each: (order.index(each.famille), each.titre))
    )


def departement_of(structure: Structure) -> str:
    """The code of the département of a structure: its own, else that of the first commune of its territory."""
    if structure.organisation.departement:
        return structure.organisation.departement
    first = structure.communes.first()
    found = Commune.objects.filter(code=first.code).first() if first else None
    return found.departement_id if found else ""


def _one(projet: Projet, definition: Definition, departement: str, today: datetime.date) -> Startable:
    apart = (projet.structure.organisation_id,)
    receiver = authority_for(definition, projet.structure.region, departement, apart=apart)
    rows = Dossier.objects.filter(structure=projet.structure, kind=definition.code)
    begun = rows.filter(phase=Dossier.Phase.BROUILLON).first()
    if projet.state == Projet.State.ARCHIVE:
        return Startable(definition, "Ce projet est archivé : rien n'y commence plus.", None, receiver)
    if not definition.exists_on(today):
        return Startable(definition, _out_of_date(definition, today), None, receiver)
    if begun is not None:
        return Startable(definition, "Un dossier de cette nature est déjà en préparation.", begun, receiver)
    current = rows.filter(phase__in=REVIEWED).first() if definition.famille in ONCE else None
    return Startable(definition, f"Le dossier {current} est déjà à l'étude." if current else "", current, receiver)


def _out_of_date(definition: Definition, today: datetime.date) -> str:
    if definition.depuis > today:
        return f"Cette démarche n'existe qu'à partir du {day_in_words(definition.depuis)}."
    return f"Cette démarche n'existe plus depuis le {day_in_words(definition.jusqu_a)}."
