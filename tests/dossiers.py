"""Dossiers of the cast: a CPTS of the same people, its draft, the same one filed to the ARS."""

import datetime
from typing import Any

from tests.cast import NOW, TODAY, Cast, give

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure, TerritoryCommune


def cpts(people: Cast, *, nom: str = "CPTS du pays de Redon", communes: tuple[str, ...] = ("35236",)) -> Projet:
    """A CPTS that the porteuse carries, with its project; the people of the cast have the same roles in it."""
    team = Organisation.objects.create(kind="structure", nom=nom, region="53", departement="35", created_at=NOW)
    for name, role in (("porteuse", "PORTEUR"), ("coordinatrice", "COORDINATEUR"), ("membre", "MEMBRE")):
        give(getattr(people, name), team, Role.Name[role])
    structure = Structure.objects.create(organisation=team, kind="cpts", nom=nom, region="53", created_at=NOW)
    for position, code in enumerate(communes):
        TerritoryCommune.objects.create(structure=structure, code=code, position=position)
    return Projet.objects.create(
        structure=structure, title=f"Projet de santé : {nom}", starts_on=NOW.date(), created_at=NOW,
        created_by=people.porteuse,
    )  # fmt: skip


def draft(projet: Projet, kind: str = "projet_sante_cpts", **fields: Any) -> Dossier:
    """A dossier in preparation."""
    organisation = projet.structure.organisation
    dossier = Dossier(
        kind=kind, structure=projet.structure, projet=projet, filer=organisation, region=projet.structure.region,
        departement=organisation.departement, created_at=NOW, created_by=projet.created_by, **fields,
    )  # fmt: skip
    dossier.state = definition_of(dossier).first
    dossier.save()
    return dossier


def filed(
    projet: Projet, kind: str = "projet_sante_cpts", *, state: str = "depose", number: str = "PSC-53-2026-0001",
    day: datetime.date = TODAY, **fields: Any,
) -> Dossier:  # fmt: skip
    """A dossier written straight in a state, as if it had been deposited on a day: for the tests of what follows."""
    dossier = draft(projet, kind)
    dossier.authority = Organisation.objects.get(kind="ars", region=dossier.region)
    dossier.number, dossier.submitted_at, dossier.received_on = number, NOW, day
    dossier.state, dossier.phase = state, definition_of(dossier).state(state).phase
    for name, value in fields.items():
        setattr(dossier, name, value)
    dossier.save()
    return dossier
