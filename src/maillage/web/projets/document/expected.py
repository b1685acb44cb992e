"""What a heading is expected to hold, for the rail beside the text."""

from typing import TYPE_CHECKING

from django.utils import timezone

from maillage.apps.projets.models import Projet

if TYPE_CHECKING:
    from maillage.core.projet.headings import Heading


def expected_of(projet: Projet, code: str) -> "Heading | None":
    """The heading of this code for the structure and the region of a project; ``None`` when it has none any more."""
    from maillage.core.projet.headings import headings_of  # The rules take a second to import.

    structure = projet.structure
    found = headings_of(structure.kind, structure.region, timezone.localdate())
    return next((each for each in found if each.code == code), None)
