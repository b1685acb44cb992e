"""What was done on a dossier, read from the log."""

import datetime

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside

PREPARING = frozenset({
    "commencer un dossier", "remplir le formulaire", "joindre une pièce", "retirer une pièce", "remettre une pièce",
    "choisir la version du projet", "confier le dépôt", "reprendre un dossier", "supprimer un brouillon",
})  # fmt: skip
"""The acts that write what is not sent yet: before a deposit, and after it. Only who files knows of them."""


def events_of(person: User, dossier: Dossier) -> QuerySet[Event]:
    """The acts on a dossier that a person may know, the latest first: for the authority, all but those of
    preparation; for who files, those that are not internal; none for the others."""
    rows = Event.objects.filter(subject_type=Dossier._meta.label_lower, subject_id=str(dossier.pk))
    if may_read_inside(person, dossier):
        return rows.exclude(verb__in=PREPARING)
    if not is_of_the_filer(person, dossier):
        return rows.none()
    shared = Q(scope=str(dossier.filer_id))
    return rows.filter(shared) if dossier.filer_id != dossier.authority_id else rows.none()


def since(person: User, dossier: Dossier, moment: datetime.datetime) -> QuerySet[Event]:
    """What others did on a dossier after a moment."""
    return events_of(person, dossier).filter(at__gt=moment).exclude(actor=person.event_actor)
