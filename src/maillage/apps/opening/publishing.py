"""The public page of a structure: what it says, who shows it to everyone, and what anybody may read there."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import NotNow, changes, check_unchanged, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.opening.inputs import PublicPageFields
from maillage.apps.opening.models import Closure, Continuity, PublicPage
from maillage.apps.opening.queries import days_off, week_of
from maillage.apps.structures.consents import PublicMember, consents_of
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Site, Structure
from maillage.apps.structures.permissions import check_edits, check_runs
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.opening.closures import Period
from maillage.core.opening.now import Days, Standing, coming, standing
from maillage.core.opening.week import Spans

ANNOUNCED = 45
"""Days before a closure when the page announces it."""
LONGEST_SLUG = 60
TAKEN = Problem("slug", None, "une autre adresse : une structure a déjà celle-ci")


@dataclass(frozen=True)
class PublicPlace:
    """A place as everyone reads it."""

    site: Site
    week: Mapping[int, Spans]
    now: Standing
    closures: tuple[Closure, ...]
    told: Continuity | None


@dataclass(frozen=True)
class Shown:
    """All that the page shows at a moment of the structure's zone."""

    page: PublicPage
    moment: datetime.datetime
    places: tuple[PublicPlace, ...]
    members: tuple[PublicMember, ...]
    days_off: tuple[tuple[datetime.date, str], ...]


def page_of(structure: Structure) -> PublicPage | None:
    """The public page of a structure, published or not."""
    return PublicPage.objects.filter(structure=structure).select_related("structure__organisation").first()


def published(slug: str) -> PublicPage | None:
    """The page at this address that everyone may read, of a structure that is open."""
    rows = PublicPage.objects.filter(slug=slug, structure__organisation__closed_at=None)
    return rows.exclude(published_at=None).select_related("structure__organisation").first()


def published_slugs() -> list[str]:
    """The end of the address of every page that everyone may read."""
    rows = PublicPage.objects.filter(structure__organisation__closed_at=None).exclude(published_at=None)
    return list(rows.order_by("slug").values_list("slug", flat=True))


def proposed_slug(structure: Structure) -> str:
    """An address made of the name of the structure, that nobody has."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(structure.nom)).strip("-")[: LONGEST_SLUG - 3].strip("-") or structure.kind
    taken = set(PublicPage.objects.filter(slug__startswith=words).values_list("slug", flat=True))
    names = (words, *(f"{words}-{rank}" for rank in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


@transaction.atomic
def write_page(
    structure: Structure, fields: PublicPageFields, *, seen: str = "", by: User, at: datetime.datetime
) -> PublicPage:
    """Write what the page says. Raises :class:`BadInput` for an address that another structure has."""
    check_edits(by, structure, "écrire la page publique")
    held(structure)
    screened({"intro": fields.intro, "when_closed": fields.when_closed})
    if PublicPage.objects.filter(slug=fields.slug).exclude(structure=structure).exists():
        raise BadInput([TAKEN])
    row = PublicPage.objects.select_for_update().filter(structure=structure).first()
    if row is None:
        row = _saved(PublicPage(structure=structure, **fields.model_dump()))
        tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
        return row
    check_unchanged(row, seen)
    before = values(row)
    for name, value in fields.model_dump().items():
        setattr(row, name, value)
    _saved(row)
    changed = changes(before, values(row))
    if changed[1]:
        tell(structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


def _saved(row: PublicPage) -> PublicPage:
    """The page, written. Raises :class:`BadInput` when another structure took its address meanwhile."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadInput([TAKEN]) from None
    return row


@transaction.atomic
def publish(structure: Structure, *, by: User, at: datetime.datetime) -> PublicPage:
    """Show the page to everyone. Raises :class:`NotNow` when there is nothing to show."""
    check_runs(by, structure, "publier la page publique")
    row = _row(structure)
    if row.published_at is not None:
        raise NotNow("La page est déjà publiée.")
    if not structure.sites.exists():
        raise NotNow("Ajoutez d'abord un lieu : la page dit où et quand l'équipe reçoit.")
    row.published_at, row.published_by = at, by
    row.save()
    tell(structure, by=by, at=at, verb="publier", subject=row, after={"adresse": row.slug})
    return row


@transaction.atomic
def unpublish(structure: Structure, *, by: User, at: datetime.datetime) -> PublicPage:
    """Take the page away from everyone; what it says is kept. Raises :class:`NotNow`."""
    check_runs(by, structure, "retirer la page publique")
    row = _row(structure)
    if row.published_at is None:
        raise NotNow("La page n'est pas publiée.")
    row.published_at = row.published_by = None
    row.save()
    tell(structure, by=by, at=at, verb="dépublier", subject=row, after={"adresse": row.slug})
    return row


def _row(structure: Structure) -> PublicPage:
    held(structure)
    row = PublicPage.objects.select_for_update().filter(structure=structure).first()
    if row is None:
        raise NotNow("Écrivez d'abord la page : son adresse et ce qu'elle dit.")
    return row


def shown(page: PublicPage, *, at: datetime.datetime) -> Shown:
    """What a page shows at a moment, with a constant number of reads."""
    structure = page.structure
    moment = at.astimezone(zone_of(structure.region))
    off = days_off(structure, moment.year) | days_off(structure, moment.year + 1)
    sites = structure.sites.select_related("continuity").prefetch_related("hours", "closures")
    soon = moment.date() + datetime.timedelta(days=ANNOUNCED)
    return Shown(
        page=page,
        moment=moment,
        places=tuple(_place(site, off, moment) for site in sites),
        members=tuple(consents_of(structure)),
        days_off=tuple((day, name) for day, name in sorted(off.items()) if moment.date() <= day <= soon),
    )


def _place(site: Site, off: Mapping[datetime.date, str], moment: datetime.datetime) -> PublicPlace:
    told: Continuity | None = getattr(site, "continuity", None)
    rows = list(site.closures.all())
    closures = tuple(Period(each.since, each.until) for each in rows)
    soon = coming(closures, moment.date(), ANNOUNCED)
    open_then = {"": None, "ferme": False, "ouvert": True}[told.on_holidays if told else ""]
    week = week_of(site)
    now = standing(week, Days(closures, off, open_then), moment.replace(tzinfo=None))
    return PublicPlace(site, week, now, tuple(each for each in rows if Period(each.since, each.until) in soon), told)
