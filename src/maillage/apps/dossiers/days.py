"""The day that it is where a dossier is filed: legal delays are counted in days of the territory."""

import datetime

from maillage.apps.dossiers.models import Dossier
from maillage.core.dossiers.calendar import day_in


def day_of(dossier: Dossier, at: datetime.datetime) -> datetime.date:
    """The day that it is in the region of a dossier at an aware moment."""
    return day_in(dossier.region, at)
