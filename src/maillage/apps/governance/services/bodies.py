"""The verbs on the bodies of the statutes: add, change, close, open again; their collèges and their rules."""

import datetime

from django.db import transaction
from django.db.models import ProtectedError

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, check_unchanged, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.governance.inputs import BodyFields, CollegeFields, RulesFields
from maillage.apps.governance.models import Body, College, Mandate, VotingRules
from maillage.apps.governance.writing import ACT, created, locked_body, open_body, saved
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem

Part = College | VotingRules | Mandate
"""What hangs from a body, and may be removed then put back."""
USED = "Cette ligne sert déjà dans une assemblée ou un mandat : elle ne se retire plus. Vous pouvez la modifier."
RUNNING = "Des mandats courent encore dans cet organe : terminez-les d'abord."


@transaction.atomic
def add_body(structure: Structure, fields: BodyFields, *, by: User, at: datetime.datetime) -> Body:
    """Add a body. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_writes(by, structure, ACT)
    body = Body(structure=structure)
    _fill_body(body, fields)
    created(body, structure, by=by, at=at)
    return body


@transaction.atomic
def change_body(body: Body, fields: BodyFields, *, seen: str = "", by: User, at: datetime.datetime) -> Body:
    """Change a body. Raises :class:`Changed` when someone wrote it since it was seen."""
    check_writes(by, body.structure, ACT)
    row = open_body(body)
    check_unchanged(row, seen)
    before = values(row)
    _fill_body(row, fields)
    saved(row, before, row.structure, by=by, at=at)
    return row


@transaction.atomic
def close_body(body: Body, *, on: datetime.date, by: User, at: datetime.datetime) -> Body:
    """Say that a body is no more since a day; its mandates and its assemblies stay to be read."""
    check_writes(by, body.structure, ACT)
    row = open_body(body)
    if row.mandates.filter(ended_on=None).exists():
        raise NotNow(RUNNING)
    before, row.closed_on = values(row), on
    saved(row, before, row.structure, verb="fermer", by=by, at=at)
    return row


@transaction.atomic
def reopen_body(body: Body, *, by: User, at: datetime.datetime) -> Body:
    """Open again a body that was closed."""
    check_writes(by, body.structure, ACT)
    row = locked_body(body)
    before, row.closed_on = values(row), None
    saved(row, before, row.structure, verb=RESTORED, by=by, at=at)
    return row


@transaction.atomic
def add_college(body: Body, fields: CollegeFields, *, by: User, at: datetime.datetime) -> College:
    """Add a collège to a body."""
    check_writes(by, body.structure, ACT)
    row = open_body(body)
    college = College(body=row)
    _fill_college(college, fields)
    created(college, row.structure, by=by, at=at)
    return college


@transaction.atomic
def change_college(
    college: College, fields: CollegeFields, *, seen: str = "", by: User, at: datetime.datetime
) -> College:
    """Change a collège."""
    check_writes(by, college.body.structure, ACT)
    body = open_body(college.body)
    row = College.objects.select_for_update(of=("self",)).get(pk=college.pk)
    check_unchanged(row, seen)
    before = values(row)
    _fill_college(row, fields)
    saved(row, before, body.structure, by=by, at=at)
    return row


@transaction.atomic
def add_rules(body: Body, fields: RulesFields, *, by: User, at: datetime.datetime) -> VotingRules:
    """Type once what the statutes say of the votes of a body."""
    check_writes(by, body.structure, ACT)
    row = open_body(body)
    rules = VotingRules(body=row)
    _fill_rules(rules, fields)
    created(rules, row.structure, by=by, at=at)
    return rules


@transaction.atomic
def change_rules(
    rules: VotingRules, fields: RulesFields, *, seen: str = "", by: User, at: datetime.datetime
) -> VotingRules:
    """Change the rules of a vote; what was voted keeps its result."""
    check_writes(by, rules.body.structure, ACT)
    body = open_body(rules.body)
    row = VotingRules.objects.select_for_update(of=("self",)).get(pk=rules.pk)
    check_unchanged(row, seen)
    before = values(row)
    _fill_rules(row, fields)
    saved(row, before, body.structure, by=by, at=at)
    return row


@transaction.atomic
def take_out(part: Part, *, by: User, at: datetime.datetime) -> str:
    """Remove a collège, rules or a mandate written by mistake; what is returned puts it back."""
    check_writes(by, part.body.structure, ACT)
    body, key, told = open_body(part.body), str(part.pk), values(part)
    try:
        part.delete()
    except ProtectedError:
        raise NotNow(USED) from None
    part.pk = key
    tell(body.structure, by=by, at=at, verb=REMOVED, subject=part, before=told)
    return key


@transaction.atomic
def put_back(model: type[Part], structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Part:
    """Put back what was removed, as it was. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, ACT)
    told = removed(model, identifier)
    body = None if told is None else structure.bodies.filter(pk=told["body_id"]).first()
    if told is None or body is None:
        raise NotNow("Il n'y a plus rien à rétablir.")
    open_body(body)
    college = told.get("college_id")
    if college and not body.colleges.filter(pk=college).exists():
        told["college_id"] = None
    row = model(pk=identifier, **{name: _read(model, name, value) for name, value in told.items()})
    created(row, structure, verb=RESTORED, by=by, at=at)
    return row


def _read(model: type[Part], name: str, value: object) -> object:
    """A value as the log holds it, back to what the field holds."""
    field = next(each for each in model._meta.concrete_fields if each.attname == name)
    return field.to_python(value) if field.get_internal_type() != "JSONField" else value


def _fill_body(body: Body, fields: BodyFields) -> None:
    screened({"nom": fields.nom})
    entity = None
    if fields.entity is not None:
        entity = body.structure.legal_entities.filter(pk=fields.entity).first()
        if entity is None:
            raise BadInput([Problem("entity", None, "une personne morale de la structure")])
    same = body.structure.bodies.filter(nom=fields.nom, entity=entity, closed_on=None)
    if same.exclude(pk=body.pk).exists():
        raise BadInput([Problem("nom", fields.nom, "un autre nom : cet organe existe déjà")])
    body.nom, body.kind, body.entity = fields.nom, fields.kind, entity
    body.seats, body.mandate_months = fields.seats, fields.mandate_months


def _fill_college(college: College, fields: CollegeFields) -> None:
    screened({"nom": fields.nom})
    if unknown := [slug for slug in fields.metiers if slug not in metiers()]:
        raise BadInput([Problem("metiers", unknown[0], "un métier de la liste")])
    college.nom, college.seats, college.weight = fields.nom, fields.seats, fields.weight
    college.metiers = list(fields.metiers)


def _fill_rules(rules: VotingRules, fields: RulesFields) -> None:
    screened({"nom": fields.nom, "article": fields.article})
    for name, value in fields.columns().items():
        setattr(rules, name, value)
