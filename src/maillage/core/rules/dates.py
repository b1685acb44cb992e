"""The days on which the rules can be asked: the same for the pages, the API and the command line."""

import datetime
import re

from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

FIRST_DAY = datetime.date(2010, 1, 1)
YEARS_AHEAD = 2
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def last_day(today: datetime.date) -> datetime.date:
    """The last day accepted. The 28th exists in every month: a 29 February stays a day two years later."""
    return today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))


def is_day(text: str) -> bool:
    """Whether ``text`` is a day of the calendar written AAAA-MM-JJ."""
    try:
        return bool(WRITTEN.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def check_day(day: datetime.date, *, today: datetime.date, field: str = "date") -> None:
    """Raise :class:`BadInput` on ``field`` when the rules say nothing of ``day``."""
    if not FIRST_DAY <= day <= last_day(today):
        expected = f"une date du {french.day(FIRST_DAY)} au {french.day(last_day(today))}"
        raise BadInput([Problem(field, day.isoformat(), expected)])


def read_day(text: str, *, today: datetime.date, field: str = "date") -> datetime.date:
    """The day written in ``text`` (AAAA-MM-JJ), within those accepted. Raises :class:`BadInput` on ``field``."""
    if not is_day(text):
        raise BadInput([Problem(field, text, "une date de la forme AAAA-MM-JJ, qui existe")])
    day = datetime.date.fromisoformat(text)
    check_day(day, today=today, field=field)
    return day
