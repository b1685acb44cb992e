"""Days of a territory: what day it is there, its public holidays. The holidays are those of the library `holidays`.

No text of our sources says that a legal delay which ends on a day off is carried to the next working day: the end stays
where it is counted, and :func:`next_working_day` tells beside it the day when somebody can act.
"""

import datetime
import functools
from zoneinfo import ZoneInfo

import holidays

MAINLAND = "Europe/Paris"
ZONES_OF_REGIONS = {
    "01": "America/Guadeloupe",
    "02": "America/Martinique",
    "03": "America/Cayenne",
    "04": "Indian/Reunion",
    "06": "Indian/Mayotte",
}
"""Time zones of the overseas regions, by INSEE code; the others live at the time of Paris."""
SUBDIVISIONS_OF_REGIONS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}
SUBDIVISIONS_OF_DEPARTEMENTS = {"57": "57", "67": "6AE", "68": "6AE"}
"""Where other days are off: overseas, and in Alsace and Moselle."""
NAMES_OF_REGIONS = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
ALSACE_MOSELLE = "Alsace et Moselle"
ELSEWHERE = "métropole, hors Alsace et Moselle"
SATURDAY = 5


def zone_of(region: str) -> ZoneInfo:
    """The time zone of a region (INSEE code)."""
    return ZoneInfo(ZONES_OF_REGIONS.get(region, MAINLAND))


def day_in(region: str, moment: datetime.datetime) -> datetime.date:
    """The day that it is in a region at an aware moment. Raises ``ValueError`` when the moment has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("an aware moment is needed")
    return moment.astimezone(zone_of(region)).date()


@functools.lru_cache(maxsize=256)
def public_holidays(year: int, region: str, departement: str) -> dict[datetime.date, str]:
    """The public holidays of a year in a place (INSEE codes), with their French names."""
    place = SUBDIVISIONS_OF_REGIONS.get(region) or SUBDIVISIONS_OF_DEPARTEMENTS.get(departement)
    return dict(holidays.country_holidays("FR", subdiv=place, years=year, language="fr"))


def place_of_days(region: str, departement: str) -> str:
    """How a place is named when the days off of several are told together."""
    if region in NAMES_OF_REGIONS:
        return NAMES_OF_REGIONS[region]
    return ALSACE_MOSELLE if departement in SUBDIVISIONS_OF_DEPARTEMENTS else ELSEWHERE


def is_working_day(day: datetime.date, region: str, departement: str) -> bool:
    """Whether a day is neither a Saturday, nor a Sunday, nor a public holiday of the place."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year, region, departement)


def next_working_day(day: datetime.date, region: str, departement: str) -> datetime.date:
    """The day itself when it is a working one, else the first that follows it."""
    while not is_working_day(day, region, departement):
        day += datetime.timedelta(days=1)
    return day
