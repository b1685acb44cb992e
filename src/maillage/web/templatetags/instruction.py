"""What who reviews finds on the first page of a dossier: its clock, who holds it, what is new, the gestures."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from maillage.apps.accounts import journal
from maillage.apps.accounts.models import User
from maillage.apps.dossiers import exchanging, history, reviewing
from maillage.apps.dossiers.asked_for import asked_for
from maillage.apps.dossiers.commissions import agenda
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.labels import labels_of
from maillage.apps.dossiers.models import AvisRequest, Dossier
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.permissions import holder_of, may_read_inside, may_review
from maillage.core.dossiers.path import Move
from maillage.web.dossiers.clock_words import clock_words

register = template.Library()

HERE = {"declarer_complet": "complet", "proposer": "proposer", "renvoyer": "renvoyer", "classer": "classer"}
"""Gestures done on the page itself, by the name of their address."""
PAGES = {
    "demander_pieces": "dossier_demander_pieces",
    "inscrire": "dossier_inscrire",
    "rendre_avis": "dossier_inscrire",
    "informer_commission": "dossier_inscrire",
    "accepter": "dossier_decision",
    "accepter_sous_conditions": "dossier_decision",
    "refuser": "dossier_decision",
    "demarrer": "dossier_decision",
    "realiser": "dossier_decision",
    "clore": "dossier_decision",
}
"""Gestures that have a page of their own."""
SAID_BY_THE_COMMISSION = ("rendre_avis", "informer_commission")
NEWS = 10


@dataclass(frozen=True)
class Gesture:
    """What may be done: a button here (``here``), or a link to its page."""

    move: Move
    here: str
    address: str


@register.inclusion_tag("dossiers/_resume_instruction.html", takes_context=True)
def resume_de_l_instruction(context: Context) -> dict[str, Any]:
    """The part of the summary of the authority; nothing for the others."""
    dossier, request = context["dossier"], context["request"]
    who: User = request.user
    if not may_read_inside(who, dossier):
        return {"dedans": False}
    now = timezone.now()
    return {
        "dedans": True,
        "dossier": dossier,
        "demande_faite": asked_for(dossier),
        "csrf_token": context.get("csrf_token"),
        "user": who,
        "horloge": clock_words(dossier, today=day_of(dossier, now)),
        "instruit": may_review(who, dossier),
        "responsable": holder_of(dossier),
        "responsables": list(reviewing.reviewers_of(dossier)),
        "etiquettes": list(dossier.labels.all()),
        "etiquettes_connues": labels_of(dossier.authority) if dossier.authority else [],
        "gestes": list(_gestures(who, dossier)),
        "demande": dossier.piece_requests.filter(answered_at=None).first(),
        "non_lus": exchanging.unread_of(who, dossier),
        "avis_attendus": _awaited(dossier),
        **_news(request, dossier),
    }


def _news(request: Any, dossier: Dossier) -> dict[str, Any]:
    """What others did since this person last opened the page; opening it is noted, looking ahead is not."""
    who = request.user
    seen = dossier.seen.filter(user=who).first()
    before = seen.visited_at if seen else None
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        exchanging.note_visit(dossier, by=who, at=timezone.now())
    if before is None:
        return {"depuis": None, "nouveautes": []}
    events = history.since(who, dossier, before)
    return {"depuis": before, "nouveautes": journal.lines(events[:NEWS]), "plus": max(events.count() - NEWS, 0)}


def _gestures(who: User, dossier: Dossier) -> Any:
    for move in moves_of(who, dossier):
        here = HERE.get(move.verb, "")
        address = "" if here else _address(move.verb, dossier)
        if here or address:
            yield Gesture(move, here, address)


def _address(verb: str, dossier: Dossier) -> str:
    """Its page; once a dossier is on an agenda, what the commission says of it is written on its item."""
    item = agenda.item_to_come(dossier) if verb in SAID_BY_THE_COMMISSION else None
    if item is not None:
        return reverse("web:commission_point", args=[item.session_id, item.pk])
    return reverse(f"web:{PAGES[verb]}", args=[dossier.pk]) if verb in PAGES else ""


def _awaited(dossier: Dossier) -> int:
    rows = AvisRequest.objects.filter(consultation__dossier=dossier, consultation__closed_at=None)
    return rows.filter(given_at=None, withdrawn_at=None).count()
