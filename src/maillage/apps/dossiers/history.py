"""What was done on a dossier, read from the log."""

import datetime

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside


def events_of(person: User, dossier: Dossier) -> QuerySet[Event]:
    """The acts on a dossier that a person may know, the latest first: all for the authority; for who files, those that
    are not internal; none for the others."""
    rows = Event.objects.filter(subject_type=Dossier._meta.label_lower, subject_id=str(dossier.pk))
    if may_read_inside(person, dossier):
        return rows
    if not is_of_the_filer(person, dossier):
        return rows.none()
    shared = Q(scope=str(dossier.filer_id))
    return rows.filter(shared) if dossier.filer_id != dossier.authority_id else rows.none()


def since(person: User, dossier: Dossier, moment: datetime.datetime) -> QuerySet[Event]:
    """What others did on a dossier after a moment."""
    return events_of(person, dossier).filter(at__gt=moment).exclude(actor=person.event_actor)
