"""Tables of the territories: places, and what official files say of them, each with its vintage."""

from maillage.apps.territories.models.figures import Indicator, Series, Value
from maillage.apps.territories.models.offer import Facility, FacilityActivity, Practice, PracticeCount
from maillage.apps.territories.models.places import (
    CodePostal,
    Commune,
    Departement,
    Epci,
    FormerCommune,
    PopulationByAge,
    Region,
)
from maillage.apps.territories.models.sources import DataSource
from maillage.apps.territories.models.zones import Grouping, GroupMember, Qpv, Zoning

__all__ = [
    "CodePostal",
    "Commune",
    "DataSource",
    "Departement",
    "Epci",
    "Facility",
    "FacilityActivity",
    "FormerCommune",
    "GroupMember",
    "Grouping",
    "Indicator",
    "PopulationByAge",
    "Practice",
    "PracticeCount",
    "Qpv",
    "Region",
    "Series",
    "Value",
    "Zoning",
]
