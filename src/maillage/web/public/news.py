"""What changes in the rules, read in the parameters themselves: nothing here is written by hand."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from maillage.core.kernel import french
from maillage.core.rules.listing import DOMAINS
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText

RECENT = datetime.timedelta(days=730)
MOST = 6


@dataclass(frozen=True)
class News:
    """Something that changed, or may have: since when, in which domain, what; ``path`` leads to one parameter."""

    since: datetime.date
    domain: str
    what: str
    to_confirm: bool
    path: str
    code: str


def recent_news(today: datetime.date) -> list[News]:
    """The latest changes, the most recent first: texts to check, then new values, one line by date and domain.

    The same sentence about several domains is said once, of the first.
    """
    texts = list(system().texts())
    found = sorted([*_to_check(texts), *_new_values(texts, today)], key=lambda news: news.since, reverse=True)
    return list({(news.since, news.what): news for news in reversed(found)}.values())[::-1][:MOST]


def _to_check(texts: list[ParameterText]) -> list[News]:
    found = {
        (text.to_check_from, text.to_check_reason, _code(text)): text
        for text in texts
        if text.to_check_from is not None
    }
    return [
        News(day, DOMAINS.get(code, ""), reason[:1].upper() + reason[1:], True, text.path, code)
        for (day, reason, code), text in found.items()
        if day is not None
    ]


def _new_values(texts: list[ParameterText], today: datetime.date) -> list[News]:
    groups: dict[tuple[datetime.date, str], list[tuple[ParameterText, str]]] = defaultdict(list)
    for text in texts:
        for dated in text.values:
            if today - RECENT <= dated.since <= today and dated.value is not None:
                groups[dated.since, _code(text)].append((text, french.quantity(dated.value, text.unit)))
    return [
        News(since, DOMAINS.get(code, ""), _sentence(changes), False, changes[0][0].path, code)
        for (since, code), changes in groups.items()
    ]


def _sentence(changes: list[tuple[ParameterText, str]]) -> str:
    (text, value), others = changes[0], len(changes) - 1
    more = f", et {others} autre{'s' if others > 1 else ''}" if others else ""
    return f"{text.label} : {value}{more}"


def _code(text: ParameterText) -> str:
    return text.path.split(".")[0]
