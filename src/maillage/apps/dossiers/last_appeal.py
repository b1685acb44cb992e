"""The ways to appeal that an authority wrote last for a kind of dossier: proposed again, never invented."""

import datetime
from dataclasses import dataclass

from maillage.apps.dossiers.models import Decision, Dossier


@dataclass(frozen=True)
class LastAppeal:
    """A text, the decision that it comes from, who took it and when."""

    text: str
    number: str
    author: str
    day: datetime.date


def last_appeal(dossier: Dossier) -> LastAppeal | None:
    """The last text that the authority of a dossier signed for its kind; ``None`` when it never signed any."""
    if dossier.authority_id is None:
        return None
    rows = Decision.objects.filter(dossier__authority=dossier.authority_id, dossier__kind=dossier.kind)
    rows = rows.filter(signed_on__isnull=False, withdrawn_at=None).exclude(appeal="").select_related("by")
    row = rows.order_by("-signed_on", "-at").first()
    if row is None:
        return None
    return LastAppeal(row.appeal, row.number, row.by.full_name if row.by else "", row.decided_on)
