"""Numbers given once, in order: of dossiers, of decisions."""

import datetime

from maillage.apps.dossiers.models import Counter


def next_number(prefix: str, region: str, day: datetime.date) -> str:
    """The next number (« PSC-53-2026-0007 ») of a prefix in a region and a year, within the transaction of the act."""
    key = f"{prefix}:{region}:{day.year}"
    Counter.objects.get_or_create(key=key)
    row = Counter.objects.select_for_update().get(key=key)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{prefix}-{region}-{day.year}-{row.last:04d}"
