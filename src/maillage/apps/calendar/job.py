"""What the site does by itself each time that its clock turns: that of the dossiers, then the letters of the week."""

import datetime
from dataclasses import replace

from maillage.apps.calendar.digest import readers, send_letters
from maillage.apps.dossiers import job


def turn(*, at: datetime.datetime) -> job.Turn:
    """Do what is due. Call it outside of any transaction."""
    done, letters = job.turn(at=at), send_letters(at=at)
    return replace(done, mails=done.mails + letters.sent, failed=done.failed + letters.failed)


def planned(*, at: datetime.datetime) -> job.Turn:
    """What a turn would do now; nothing is written nor sent."""
    due = job.planned(at=at)
    return replace(due, mails=due.mails + len(readers(at=at)))
