"""The national protocols of cooperation: those that the team applies, who joined, what the agreement may pay."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.cooperation_facts import Applied, applied, terms_of
from maillage.apps.activity.inputs import CooperationFields, JoiningFields
from maillage.apps.activity.models import Cooperation, CooperationMember
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.services import cooperation as services
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, exported, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person

HEADER = ("Protocole national", "Appliqué depuis le", "Déclaré à l'ARS le", "Arrêté le", "Membre", "Métier", "Rôle",
    "Adhère depuis le", "Jusqu'au")  # fmt: skip
DAYS = (
    Field("starts_on", "Appliqué depuis le", "day", required=True),
    Field("declared_on", "Déclaré à l'ARS le", "day", "Laissez vide tant que la déclaration n'est pas faite."),
    Field("ends_on", "Arrêté le", "day"),
)


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The national protocols, with what the team needs for each."""
    if kind := request.GET.get("format"):
        return export(exported(kind), "protocoles-nationaux", HEADER, exported_rows(structure))
    return _page(request, structure)


@require_POST
@for_team_writers
def write(request: HttpRequest, structure: Structure, code: str) -> HttpResponse:
    """The days of a national protocol."""
    by, typed = person(request), typed_in(request.POST, DAYS)
    try:
        services.write_cooperation(structure, code, read(CooperationFields, typed), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        return _page(request, structure, code, typed, refusal(wrong, DAYS, typed), status=422)
    messages.success(request, "Le protocole national est enregistré.")
    return _back(structure, code)


@require_POST
@for_team_writers
def join(request: HttpRequest, structure: Structure, code: str) -> HttpResponse:
    """A member joins it."""
    row, by = _current(structure, code), person(request)

    def act() -> None:
        fields = {name: request.POST.get(name, "") for name in ("member", "part", "joined_on")}
        services.join(row, read(JoiningFields, fields), by=by, at=now())

    done(request, act, "L'adhésion est notée.")
    return _back(structure, code)


@require_POST
@for_team_writers
def leave(request: HttpRequest, structure: Structure, adhesion: int) -> HttpResponse:
    """A member leaves today; « annuler » takes it back."""
    rows = CooperationMember.objects.select_related("cooperation__structure__organisation")
    joined, by = found(rows.filter(pk=adhesion, cooperation__structure=structure).first()), person(request)
    if "annuler" in request.POST:
        done(request, lambda: services.rejoin(joined, by=by, at=now()), "L'adhésion continue.")
    else:
        today = timezone.localdate()
        done(request, lambda: services.leave(joined, today, by=by, at=now()), "L'adhésion finit aujourd'hui.")
    return _back(structure, joined.cooperation.code)


def exported_rows(structure: Structure) -> list[list[Any]]:
    """A line for each membership, or for the protocol when nobody joined it."""
    rows = []
    for each in applied(structure, timezone.localdate()):
        days = [_iso(getattr(each.row, name, None)) for name in ("starts_on", "declared_on", "ends_on")]
        for joined in each.people or [None]:
            rows.append([each.protocol.title, *days, *_person(joined)])
    return rows


def _person(joined: CooperationMember | None) -> list[str]:
    if joined is None:
        return [""] * 5
    metier = name_of(joined.member.metier)
    return [str(joined.member), metier, joined.get_part_display(), _iso(joined.joined_on), _iso(joined.left_on)]


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _current(structure: Structure, code: str) -> Cooperation:
    rows = structure.cooperations.select_related("structure__organisation")
    return found(rows.filter(code=code, ends_on=None).first())


def _back(structure: Structure, code: str) -> HttpResponse:
    return redirect(f"{redirect('web:structure_protocoles_nationaux', structure.pk).url}#{code}")


def _page(
    request: HttpRequest,
    structure: Structure,
    code: str = "",
    typed: dict[str, Any] | None = None,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    rows = applied(structure, today)
    context = {
        "structure": structure,
        "lignes": [_line(each, typed if each.protocol.code == code else None, refused) for each in rows],
        "compte": sum(1 for each in rows if each.counts),
        "accord": terms_of(structure, today),
        "equipe": structure.members.filter(left_on=None),
        "roles": CooperationMember.Part.choices,
        "aujourdhui": today.isoformat(),
        "peut_ecrire": may_write(person(request), structure),
    }
    return render(request, "structures/protocoles/nationaux.html", context, status=status)


def _line(each: Applied, typed: dict[str, Any] | None, refused: Refused) -> dict[str, Any]:
    current = each.row if each.row and each.row.ends_on is None else None
    kept = {field.name: getattr(current, field.name, None) for field in DAYS}
    given = kept if typed is None else typed
    return {
        "applique": each,
        "en_cours": current is not None,
        "delegues": [name_of(slug) for slug in each.protocol.delegated],
        "delegants": [name_of(slug) for slug in each.protocol.delegating],
        "manquent": [name_of(slug) for slug in each.missing],
        "champs": filled(DAYS, given, NOTHING if typed is None else refused),
        "refus": NOTHING if typed is None else refused,
    }
