"""How long someone stayed in a meeting that they joined late or left early."""

import datetime


def stayed(start: datetime.datetime, minutes: int, arrived: datetime.time | None, left: datetime.time | None) -> int:
    """The minutes between the arrival and the departure, within a meeting; the whole of it when neither is told.

    ``start`` is at the place of the meeting, like both hours: past midnight, an hour is that of the day after. Raises
    ``ValueError`` in French for an hour out of the meeting or a departure before the arrival.

    >>> stayed(datetime.datetime(2026, 12, 1, 18, 30), 90, datetime.time.fromisoformat("18:45"), None)
    75
    """
    end = start + datetime.timedelta(minutes=minutes)
    began = _moment(start, end, arrived) if arrived is not None else start
    ended = _moment(start, end, left) if left is not None else end
    if ended < began:
        raise ValueError("un départ après l'arrivée")
    return int((ended - began).total_seconds()) // 60


def _moment(start: datetime.datetime, end: datetime.datetime, hour: datetime.time) -> datetime.datetime:
    moment = start.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    if moment < start and end.date() > start.date():
        moment += datetime.timedelta(days=1)
    if not start <= moment <= end:
        raise ValueError(f"une heure de la réunion, de {start:%H:%M} à {end:%H:%M}")
    return moment
