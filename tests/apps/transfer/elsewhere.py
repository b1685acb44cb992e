"""Another installation: this one, without the structure."""

from maillage.apps.accounts.models import Role
from maillage.apps.structures.models import Structure
from maillage.apps.transfer.tables import SHARED, tables


def forget(structure: Structure) -> None:
    """Remove a structure with everything it holds, as if it had never been here."""
    organisation = structure.organisation
    for table in reversed(tables()):
        keys = list(table.rows(structure).values_list("pk", flat=True))
        table.model._default_manager.filter(pk__in=keys)._raw_delete("default")
    Role.objects.filter(organisation=organisation).delete()
    organisation.invitations.all().delete()
    organisation.delete()
    for model in SHARED:
        model._default_manager.all()._raw_delete("default")
