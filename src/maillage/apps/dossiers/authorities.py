"""Which organisation of this installation receives a kind of dossier, in a place."""

import uuid
from collections.abc import Collection

from maillage.apps.accounts.models import Organisation
from maillage.core.dossiers.definition import Definition

NAMES = {"ars": "l'ARS", "cpam": "la CPAM", "collectivite": "la collectivité"}
REGION = "la Région"


def authority_for(
    definition: Definition, region: str, departement: str, *, apart: Collection[uuid.UUID] = ()
) -> Organisation | None:
    """The open authority of a place (INSEE codes): the ARS or the Région of the region, else that of the département.

    ``apart``: who files and the structure itself, that never receive their own dossier. ``None`` when this
    installation has none, or several collectivités between which nothing chooses.
    """
    rows = Organisation.objects.filter(kind=definition.autorite, closed_at=None).exclude(pk__in=apart)
    if definition.autorite == "ars":
        return rows.filter(region=region).order_by("created_at", "pk").first() if region else None
    if definition.echelon == "region":
        # A Région covers its region whole: it has no département. A commune or a département has one.
        return _only(list(rows.filter(region=region, departement="")[:2])) if region else None
    if not departement:
        return None
    found = list(rows.filter(departement=departement).order_by("created_at", "pk")[:2])
    if definition.autorite == "collectivite":
        return _only(found)
    return found[0] if found else None


def name_of(definition: Definition) -> str:
    """How the authority of a kind is called when no organisation is it here."""
    return REGION if definition.echelon == "region" else NAMES[definition.autorite]


def absence_of(definition: Definition) -> str:
    """The sentence, without its end, that tells that the authority of a kind is not here."""
    name = name_of(definition)
    place = "" if definition.echelon == "region" else " de votre territoire"
    return f"{name[0].upper()}{name[1:]}{place} n'est pas encore présente dans Maillage"


def _only(found: list[Organisation]) -> Organisation | None:
    return found[0] if len(found) == 1 else None
