"""Who gets a copy of a decision (cds.md, L23: the CPAM, for a centre de santé)."""

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import INSIDERS
from maillage.apps.dossiers.queries import definition_of


def copied(dossier: Dossier) -> list[Organisation]:
    """The authorities that the kind of dossier associates, in its place; the one that decides left out."""
    found: list[Organisation] = []
    for kind in definition_of(dossier).associes:
        rows = Organisation.objects.filter(kind=kind, closed_at=None)
        if kind == "ars":
            found += rows.filter(region=dossier.region)
        elif dossier.departement:
            found += rows.filter(departement=dossier.departement)
    return [each for each in found if each.pk != dossier.authority_id]


def copied_to(dossier: Dossier) -> str:
    """Their names, as a letter says them."""
    return ", ".join(each.nom for each in copied(dossier))[:250]


def readers_of_copies(dossier: Dossier) -> list[User]:
    """Who reads the copies there."""
    bodies = copied(dossier)
    rows = User.objects.filter(is_active=True, roles__organisation__in=bodies, roles__until=None)
    return list(rows.filter(roles__name__in=INSIDERS).distinct())
