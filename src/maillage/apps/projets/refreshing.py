"""Make the diagnosis of a project again with the data of the day, and what it changes in the text."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.diagnostics import services as diagnoses
from maillage.apps.diagnostics.queries import again
from maillage.apps.projets.drafts import texts_of
from maillage.apps.projets.models import Projet, Section
from maillage.apps.projets.permissions import may_write
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.diagnosis.changes import Change
from maillage.core.text import references


@dataclass(frozen=True)
class Used:
    """A figure of the text that changes, and the sections that show it."""

    change: Change
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Preview:
    """What a diagnosis made again would change: in the text, and elsewhere."""

    used: tuple[Used, ...] = ()
    others: tuple[Change, ...] = field(default=())
    figures: int = 0


def preview(projet: Projet, *, today: datetime.date) -> Preview:
    """What the diagnosis of a project would say with the data of today. Nothing is written.

    Raises :class:`BadInput` when one of its communes no longer exists, or when the project has no diagnosis.
    """
    if projet.diagnosis is None:
        raise BadInput([Problem("diagnostic", None, "un diagnostic du territoire, à choisir d'abord")])
    _found, changes = again(projet.diagnosis, today=today)
    shown = used_figures(projet)
    used = tuple(
        Used(each, tuple(shown[each.code])) for each in changes if each.kind == "chiffre" and each.code in shown
    )
    told = {id(each.change) for each in used}
    return Preview(used, tuple(each for each in changes if id(each) not in told), len(shown))


def used_figures(projet: Projet) -> dict[str, list[Section]]:
    """The figures that the text shows, each with the sections that show it."""
    found: dict[str, list[Section]] = {}
    for section, doc in texts_of(projet):
        for ref in references(doc).figures:
            found.setdefault(ref, []).append(section)
    return found


@transaction.atomic
def refresh(projet: Projet, *, by: User, at: datetime.datetime, today: datetime.date) -> Projet:
    """Make the diagnosis of a project again; the text shows its figures from now on. The former one is kept.

    Raises :class:`NotAllowed`, and :class:`BadInput` as :func:`preview`.
    """
    row = Projet.objects.select_for_update(of=("self",)).select_related("structure__organisation", "diagnosis")
    found = row.get(pk=projet.pk)
    if not may_write(by, found):
        raise NotAllowed("actualiser le diagnostic de ce projet")
    if found.diagnosis is None:
        raise BadInput([Problem("diagnostic", None, "un diagnostic du territoire, à choisir d'abord")])
    before = found.diagnosis
    found.diagnosis = diagnoses.redo(before, by=by.event_actor, at=at, today=today)
    found.save(update_fields=["diagnosis"])
    record(
        by=by,
        at=at,
        verb="actualiser le diagnostic",
        subject=found,
        scope=str(found.structure.organisation_id),
        before={"millesimes": before.fingerprint},
        after={"millesimes": found.diagnosis.fingerprint},
    )
    return found
