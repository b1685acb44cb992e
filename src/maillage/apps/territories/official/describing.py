"""Bring what the tables say of the indicators up to date with this version, without reading any file again."""

import datetime

from django.db import transaction

from maillage.apps.common.services import record
from maillage.apps.territories.models import Indicator
from maillage.apps.territories.official import equipment, indicators

FIELDS = [field.name for field in Indicator._meta.concrete_fields if field.name != "code"]


@transaction.atomic
def describe_again(*, by: str, at: datetime.datetime) -> int:
    """How many indicators of official files were described otherwise by an older version; those of others stay."""
    changed = 0
    for row in Indicator.objects.all():
        said = _described(row.code)
        before = {name: getattr(row, name) for name in FIELDS}
        after = {name: getattr(said, name) for name in FIELDS} if said else before
        if before == after:
            continue
        Indicator.objects.filter(pk=row.pk).update(**after)
        gap = [name for name in FIELDS if before[name] != after[name]]
        record(
            by=by,
            at=at,
            verb="decrire",
            subject=row,
            before={name: before[name] for name in gap},
            after={name: after[name] for name in gap},
        )
        changed += 1
    return changed


def _described(code: str) -> Indicator | None:
    try:
        return equipment.indicator(code) if code.startswith(equipment.PREFIX) else indicators.indicator(code)
    except KeyError:
        return None
