"""One write at a time in a structure: who comes second waits, then sees what the first one wrote."""

from maillage.apps.structures.models import Structure


def held(structure: Structure) -> None:
    """Hold the row of a structure to the end of the transaction. Raises ``Structure.DoesNotExist``.

    ``no_key``: rows that only point to the structure are still written meanwhile. SQLite writes one at a time anyway.
    """
    Structure.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=structure.pk)
