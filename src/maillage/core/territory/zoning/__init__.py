"""The class of each territory in the zonage of a profession, by the rules in force on a day."""

from maillage.core.territory.zoning.classes import Classification, Gauge, Unit, Zoned, classify

__all__ = ["Classification", "Gauge", "Unit", "Zoned", "classify"]
