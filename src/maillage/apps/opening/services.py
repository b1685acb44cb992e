"""The verbs on opening: close a place for some days, say the school holidays, say what happens when it is closed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, check_unchanged, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.opening.inputs import ClosureFields, ContinuityFields
from maillage.apps.opening.models import Closure, Continuity, SchoolHoliday
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Site, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.opening.typed import Named

SCREENED = ("unscheduled_by", "when_closed", "how_to_come", "accessibility")
ACT = "dire quand un lieu ferme"


@transaction.atomic
def close_places(structure: Structure, fields: ClosureFields, *, by: User, at: datetime.datetime) -> list[Closure]:
    """Close some places for some days. Raises :class:`BadInput` for a place that is not of the structure."""
    check_edits(by, structure, ACT)
    held(structure)
    screened({"note": fields.note})
    sites = list(Site.objects.filter(structure=structure, pk__in=fields.sites))
    if len(sites) != len(fields.sites):
        raise BadInput([Problem("sites", None, "des lieux de la structure")])
    told = {"since": fields.since, "until": fields.last}
    if already := _closed_among(sites, fields.since, fields.last):
        raise BadInput([Problem("since", None, f"d'autres jours : « {already.site} » est déjà fermé ({already})")])
    rows = [Closure.objects.create(site=site, kind=fields.kind, note=fields.note, **told) for site in sites]
    for row in rows:
        tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
    return rows


@transaction.atomic
def reopen(closure: Closure, *, by: User, at: datetime.datetime) -> str:
    """Remove a closure; what is returned puts it back."""
    structure = closure.site.structure
    check_edits(by, structure, ACT)
    held(structure)
    row = Closure.objects.select_for_update().get(pk=closure.pk)
    tell(structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(closure.pk)


@transaction.atomic
def close_again(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Closure:
    """Undo the removal of a closure. Raises :class:`NotNow` when there is nothing to put back."""
    check_edits(by, structure, ACT)
    held(structure)
    kept = removed(Closure, identifier)
    site = Site.objects.filter(structure=structure, pk=kept["site_id"]).first() if kept else None
    if kept is None or site is None:
        raise NotNow("Cette fermeture n'est plus à rétablir.")
    days = {"site": site, "since": kept["since"], "until": kept["until"]}
    if already := _closed_among([site], kept["since"], kept["until"]):
        raise NotNow(f"« {site} » est déjà fermé ces jours-là ({already}).")
    row = Closure(pk=int(identifier), kind=kept["kind"], note=kept["note"], **days)
    row.save(force_insert=True)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


def _closed_among(sites: Sequence[Site], since: datetime.date | str, until: datetime.date | str) -> Closure | None:
    """A closure of these places that has a day among these ones: each day is said closed once."""
    rows = Closure.objects.filter(site__in=sites, since__lte=until, until__gte=since)
    return rows.select_related("site").first()


@transaction.atomic
def write_school_holidays(structure: Structure, periods: Sequence[Named], *, by: User, at: datetime.datetime) -> None:
    """Give the structure these school holidays, in the place of those that it had."""
    check_edits(by, structure, "dire les vacances scolaires")
    held(structure)
    screened({"vacances": "\n".join(each.name for each in periods)})
    before = told_holidays(structure)
    structure.school_holidays.all().delete()
    SchoolHoliday.objects.bulk_create(
        SchoolHoliday(structure=structure, name=each.name, since=each.period.since, until=each.period.until)
        for each in periods
    )
    after = told_holidays(structure)
    if after != before:
        sides: dict[str, Any] = {"before": {"vacances scolaires": before}, "after": {"vacances scolaires": after}}
        tell(structure, by=by, at=at, verb="modifier", subject=structure, **sides)


def told_holidays(structure: Structure) -> list[str]:
    """The school holidays of a structure, in words."""
    return [f"{each.name} : {each.since:%d/%m/%Y} – {each.until:%d/%m/%Y}" for each in structure.school_holidays.all()]


@transaction.atomic
def write_continuity(
    site: Site, fields: ContinuityFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Continuity:
    """Say what a place does without an appointment and when it is closed. Raises :class:`Changed`."""
    structure = site.structure
    check_edits(by, structure, "dire la continuité des soins")
    held(structure)
    screened({name: getattr(fields, name) for name in SCREENED})
    row = Continuity.objects.select_for_update().filter(site=site).first()
    if row is None:
        row = Continuity.objects.create(site=site, **fields.model_dump())
        tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
        return row
    check_unchanged(row, seen)
    before = values(row)
    for name, value in fields.model_dump().items():
        setattr(row, name, value)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row
