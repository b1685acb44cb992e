"""What happened lately in a structure, in words: who did what on what."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.projets.models import Projet

PERSON = "personne:"
SOMEONE = "Quelqu’un"


@dataclass(frozen=True)
class Act:
    """An event as the dashboard tells it (« Claire Martin », « ajouter : membre de l'équipe »)."""

    who: str
    what: str
    at: datetime.datetime


def acts(projet: Projet, *, most: int) -> list[Act]:
    """The last acts of the structure of a project, the newest first."""
    events = list(Event.objects.filter(scope=str(projet.structure.organisation_id))[:most])
    names = _names(events)
    return [Act(names.get(each.actor, SOMEONE), _what(each), each.at) for each in events]


def _names(events: Sequence[Event]) -> dict[str, str]:
    keys = {each.actor.removeprefix(PERSON) for each in events if each.actor.startswith(PERSON)}
    return {f"{PERSON}{user.pk}": str(user) for user in User.objects.filter(pk__in=_uuids(keys))}


def _uuids(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if len(key) == 36]


def _what(event: Event) -> str:
    try:
        subject = str(apps.get_model(event.subject_type)._meta.verbose_name)
    except LookupError:
        subject = event.subject_type
    return f"{event.verb} : {subject}"
