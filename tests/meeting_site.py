"""Fill an empty database with the small world and a team of 400: run by the journeys, prints what they need as JSON."""

import django
from tests import text_site

COUNT = 400


def main() -> None:
    """The world of the texts, then the team."""
    django.setup()
    from tests import cast

    from maillage.apps.structures.models import Member, Structure

    text_site.main(0)
    structure = Structure.objects.get(nom="MSP de Redon")
    told = {"structure": structure, "metier": "infirmier", "joined_on": cast.TODAY}
    Member.objects.bulk_create([Member(nom=f"Nom{rank:03d}", prenom="Prune", **told) for rank in range(COUNT)])


if __name__ == "__main__":
    main()
