"""One item of a session: its dossier, its documents, conflicts of interest, voices, the avis."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.commissions import attendance, conflicts, debating
from maillage.apps.dossiers.commissions.content import item_quorum_said, title_of
from maillage.apps.dossiers.commissions.documents import documents_of
from maillage.apps.dossiers.commissions.holding import Sitting, people_of, quorum_of_item, seats_of, sittings
from maillage.apps.dossiers.commissions.rights import is_away, may_conduct, runs
from maillage.apps.dossiers.models import AgendaItem, ConflictOfInterest, Session, Vote
from maillage.apps.dossiers.queries import definition_of, visible_dossier
from maillage.core.dossiers.quorum import tally
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal
from maillage.web.dossiers.commissions.access import of_item
from maillage.web.dossiers.commissions.sessions import identifier
from maillage.web.projets.access import person
from maillage.web.screening import mask_asked, received

SENSES = [(code, label) for code, label in AgendaItem.Sense.choices if code in debating.SENSES]
TEXTS = ("reasons", "why", "reason")
FIELDS = {
    "sense": Field("sense", "Sens de l’avis", "select", choices=[("", "Choisir…"), *SENSES], required=True),
    "reasons": Field("reasons", "Motifs", "words", "Un avis est motivé. Aucune donnée de patient.", rows=5),
    "said": Field("reasons", "Ce qui a été dit", "words", "Facultatif. Aucune donnée de patient.", rows=4),
    "why": Field("why", "Raison de la correction", required=True),
    "part": Field("part", "Qui", "select", required=True),
    "reason": Field("reason", "Motif", help="Facultatif. Lu par la personne et par qui tient la commission."),
}
DONE = {
    "avis": "L’avis est enregistré.",
    "information": "L’information de la commission est enregistrée.",
    "corriger": "L’avis est corrigé.",
    "conflit": "Le conflit d’intérêts est déclaré : la personne ne voit plus ce dossier et ne vote pas.",
    "retirer-conflit": "La déclaration est retirée.",
    "voter": "Votre voix est enregistrée.",
    "voix": "Les voix sont enregistrées.",
    "remplacer": "Le suppléant siège sur ce point.",
    "reprendre": "Le titulaire siège de nouveau sur ce point.",
}


@require_safe
@of_item
def page(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """The item."""
    return _page(request, item)


@require_POST
@of_item
def act(request: HttpRequest, item: AgendaItem, acte: str) -> HttpResponse:
    """Declare a conflict of interest, vote, write the voices, the avis, its correction."""
    data = received(request, TEXTS)
    acts = _acts(data, item, person(request))
    if acte not in acts:
        raise Http404
    typed = {"acte": acte, **{name: data.get(name, "") for name in (*TEXTS, "sense", "part")}}
    if mask_asked(request):
        return _page(request, item, typed=typed)
    try:
        acts[acte]()
    except BadInput as wrong:
        return _page(request, item, refusal(wrong, list(FIELDS.values()), typed), typed=typed, status=422)
    messages.success(request, DONE[acte])
    if is_away(person(request), item.dossier):
        return redirect("web:commission_seance", item.session_id)
    return redirect("web:commission_point", item.session_id, item.pk)


def _acts(data: Mapping[str, Any], item: AgendaItem, by: User) -> dict[str, Callable[[], Any]]:
    at, session = timezone.now(), item.session
    reasons, sense, why = data.get("reasons", ""), data.get("sense", ""), data.get("why", "")
    told: Any = {"by": by, "at": at}
    return {
        "avis": lambda: debating.give_avis(session, item.pk, sense, reasons, **told),
        "information": lambda: debating.note_information(session, item.pk, reasons, **told),
        "corriger": lambda: debating.correct_avis(session, item.pk, sense, reasons, why, **told),
        "conflit": lambda: conflicts.declare(session, item.pk, data.get("part", ""), data.get("reason", ""), **told),
        "retirer-conflit": lambda: conflicts.withdraw(session, _number(data.get("conflit", "")), why, **told),
        "voter": lambda: debating.vote(session, item.pk, data.get("choice", ""), **told),
        "voix": lambda: debating.record_votes(session, item.pk, _voices(data, session), **told),
        "remplacer": lambda: attendance.replace(session, item.pk, identifier(data.get("siege", "")), True, **told),
        "reprendre": lambda: attendance.replace(session, item.pk, identifier(data.get("siege", "")), False, **told),
    }


def _voices(data: Mapping[str, Any], session: Session) -> dict[uuid.UUID, str]:
    return {each.pk: data[f"voix-{each.pk}"] for each in seats_of(session) if f"voix-{each.pk}" in data}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise Http404
    return int(text)


def _page(
    request: HttpRequest, item: AgendaItem, refused: Refused = NOTHING, *, typed: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    who, rows = person(request), sittings(item)
    conducts = may_conduct(who, item)
    state = item.session.state
    context = {
        "seance": item.session,
        "commission": item.session.commission,
        "point": item,
        "titre": title_of(item),
        "definition": definition_of(item.dossier),
        "dossier_ouvert": visible_dossier(who, item.dossier_id) is not None,
        "documents": [each for each in documents_of(who, item.session) if each.item_id == item.pk],
        "conduit": conducts,
        "tient": runs(who, item.session.commission),
        "ouverte": state == Session.State.OUVERTE,
        "ecrit": conducts and state in debating.WRITTEN,
        "refus": refused,
        **_forms(item, who, typed or {}, refused),
        **_conflicts(item, who),
        **_debate(item, rows, who),
    }
    return render(request, "dossiers/commissions/point.html", context, status=status)


def _forms(item: AgendaItem, who: User, typed: Mapping[str, Any], refused: Refused) -> dict[str, Any]:
    """The forms, each with what was typed in it when it was refused."""
    written = {"sense": item.sense, "reasons": item.reasons}

    def form(acte: str, *names: str) -> list[Field]:
        mine = typed.get("acte") == acte
        return filled([FIELDS[each] for each in names], typed if mine else written, refused if mine else NOTHING)

    parts = [("", "Choisir…"), *_parts(item, who)]
    conflict = [Field("part", "Qui", "select", choices=parts, required=True), FIELDS["reason"]]
    mine = typed.get("acte") == "conflit"
    return {
        "champs_avis": form("avis", "sense", "reasons"),
        "champs_information": form("information", "said"),
        "champs_correction": form("corriger", "sense", "reasons", "why"),
        "champs_conflit": filled(conflict, typed if mine else {}, refused if mine else NOTHING),
        "peut_declarer": len(parts) > 1 and item.session.state in conflicts.OPEN,
        "acte": typed.get("acte", ""),
    }


def _parts(item: AgendaItem, who: User) -> list[tuple[str, str]]:
    """Whose conflict this person may declare: anyone's for who runs the commission, their own otherwise."""
    every = runs(who, item.session.commission)
    return [
        (f"{seat.pk}:{each.holder}", f"{each.name}, {seat.represents} ({each.word})")
        for seat in seats_of(item.session)
        for each in people_of(seat)
        if every or (each.user is not None and each.user.pk == who.pk)
    ]


