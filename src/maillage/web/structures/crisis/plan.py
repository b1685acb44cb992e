"""The crisis plan: what it says, what it still lacks, its texts, its sealed versions."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.fields import read_day
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.crisis import services
from maillage.apps.crisis.inputs import PlanFields
from maillage.apps.crisis.models import CrisisEvent, CrisisPlan
from maillage.apps.crisis.sealing import is_here, is_intact
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.activity import risks
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.missions import Mission, missions
from maillage.web.activite.common import exported, found, now
from maillage.web.activite.form import NOTHING, Refused, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.crisis.forms import LISTS, PLAN, REVIEW

ASKED = ("MSP-1.2a", "MSP-1.2b", "CPTS-MIS-4")
"""The lines of the agreements that a crisis plan answers to."""
HEADER = ("Nom", "Métier", "Pour quoi faire", "Disponibilité", "Comment joindre cette personne", "D'accord depuis le")
SHORT, PAGE = 12, 50
"""From how many names a list of people is searched, how many a page shows."""
BROKEN = "Ce document n'est plus celui qui a été scellé : prévenez qui tient l'installation."


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The plan as it stands; ``format`` exports who may be called."""
    plan = plan_of(structure)
    if kind := request.GET.get("format"):
        return export(exported(kind), "personnes-mobilisables", HEADER, exported_rows(plan))
    today = timezone.localdate()
    context = {
        "structure": structure,
        "plan": plan,
        "textes": [(field.label, getattr(plan, field.name), field.help) for field in PLAN] if plan else [],
        "listes": list(lists_of(plan, request.GET)),
        "risques": covered(plan),
        "source_risques": risks.source(),
        "versions": plan.versions.select_related("by").defer("pdf", "content") if plan else [],
        "evenements": CrisisEvent.objects.filter(structure=structure),
        "accord": asked_of(structure, today),
        "partis": gone(plan, today),
        "aujourdhui": today,
        "peut_ecrire": may_write(person(request), structure),
        "retire": request.session.pop("crise_retire", None),
    }
    return render(request, "structures/crise/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Write the texts of the plan."""
    plan, by, fields = plan_of(structure), person(request), (*PLAN, REVIEW)
    if request.method != "POST":
        typed = {field.name: getattr(plan, field.name, None) for field in fields}
        return _form(request, structure, plan, typed)
    typed = typed_in(received(request, services.SCREENED_PLAN), fields)
    if mask_asked(request):
        return _form(request, structure, plan, typed, Refused(seen=seen(request)))
    try:
        services.write_plan(structure, read(PlanFields, typed), seen=seen(request), by=by, at=now())
    except (BadInput, Changed, NotNow) as wrong:
        return _form(request, structure, plan, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, "Le plan est enregistré.")
    return redirect("web:structure_crise", structure.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def publish(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Seal the plan in a document, with the day of its review."""
    plan, by, typed = plan_of(structure), person(request), {"review_on": request.POST.get("review_on", "")}
    if request.method != "POST":
        return _publication(request, structure, plan, {})
    try:
        version = services.publish(structure, _day(typed["review_on"]), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        return _publication(request, structure, plan, typed, refusal(wrong, [REVIEW], typed), status=422)
    messages.success(request, f"La version {version.number} du plan est scellée.")
    return redirect("web:structure_crise", structure.pk)


@require_safe
@for_team
def version_pdf(request: HttpRequest, structure: Structure, numero: int) -> HttpResponse:
    """A sealed version as it was; one that was changed since is not given."""
    version = found(found(plan_of(structure)).versions.filter(number=numero).first())
    if not is_intact(version):
        messages.error(request, BROKEN)
        return redirect("web:structure_crise", structure.pk)
    disposition = {"Content-Disposition": f'attachment; filename="plan-de-crise-version-{version.number}.pdf"'}
    return HttpResponse(bytes(version.pdf), content_type="application/pdf", headers=disposition)


def plan_of(structure: Structure) -> CrisisPlan | None:
    """The plan of a structure, ``None`` before its first word."""
    return CrisisPlan.objects.filter(structure=structure).select_related("structure__organisation").first()


def lists_of(plan: CrisisPlan | None, asked: Mapping[str, str]) -> Any:
    """Each list of the plan, with its rows; a long list of people is searched (« q ») and comes by pages."""
    for code, listed in LISTS.items():
        rows, words = _rows(plan, code) if plan else [], asked.get("q", "") if code == "mobilisables" else ""
        wanted = fold(words).split()
        found_rows = [each for each in rows if all(word in fold(_words(each)) for word in wanted)] if wanted else rows
        page = Paginator(found_rows, PAGE).get_page(asked.get("page") if code == "mobilisables" else 1)
        shown = page if code == "mobilisables" else rows
        is_long = code == "mobilisables" and len(rows) > SHORT
        yield {
            "liste": listed,
            "lignes": shown,
            "page": page,
            "q": words,
            "est_longue": is_long,
            "total": len(rows),
            "suite": urlencode({"q": words}) if words else "",
        }


def gone(plan: CrisisPlan | None, day: datetime.date) -> list[str]:
    """The people of the plan who are of the team no more."""
    if plan is None:
        return []
    people = [each.member for each in plan.mobilisables.select_related("member")]
    for role in plan.roles.select_related("member", "deputy"):
        people += [each for each in (role.member, role.deputy) if each is not None]
    return sorted({str(each) for each in people if not is_here(each, day)})


def covered(plan: CrisisPlan | None) -> list[tuple[risks.Risk, int]]:
    """Each kind of risk, with the number of procedures that answer to it."""
    kept = list(plan.procedures.values_list("risk", flat=True)) if plan else []
    return [(risk, kept.count(code)) for code, risk in risks.risks().items()]


def asked_of(structure: Structure, day: datetime.date) -> list[Mission]:
    """What the agreement of the structure asks of a crisis plan, on a day."""
    return [each for each in missions(structure_code(structure.kind), day) if each.code in ASKED]


def exported_rows(plan: CrisisPlan | None) -> list[list[str]]:
    """Who may be called, as lines of a spreadsheet."""
    rows = plan.mobilisables.select_related("member") if plan else []
    return [
        [
            str(each.member), name_of(each.member.metier), each.skills, each.availability, each.reach,
            each.agreed_on.isoformat() if each.agreed_on else "",
        ]
        for each in rows
    ]  # fmt: skip


def _rows(plan: CrisisPlan, code: str) -> list[Any]:
    if code == "cellule":
        return list(plan.roles.select_related("member", "deputy"))
    if code == "mobilisables":
        return list(plan.mobilisables.select_related("member"))
    return list(plan.contacts.all() if code == "contacts" else plan.procedures.all())


def _words(row: Any) -> str:
    return f"{row} {name_of(row.member.metier)} {row.skills} {row.availability}"


def _day(text: str) -> datetime.date | None:
    try:
        return read_day(text)
    except ValueError as wrong:
        raise BadInput([Problem("review_on", text, str(wrong))]) from None


def _form(
    request: HttpRequest,
    structure: Structure,
    plan: CrisisPlan | None,
    typed: Any,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "titre": "Écrire le plan",
        "champs": filled((*PLAN, REVIEW), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(plan) if plan else ""),
        "bouton": "Enregistrer",
    }
    return render(request, "structures/crise/ecrire.html", context, status=status)


def _publication(
    request: HttpRequest,
    structure: Structure,
    plan: CrisisPlan | None,
    typed: Any,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    numero = plan.version + 1 if plan else 1
    context = {
        "structure": structure,
        "titre": "Sceller le plan",
        "annonce": f"La version {numero} sera scellée en PDF, avec ses listes. Vous pourrez encore changer le plan.",
        "champs": filled([REVIEW], typed, refused),
        "refus": refused,
        "bouton": "Sceller cette version",
    }
    return render(request, "structures/crise/ecrire.html", context, status=status)
