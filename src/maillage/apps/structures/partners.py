"""The verbs on partner organisations: one comes, changes, ends."""

import datetime
from typing import Any

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_fields import PartnerFields
from maillage.apps.structures.belongings import scope
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Partner, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les partenaires"


@transaction.atomic
def add(structure: Structure, fields: PartnerFields, *, by: User, at: datetime.datetime) -> Partner:
    """Add a partner organisation. Raises :class:`NotAllowed`, :class:`BadInput` for one twice."""
    check_edits(by, structure, ACT)
    held(structure)
    partner = Partner(structure=structure, **fields.model_dump())
    _check(partner)
    partner.save()
    record(by=by, at=at, verb="ajouter", subject=partner, after=_told(partner), scope=scope(structure))
    return partner


@transaction.atomic
def change(partner: Partner, fields: PartnerFields, *, by: User, at: datetime.datetime) -> Partner:
    """Say what became of a partner organisation. Raises :class:`NotAllowed`, :class:`BadInput`."""
    structure = partner.structure
    check_edits(by, structure, ACT)
    held(structure)
    partner.refresh_from_db()
    before = _told(partner)
    for name, value in fields.model_dump().items():
        setattr(partner, name, value)
    _check(partner)
    if (after := _told(partner)) != before:
        partner.save()
        record(by=by, at=at, verb="modifier", subject=partner, before=before, after=after, scope=scope(structure))
    return partner


def _check(partner: Partner) -> None:
    screened({"nom": partner.nom, "nature": partner.nature})
    problems = []
    if partner.until is not None and partner.until < partner.since:
        problems.append(Problem("until", partner.until.isoformat(), "une date après le début"))
    same = Partner.objects.filter(structure=partner.structure, until=None, nom__iexact=partner.nom)
    if partner.until is None and same.exclude(pk=partner.pk).exists():
        problems.append(Problem("nom", partner.nom, "un organisme qui n'est pas déjà partenaire"))
    if problems:
        raise BadInput(problems)


def _told(partner: Partner) -> dict[str, Any]:
    return {
        "nom": partner.nom,
        "nature": partner.nature,
        "depuis_le": partner.since.isoformat(),
        "jusqu_au": partner.until.isoformat() if partner.until else None,
    }