def _conflicts(item: AgendaItem, who: User) -> dict[str, Any]:
    """Those declared: their reason is for who runs the commission."""
    rows = ConflictOfInterest.objects.filter(dossier=item.dossier, seat__commission=item.session.commission)
    named = {(each.seat.pk, each.holder): each for seat in seats_of(item.session) for each in people_of(seat)}
    return {
        "conflits": [
            {"conflit": each, "personne": named.get((each.seat_id, each.holder))}
            for each in rows.select_related("seat", "declared_by")
        ],
    }


def _debate(item: AgendaItem, rows: list[Sitting], who: User) -> dict[str, Any]:
    voted, entitled, quorum = debating.votes_on(item), debating.entitled(item, rows), quorum_of_item(item, rows)
    leaves = item.session.commission.conflicts_leave_quorum
    given = {each.seat_id: each for each in item.votes.all()}
    counted = tally([each.choice for each in given.values()], len(entitled))
    mine = [each for each in entitled if each.holder and each.holder.user and each.holder.user.pk == who.pk]
    return {
        "sieges": rows,
        "remplacables": [each for each in rows if each.spare is not None and each.left],
        "remplaces": [each for each in rows if item.presences.filter(seat=each.seat, holder="suppleant").exists()],
        "quorum_dit": item_quorum_said(quorum, leaves),
        "regle_manque": quorum.differs and leaves is None,
        "vote": voted,
        "voix": [{"siege": each.seat, "qui": each.holder, "donnee": given.get(each.seat.pk)} for each in entitled],
        "bilan": counted,
        "choix": Vote.Choice.choices,
        "peut_voter": voted and bool(mine) and not any(each.seat.pk in given for each in mine),
        "deja_vote": any(each.seat.pk in given for each in mine),
    }
