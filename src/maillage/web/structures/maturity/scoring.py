"""A round of scoring: each member alone, then all together."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.writing import NotNow
from maillage.apps.quality.maturity_models import MaturityRound
from maillage.apps.quality.maturity_queries import Line, dimensions, lines, own_levels, previous, round_of
from maillage.apps.quality.services import maturity
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.documents.radar import Curve, radar
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, read
from maillage.core.quality.maturity import TRANSITIONS, matrix
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import told
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person

PAGE = "web:structure_qualite_cotation"
LEVEL, NOTE = "niveau-{}", "note-{}"
WORDS = {
    "reveler": "Les niveaux de chacun sont montrés, sans les noms : retenez ensemble un niveau par dimension.",
    "annuler": "La cotation est annulée.",
    "clore": "La cotation est close. Notez ce que l’équipe va améliorer.",
    "rouvrir": "La cotation est rouverte pour corriger les niveaux retenus.",
}


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, cotation: uuid.UUID) -> HttpResponse:
    """A round, as far as its state lets this person see it."""
    return _page(request, structure, found(round_of(structure, cotation)))


@require_POST
@for_team
def give(request: HttpRequest, structure: Structure, cotation: uuid.UUID) -> HttpResponse:
    """The levels that a member gives alone."""
    row, by = found(round_of(structure, cotation)), person(request)
    if maturity.scorer(structure, by) is None:
        raise PermissionDenied
    levels = {each.pk: _level(request.POST.get(LEVEL.format(each.pk), "")) for each in dimensions(structure)}
    try:
        count = maturity.score(row, levels, by=by, at=now())
    except (NotNow, BadInput) as wrong:
        messages.error(request, _why(wrong))
    else:
        messages.success(request, f"{number(count)} {plural(count, 'niveau enregistré', 'niveaux enregistrés')}.")
    return redirect(PAGE, structure.pk, row.pk)


@require_POST
@for_team_writers
def settle(request: HttpRequest, structure: Structure, cotation: uuid.UUID) -> HttpResponse:
    """The levels that the team agreed on, all in one form."""
    row = found(round_of(structure, cotation))
    rows = lines(row)
    data = received(request, [NOTE.format(each.dimension.pk) for each in rows])
    if mask_asked(request):
        return _page(request, structure, row, data)
    try:
        agreed = {each.dimension.pk: _agreed(data, each.dimension.pk) for each in rows}
        maturity.agree(row, agreed, by=person(request), at=now())
    except (NotNow, BadInput) as wrong:
        return _page(request, structure, row, data, _why(wrong))
    messages.success(request, "Les niveaux retenus sont enregistrés.")
    return redirect(PAGE, structure.pk, row.pk)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, cotation: uuid.UUID, acte: str) -> HttpResponse:
    """Show the levels, close, open again, give up."""
    if acte not in TRANSITIONS:
        raise Http404
    row, by = found(round_of(structure, cotation)), person(request)
    done(request, lambda: maturity.move_round(row, acte, by=by, at=now()), WORDS[acte])
    return redirect(PAGE, structure.pk, row.pk)


def _page(
    request: HttpRequest, structure: Structure, row: MaturityRound, typed: QueryDict | None = None, refused: str = ""
) -> HttpResponse:
    who = person(request)
    member, rows = maturity.scorer(structure, who), lines(row)
    own = own_levels(row, member) if row.state == "ouverte" else {}
    context = {
        "structure": structure,
        "cotation": row,
        "peut_ecrire": may_edit(who, structure),
        "membre": member,
        "peut_coter": member is not None and row.state == "ouverte",
        "niveaux": range(1, row.top + 1),
        "axes": _axes(rows, own, typed),
        "equipe": structure.members.filter(left_on=None).count(),
        "avant": previous(row),
        "dessin": _drawn(row, rows),
        "ameliorations": row.improvements.select_related("owner", "dimension"),
        "refus": refused,
        "matrice": matrix(),
    }
    return render(request, "structures/qualite/cotation.html", context, status=422 if refused else 200)


def _axes(rows: list[Line], own: dict[int, int], typed: QueryDict | None) -> list[dict[str, Any]]:
    """The lines by axis, numbered as the radar numbers them."""
    ranked = list(enumerate(rows, start=1))
    found_in = [
        {
            "titre": axis.title,
            "lignes": [_line(rank, each, own, typed) for rank, each in ranked if each.dimension.axis == axis.code],
        }
        for axis in matrix().axes
    ]
    return [axis for axis in found_in if axis["lignes"]]


def _line(rank: int, each: Line, own: dict[int, int], typed: QueryDict | None) -> dict[str, Any]:
    key = each.dimension.pk
    kept = each.agreed.level if each.agreed else each.majority
    note = each.agreed.note if each.agreed else ""
    return {
        "rang": rank,
        "ligne": each,
        "mien": own.get(key),
        "champ": LEVEL.format(key),
        "note_champ": NOTE.format(key),
        "retenu": typed.get(LEVEL.format(key), "") if typed is not None else str(kept or ""),
        "note": typed.get(NOTE.format(key), "") if typed is not None else note,
        "repartition": [(level, count) for level, count in enumerate(each.counts, start=1) if count],
    }


def _drawn(row: MaturityRound, rows: list[Line]) -> str:
    """The radar of what was agreed, beside the last time; "" when nothing is agreed yet."""
    if not any(each.agreed for each in rows):
        return ""
    curves = [Curve(row.name, [each.agreed.level if each.agreed else None for each in rows])]
    last = previous(row)
    if last is not None:
        curves.append(Curve(last.name, [each.before for each in rows]))
    return radar(
        "Maturité de l’équipe, dimension par dimension", [str(each.dimension) for each in rows], curves, row.top
    )


def _level(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 2 else None


def _agreed(data: QueryDict, key: int) -> maturity.ConsensusFields:
    return read(
        maturity.ConsensusFields,
        {"level": _level(data.get(LEVEL.format(key), "")), "note": data.get(NOTE.format(key), "")},
    )


def _why(wrong: NotNow | BadInput) -> str:
    return str(wrong) if isinstance(wrong, NotNow) else " ".join(told(each) for each in wrong.problems)
