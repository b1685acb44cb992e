"""The communes of the database, as the directories look for them."""

from maillage.apps.territories.directories.locating import Locator, Place
from maillage.apps.territories.models import Commune
from maillage.apps.territories.official.places import Places


def load_locator(places: Places) -> Locator:
    """Today's communes by code, former code, postal code and name, read once a loading."""
    names = Commune.objects.values_list("code", "nom_recherche", "departement_id")
    postal: dict[str, set[str]] = {}
    for code, commune in Commune.codes_postaux.through.objects.values_list("codepostal_id", "commune_id"):
        postal.setdefault(code, set()).add(commune)
    return Locator(
        places={code: Place(code, name, dep, places.parents.get(code, "")) for code, name, dep in names},
        heirs=places.former,
        postal={code: frozenset(communes) for code, communes in postal.items()},
    )
