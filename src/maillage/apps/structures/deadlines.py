"""What a day awaits from a structure: each subject tells its own, the calendar gathers them all."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Due:
    """Something that a structure must have done, or that takes place, on a day.

    ``nature``: « contrat », « mandat », « document », « reunion »…; ``subject`` tells it from every other
    of the structure and does not change; ``page``: the path of the page below the structure (« reunions/<id>/ »);
    ``is_late_after``: whether it is late once the day is past (a meeting is not).
    """

    day: datetime.date
    nature: str
    subject: str
    what: str
    page: str
    is_late_after: bool = True
    starts_at: datetime.datetime | None = None
    minutes: int = 0
