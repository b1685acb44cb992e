"""The verbs on mandates: give, correct, end, open again."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import RESTORED, NotNow, check_unchanged, values
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.governance.inputs import EndFields, MandateFields
from maillage.apps.governance.models import Body, Mandate, Resolution
from maillage.apps.governance.writing import ACT, created, member_of, open_body, saved
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.assemblies import end_of_mandate


@transaction.atomic
def give_mandate(
    body: Body, fields: MandateFields, *, elected_in: Resolution | None = None, by: User, at: datetime.datetime
) -> Mandate:
    """Give a function to a member. Without an end, it lasts what the statutes say, when they were typed."""
    check_writes(by, body.structure, ACT)
    row = open_body(body)
    mandate = Mandate(body=row, elected_in=elected_in)
    _fill(mandate, fields)
    mandate.until = fields.until or end_of_mandate(fields.since, row.mandate_months)
    created(mandate, row.structure, by=by, at=at)
    return mandate


@transaction.atomic
def change_mandate(
    mandate: Mandate, fields: MandateFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Mandate:
    """Correct a mandate."""
    check_writes(by, mandate.body.structure, ACT)
    row, before = _locked(mandate)
    check_unchanged(row, seen)
    _fill(row, fields)
    row.until = fields.until
    saved(row, before, row.body.structure, by=by, at=at)
    return row


@transaction.atomic
def end_mandate(mandate: Mandate, fields: EndFields, *, by: User, at: datetime.datetime) -> Mandate:
    """End a mandate, on a day and for a reason."""
    check_writes(by, mandate.body.structure, ACT)
    row, before = _locked(mandate)
    if row.ended_on is not None:
        raise NotNow("Ce mandat est déjà terminé.")
    if fields.ended_on < row.since:
        raise BadInput([Problem("ended_on", None, "un jour qui ne précède pas le début du mandat")])
    row.ended_on, row.ended_why = fields.ended_on, fields.ended_why
    saved(row, before, row.body.structure, verb="terminer", by=by, at=at)
    return row


@transaction.atomic
def renew_mandate(mandate: Mandate, *, by: User, at: datetime.datetime) -> Mandate:
    """End a mandate at its term, today at the latest, and give the same again from that day."""
    check_writes(by, mandate.body.structure, ACT)
    row, _before = _locked(mandate)
    today = timezone.localdate(at)
    if row.member.left_on is not None and row.member.left_on <= today:
        raise NotNow(f"{row.member} a quitté l'équipe : terminez son mandat.")
    day = max(min(row.until or today, today), row.since)
    end_mandate(row, EndFields(ended_on=day, ended_why=Mandate.Why.RENOUVELE), by=by, at=at)
    fields = MandateFields(member=row.member_id, college=row.college_id, function=row.function, since=day)
    return give_mandate(row.body, fields, by=by, at=at)


@transaction.atomic
def resume_mandate(mandate: Mandate, *, by: User, at: datetime.datetime) -> Mandate:
    """Take back the end of a mandate."""
    check_writes(by, mandate.body.structure, ACT)
    row, before = _locked(mandate)
    row.ended_on, row.ended_why = None, ""
    saved(row, before, row.body.structure, verb=RESTORED, by=by, at=at)
    return row


def elected(election: Resolution, *, on: datetime.date, by: User, at: datetime.datetime) -> list[Mandate]:
    """The mandates that an election gives; who had the same function is renewed, so that it is held once.

    Call it in the transaction that counts the voices.
    """
    body = election.elects
    if body is None:
        return []
    won = list(election.candidates.filter(is_elected=True).select_related("member"))
    _renewed(body, {(each.member_id, each.function) for each in won}, on, by, at)
    return [
        give_mandate(
            body,
            MandateFields(member=each.member_id, function=each.function, since=on),
            elected_in=election,
            by=by,
            at=at,
        )
        for each in won
    ]


def _renewed(body: Body, won: Iterable[tuple[object, str]], on: datetime.date, by: User, at: datetime.datetime) -> None:
    wanted = set(won)
    for former in body.mandates.filter(ended_on=None, since__lte=on):
        if (former.member_id, former.function) in wanted:
            end_mandate(former, EndFields(ended_on=on, ended_why=Mandate.Why.RENOUVELE), by=by, at=at)


def _locked(mandate: Mandate) -> tuple[Mandate, dict[str, object]]:
    open_body(mandate.body)
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("body__structure__organisation")
    row = rows.get(pk=mandate.pk)
    return row, values(row)


def _fill(mandate: Mandate, fields: MandateFields) -> None:
    screened({"function": fields.function}, kinds=OF_A_NAME)
    mandate.member = member_of(mandate.body.structure, fields.member)
    mandate.college = None
    if fields.college is not None:
        mandate.college = mandate.body.colleges.filter(pk=fields.college).first()
        if mandate.college is None:
            raise BadInput([Problem("college", None, "un collège de cet organe")])
    mandate.function, mandate.since = fields.function, fields.since
