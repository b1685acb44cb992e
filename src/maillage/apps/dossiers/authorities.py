"""Which organisation of this installation receives a kind of dossier, in a place."""

from maillage.apps.accounts.models import Organisation
from maillage.core.dossiers.definition import Definition

NAMES = {"ars": "l'ARS", "cpam": "la CPAM", "collectivite": "la collectivité"}


def authority_for(definition: Definition, region: str, departement: str) -> Organisation | None:
    """The open authority of a place (INSEE codes): the ARS of the region, else that of the département.

    ``None`` when this installation has none, or several collectivités between which nothing chooses.
    """
    rows = Organisation.objects.filter(kind=definition.autorite, closed_at=None)
    if definition.autorite == "ars":
        return rows.filter(region=region).order_by("created_at", "pk").first() if region else None
    if not departement:
        return None
    found = list(rows.filter(departement=departement).order_by("created_at", "pk")[:2])
    if definition.autorite == "collectivite" and len(found) > 1:
        return None
    return found[0] if found else None


def name_of(definition: Definition) -> str:
    """How the authority of a kind is called when no organisation is it here."""
    return NAMES[definition.autorite]
