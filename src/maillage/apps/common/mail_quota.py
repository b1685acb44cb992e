"""How much mail one account, and one organisation, may send to others in a day; how often one reminder may leave.

Counted in the cache that every process of the site shares, by days of the site: nothing is kept of who was written to.
"""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from maillage.core.kernel.french import number
from maillage.core.kernel.problems import BadInput, Problem

KEPT = 2 * 24 * 3600
"""Seconds during which the count of a day is kept."""
PAUSE = datetime.timedelta(minutes=10)
"""Between two reminders of the same thing."""
TOO_SOON = "Une relance est partie il y a moins de 10 minutes : laissez le temps de la lire, puis recommencez."


class MailProblem(Problem):
    """More mail than a day allows, told as it is."""

    @property
    def message(self) -> str:
        """What happened, what to do."""
        return self.expected


class TooMuchMail(BadInput):
    """These messages would go beyond what a day allows: none of them leaves."""


def reserve(count: int, *, by: str, scope: str, at: datetime.datetime) -> None:
    """Count ``count`` messages to send, for the account ``by`` and the organisation ``scope`` (their keys).

    Raises :class:`TooMuchMail`, and counts nothing, when either would send more than a day allows.
    """
    asked = _limits(by, scope, at)
    sent = {key: int(cache.get(key, 0)) for key, _limit, _who in asked}
    for key, limit, who in asked:
        if count and sent[key] + count > limit:
            raise TooMuchMail([MailProblem("email", None, _told(who, limit, sent[key], count))])
    for key, already in sent.items():
        cache.set(key, already + count, KEPT)


def left(*, by: str, scope: str, at: datetime.datetime) -> int:
    """How many messages may still leave today, for this account and this organisation."""
    return max(min(limit - int(cache.get(key, 0)) for key, limit, _who in _limits(by, scope, at)), 0)


def _limits(by: str, scope: str, at: datetime.datetime) -> tuple[tuple[str, int, str], ...]:
    day = timezone.localtime(at).date().isoformat()
    return (
        (f"courriels:{day}:compte:{by}", settings.MAIL_PER_ACCOUNT, "votre compte"),
        (f"courriels:{day}:organisation:{scope}", settings.MAIL_PER_ORGANISATION, "votre organisation"),
    )


def may_remind(subject: str) -> bool:
    """Whether a reminder of this may leave now; if so, the next one waits for :data:`PAUSE`."""
    return cache.add(_reminder(subject), True, PAUSE.total_seconds())


def forget_reminder(subject: str) -> None:
    """Let a reminder leave at once: the one that was asked for did not."""
    cache.delete(_reminder(subject))


def _reminder(subject: str) -> str:
    return f"relance:{subject}"


def _told(who: str, limit: int, sent: int, count: int) -> str:
    left = max(limit - sent, 0)
    rest = (
        f"il en reste {number(left)} aujourd'hui, et il en faudrait {number(count)}" if left else "il n'en reste plus"
    )
    return f"Aucun message n'est parti : {who} peut en envoyer {number(limit)} par jour, {rest}. Recommencez demain."
