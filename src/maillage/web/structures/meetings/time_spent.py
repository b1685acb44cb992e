"""The time spent in meetings, and what it may give: by member, by métier, over a period."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.activity.fields import read_amount, read_day
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import (
    ELABORATION,
    HERE,
    MemberTime,
    closed_meetings,
    meetings_of,
    time_by_member,
    time_by_metier,
    time_spent,
)
from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.structures.models import Structure
from maillage.core.documents.meeting_files import statement_pdf
from maillage.core.kernel import french
from maillage.core.projet.elaboration import REASONS, Share, Statement, hours, statement, structure_code, terms
from maillage.web.activite.common import exported, query
from maillage.web.exports import export
from maillage.web.structures.access import of_structure, person
from maillage.web.structures.meetings.listing import TO_CLOSE
from maillage.web.structures.paging import paged

HEADER = (
    "Nom", "Métier", "Mode d'exercice", "Année", "Réunions", "Temps (minutes)", "Préparation comprise (minutes)",
    "Mandaté (minutes)", "Retenu (minutes)", "Montant (€)", "Remarque",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A period (both days included), kinds of meetings, the rate agreed with the ARS; what is wrong in them."""

    since: datetime.date | None
    until: datetime.date | None
    kinds: tuple[str, ...]
    rate: Decimal | None
    typed: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def pairs(self) -> dict[str, str]:
        """The same as an address carries it, kinds left out."""
        return {name: value for name, value in self.typed.items() if name not in self.errors}


@require_safe
@of_structure
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The time spent; ``format`` exports it as CSV, XLSX or PDF."""
    asked = _asked(request)
    meetings = closed_meetings(structure, since=asked.since, until=asked.until, kinds=asked.kinds)
    times = time_by_member(meetings)
    found = _statement(structure, times, asked)
    kind = request.GET.get("format", "")
    if kind == "pdf":
        return _pdf(request, structure, asked, meetings, times, found)
    if kind:
        return export(exported(kind), "temps-passe", HEADER, _rows(times, found))
    address = _address(asked)
    paging = paged(request, times, address)
    here = {str(time.member.pk) for time in paging["page"]}
    context = {
        "structure": structure,
        "demande": asked,
        "natures": [(code, label, code in asked.kinds) for code, label in Meeting.Kind.choices],
        "reunions": len(meetings),
        "a_clore": _to_close(request, structure),
        "lien_a_clore": query({"etat": TO_CLOSE}),
        **paging,
        "membres": [_member(time) for time in paging["page"]],
        "metiers": [(name_of(slug), people, hours(minutes)) for slug, people, minutes in time_by_metier(times)],
        "total": hours(sum(time.total for time in times)),
        "etat": found,
        "parts": [_share(share) for share in found.shares if share.spent.key in here],
        "retenu": hours(found.kept),
        "parametres": {"parametres": [use.as_dict() for use in found.parameters]},
        "reserves": [doubt.as_dict() for doubt in found.to_confirm],
        "exports": {name: f"{address}{'&' if address else '?'}format={name}" for name in ("csv", "xlsx", "pdf")},
    }
    return render(request, "structures/reunions/temps.html", context, status=422 if asked.errors else 200)


def _asked(request: HttpRequest) -> Asked:
    typed = {name: request.GET.get(name, "").strip() for name in ("du", "au", "tarif")}
    errors: dict[str, str] = {}

    def told(name: str, reader: Any) -> Any:
        try:
            return reader(typed[name])
        except ValueError as wrong:
            errors[name] = f"Attendu : {wrong}."
            return None

    since, until, rate = told("du", read_day), told("au", read_day), told("tarif", read_amount)
    if since and until and until < since:
        errors["au"] = "Attendu : une date qui ne précède pas le début."
    kinds = tuple(kind for kind in request.GET.getlist("nature") if kind in Meeting.Kind.values) or ELABORATION
    return Asked(since, until, tuple(str(kind) for kind in kinds), rate, typed, errors)


def _address(asked: Asked) -> str:
    kinds = "&".join(f"nature={kind}" for kind in asked.kinds)
    told = query(asked.pairs)
    return f"{told}&{kinds}" if told else f"?{kinds}"


def _statement(structure: Structure, times: list[MemberTime], asked: Asked) -> Statement:
    spent = time_spent(times)
    years = {each.year for each in spent}
    rules = terms(structure_code(structure.kind), structure.region, timezone.localdate(), years)
    return statement(rules, spent, agreed=asked.rate)


def _to_close(request: HttpRequest, structure: Structure) -> int:
    rows = meetings_of(person(request), structure)
    return rows.filter(state=Meeting.State.PREVUE, starts_at__lte=timezone.now()).count()


def _member(time: MemberTime) -> dict[str, Any]:
    return {
        "membre": time.member,
        "metier": name_of(time.member.metier),
        "reunions": time.meetings,
        "temps": hours(time.minutes),
        "preparation": hours(time.preparation) if time.preparation else "",
        "total": hours(time.total),
        "mandate": hours(time.mandated) if time.mandated else "",
    }


def _share(share: Share) -> dict[str, Any]:
    reason = "plafonné au plafond annuel de la sécurité sociale" if share.is_capped else REASONS[share.reason]
    return {
        "nom": share.spent.name,
        "annee": share.spent.year,
        "temps": hours(share.spent.minutes),
        "retenu": hours(share.kept),
        "montant": share.amount,
        "motif": reason,
    }


def _rows(times: list[MemberTime], found: Statement) -> list[list[Any]]:
    by_key = {str(time.member.pk): time for time in times}
    rows = []
    for share in found.shares:
        time = by_key[share.spent.key]
        rows.append(
            [
                share.spent.name,
                name_of(share.spent.metier),
                time.member.get_mode_display() if time.member.mode else "à préciser",
                share.spent.year,
                time.meetings,
                time.minutes,
                share.spent.minutes,
                share.spent.mandated,
                share.kept,
                french.UNKNOWN if share.amount is None else float(share.amount),
                _share(share)["motif"],
            ]
        )
    return rows


def _pdf(
    request: HttpRequest,
    structure: Structure,
    asked: Asked,
    meetings: list[Meeting],
    times: list[MemberTime],
    found: Statement,
) -> HttpResponse:
    content = statement_pdf(
        found,
        title=f"Temps passé à l'élaboration : {structure.nom}",
        period=_period(asked),
        professions=[(name_of(slug), people, minutes) for slug, people, minutes in time_by_metier(times)],
        meetings=[_told(meeting) for meeting in meetings],
        names={slug: names[0] for slug, names in metiers().items()},
        today=timezone.localdate(),
        address=request.build_absolute_uri(reverse("web:structure_reunions_temps", args=[structure.pk])),
    )
    disposition = {"Content-Disposition": 'attachment; filename="temps-passe.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def _period(asked: Asked) -> str:
    if asked.since and asked.until:
        return f"Réunions closes du {french.day(asked.since)} au {french.day(asked.until)}"
    if asked.since:
        return f"Réunions closes depuis le {french.day(asked.since)}"
    return f"Réunions closes jusqu'au {french.day(asked.until)}" if asked.until else "Toutes les réunions closes"


def _told(meeting: Meeting) -> dict[str, str]:
    sheet = next(iter(meeting.sheets.all()), None)
    present = sum(row.presence in HERE for row in meeting.attendances.all())
    return {
        "jour": french.day(timezone.localdate(meeting.starts_at)),
        "sujet": meeting.title,
        "presents": str(present),
        "empreinte": f"{sheet.fingerprint[:12]}…" if sheet else "",
    }
