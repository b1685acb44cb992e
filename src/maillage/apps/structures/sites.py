"""The verbs on the places of a structure and their opening hours."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from django.db import transaction
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.holding import held
from maillage.apps.structures.hours import Span, write_day
from maillage.apps.structures.models import OpeningHours, Site, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import COMMUNE_CODE

ACT = "modifier les sites"
Week = Mapping[int, Sequence[Span]]
"""The spans of each day of the week; 0 is Monday, a day that is absent is closed."""


def _text(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", "").split())


def _name(value: Any) -> str:
    if not (text := _text(value)):
        raise ValueError("un nom de site (par exemple : cabinet de la gare)")
    return text


class SiteFields(BaseModel):
    """What is said of a place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nom: Annotated[str, BeforeValidator(_name), Field(max_length=200, title="Nom du site", validate_default=True)] = ""
    adresse: Annotated[str, BeforeValidator(_text), Field(max_length=250, title="Adresse")] = ""
    commune: str = Field(pattern=COMMUNE_CODE, title="Commune")


@transaction.atomic
def add_site(structure: Structure, fields: SiteFields, *, week: Week, by: User, at: datetime.datetime) -> Site:
    """Add a place with its hours. Raises :class:`NotAllowed`, :class:`PatientData`."""
    check_edits(by, structure, ACT)
    held(structure)
    screened({"nom": fields.nom, "adresse": fields.adresse})
    site = Site.objects.create(structure=structure, **fields.model_dump())
    _write_hours(site, week)
    record(by=by, at=at, verb="ajouter", subject=site, after=_told(site), scope=str(structure.organisation_id))
    return site


@transaction.atomic
def change_site(site: Site, fields: SiteFields, *, week: Week, by: User, at: datetime.datetime) -> Site:
    """Change a place and its hours. Raises :class:`NotAllowed`, :class:`PatientData`."""
    _held_row(site, by)
    screened({"nom": fields.nom, "adresse": fields.adresse})
    before = _told(site)
    for name, value in fields.model_dump().items():
        setattr(site, name, value)
    site.save()
    site.hours.all().delete()
    _write_hours(site, week)
    after = _told(site)
    if after != before:
        scope = str(site.structure.organisation_id)
        record(by=by, at=at, verb="modifier", subject=site, before=before, after=after, scope=scope)
    return site


@transaction.atomic
def remove_site(site: Site, *, by: User, at: datetime.datetime) -> None:
    """Remove a place; its members stay in the team, without a site. Raises :class:`NotAllowed`."""
    _held_row(site, by)
    scope = str(site.structure.organisation_id)
    record(by=by, at=at, verb="retirer", subject=site, before=_told(site), scope=scope)
    site.delete()


def _held_row(site: Site, by: User) -> None:
    """The place as it is now, nobody else writing in the structure. Raises :class:`NotAllowed`, ``DoesNotExist``."""
    check_edits(by, site.structure, ACT)
    held(site.structure)
    site.refresh_from_db()


def week_of(site: Site) -> dict[int, list[Span]]:
    """The hours of a place, day by day; a day that is absent is closed."""
    return _by_day(site.hours.all())


def _by_day(rows: Iterable[OpeningHours]) -> dict[int, list[Span]]:
    week: dict[int, list[Span]] = {}
    for each in rows:
        week.setdefault(each.weekday, []).append(Span(each.opens, each.closes))
    return week


def _write_hours(site: Site, week: Week) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, spans in week.items()
        for span in spans
    )


def _told(site: Site) -> dict[str, Any]:
    hours = {
        str(weekday): write_day(spans)
        for weekday, spans in sorted(_by_day(OpeningHours.objects.filter(site=site)).items())
    }
    return {"nom": site.nom, "adresse": site.adresse, "commune": site.commune, "horaires": hours}
