"""The days of the tools of a structure."""

import datetime
from collections.abc import Iterator

from maillage.apps.digital.models import Tool
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The renewal of each tool in use, in a period."""
    rows = Tool.objects.filter(structure=structure, removed_at=None, ended_on=None)
    for tool in rows.filter(renews_on__gte=since, renews_on__lte=until):
        if tool.renews_on is not None:
            what = f"À renouveler : {tool.product}"
            yield Due(tool.renews_on, "numerique", f"outil-{tool.pk}", what, f"numerique/outils/{tool.pk}/")
