"""The verbs on the tools of a structure and on its counts of the month."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.records import GivenFile, entity_of, kept, locked
from maillage.apps.activity.writing import REMOVED, RESTORED, changes, check_unchanged, tell, values
from maillage.apps.common.repeats import just_written, sent_twice
from maillage.apps.common.screening import screened
from maillage.apps.digital.fields import MonthFields, ToolFields
from maillage.apps.digital.models import MonthlyCount, Tool, ToolUser
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les outils numériques"
COUNTS = "écrire les nombres du mois"
TEXTS = ("product", "vendor", "label_proof")
PLAIN = (*TEXTS, "use", "label", "label_on", "acquired_on", "renews_on", "ended_on", "licences", "link")


@transaction.atomic
def create_tool(
    structure: Structure, fields: ToolFields, *, file: GivenFile | None = None, by: User, at: datetime.datetime
) -> Tool:
    """Add a tool with who uses it. Raises :class:`PatientData` or :class:`BadInput`."""
    check_edits(by, structure, ACT)
    held(structure)
    if just_written(
        Tool.objects.filter(structure=structure, product=fields.product, use=fields.use, removed_at=None), at
    ):
        raise sent_twice("product", "un autre nom", "cet outil")
    tool = Tool(structure=structure)
    _fill(tool, fields, file, by=by, at=at)
    tool.save(force_insert=True)
    _write_users(tool, fields)
    tell(structure, by=by, at=at, verb="créer", subject=tool, after=_told(tool))
    return tool


@transaction.atomic
def write_tool(
    tool: Tool, fields: ToolFields, *, file: GivenFile | None = None, seen: str = "", by: User, at: datetime.datetime
) -> Tool:
    """Change a tool; its proof stays when no other is given. Raises :class:`Changed`, :class:`BadInput`."""
    check_edits(by, tool.structure, ACT)
    row = locked(tool)
    check_unchanged(row, seen)
    before = _told(row)
    _fill(row, fields, file, by=by, at=at)
    row.save()
    _write_users(row, fields)
    left, right = changes(before, _told(row))
    if right:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=left, after=right)
    return row


@transaction.atomic
def remove_tool(tool: Tool, *, back: bool = False, by: User, at: datetime.datetime) -> Tool:
    """Take out a tool typed by mistake, or (``back``) put it back."""
    check_edits(by, tool.structure, ACT)
    row = locked(tool)
    if back is (row.removed_at is None):
        return row
    before = values(row)["removed_at"]
    row.removed_at = None if back else at
    row.save(update_fields=["removed_at"])
    told = {"before": {"removed_at": before}, "after": {"removed_at": values(row)["removed_at"]}}
    tell(row.structure, by=by, at=at, verb=RESTORED if back else REMOVED, subject=row, **told)
    return row


@transaction.atomic
def write_months(
    structure: Structure,
    months: Sequence[MonthFields],
    *,
    source: MonthlyCount.Source = MonthlyCount.Source.SAISI,
    whole: bool = True,
    by: User,
    at: datetime.datetime,
) -> int:
    """Write the counts of some months; how many numbers changed.

    ``whole``: what is not given is no longer known; otherwise it stays as it was. Raises :class:`BadInput` for a
    month to come.
    """
    check_edits(by, structure, COUNTS)
    held(structure)
    today = timezone.localdate(at)
    late = [each.month for each in months if each.month > today]
    if late:
        raise BadInput([Problem("month", late[0].strftime("%m/%Y"), "un mois passé ou en cours")])
    return sum(_write_month(structure, each, source, whole=whole, by=by, at=at) for each in months)


def _write_month(
    structure: Structure,
    fields: MonthFields,
    source: MonthlyCount.Source,
    *,
    whole: bool,
    by: User,
    at: datetime.datetime,
) -> int:
    rows = MonthlyCount.objects.filter(structure=structure, month=fields.month)
    known = {each.kind: each for each in rows}
    changed = 0
    for kind in MonthlyCount.Kind.values:
        count, row = getattr(fields, kind), known.get(kind)
        if (row.count if row else None) == count or (count is None and not whole):
            continue
        changed += 1
        _write_count(structure, row, kind, fields.month, count, source=source, by=by, at=at)
    return changed


def _write_count(
    structure: Structure,
    row: MonthlyCount | None,
    kind: str,
    month: datetime.date,
    count: int | None,
    *,
    source: MonthlyCount.Source,
    by: User,
    at: datetime.datetime,
) -> None:
    before = values(row) if row else None
    if count is None and row is not None:
        tell(structure, by=by, at=at, verb=REMOVED, subject=row, before=before)
        row.delete()
        return
    written = row or MonthlyCount(structure=structure, kind=kind, month=month)
    written.count, written.source, written.at, written.by = count or 0, source, at, by
    written.save()
    verb = "modifier" if row else "créer"
    tell(structure, by=by, at=at, verb=verb, subject=written, before=before, after=values(written))


def _fill(tool: Tool, fields: ToolFields, file: GivenFile | None, *, by: User, at: datetime.datetime) -> None:
    screened({name: getattr(fields, name) for name in TEXTS})
    for name in PLAIN:
        setattr(tool, name, getattr(fields, name))
    tool.entity = entity_of(tool.structure, fields.entity)
    if file is not None:
        tool.proof = kept(tool.structure, file, by=by, at=at)


def _write_users(tool: Tool, fields: ToolFields) -> None:
    wanted = set(fields.users)
    known = set(tool.structure.members.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise BadInput([Problem("users", str(next(iter(wanted - known))), "des membres de l'équipe")])
    ToolUser.objects.filter(tool=tool).exclude(member__in=wanted).delete()
    present = set(ToolUser.objects.filter(tool=tool).values_list("member", flat=True))
    ToolUser.objects.bulk_create(ToolUser(tool=tool, member_id=key) for key in sorted(wanted - present, key=str))


def _told(tool: Tool) -> dict[str, object]:
    """A tool as the log keeps it."""
    users = ToolUser.objects.filter(tool=tool).values_list("member", flat=True)
    return {**values(tool), "utilisateurs": sorted(str(key) for key in users)}
