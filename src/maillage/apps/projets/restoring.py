"""Bring back the texts of a version. The state before is frozen first, so that the return can be undone."""

import datetime
from dataclasses import replace

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.projets import sections
from maillage.apps.projets.contents import content_of
from maillage.apps.projets.models import Version
from maillage.apps.projets.permissions import may_freeze
from maillage.apps.projets.versions import has_changed_since, last_version, name_version, scope_of
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.comparison import Comparison, compare
from maillage.core.text import read


def would_change(version: Version) -> Comparison:
    """What a return to a version would change in the texts; team, actions and budget stay as they are."""
    return replace(compare(content_of(version.projet), version.content), tables=(), diagnosis=False)


@transaction.atomic
def restore(version: Version, *, by: User, at: datetime.datetime) -> int:
    """Write again the texts of a version, each as a new revision; returns how many came back.

    The project as it was is frozen first under « Avant le retour à la version N », unless the last version says the
    same. Raises :class:`NotAllowed`, :class:`BadInput` when the texts are already those of the version.
    """
    projet = version.projet
    if not may_freeze(by, projet):
        raise NotAllowed("revenir à une version")
    texts = {each["code"]: read(each["texte"]) for each in version.content["rubriques"]}
    rows = [each for each in projet.sections.all() if each.code in texts and read(each.body) != texts[each.code]]
    if not rows:
        raise BadInput([Problem("version", version.number, "une version dont les textes sont autres qu'aujourd'hui")])
    last = last_version(projet)
    if last is None or has_changed_since(last):
        name_version(projet, name=f"Avant le retour à la version {version.number}", by=by, at=at)
    for row in rows:
        sections.save(row, body=texts[row.code], base=row.revision, by=by, at=at)
    told = {"version": version.number, "rubriques": [row.code for row in rows]}
    record(by=by, at=at, verb="revenir à une version", subject=version, after=told, scope=scope_of(projet))
    return len(rows)
