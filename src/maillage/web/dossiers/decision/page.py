"""« Décision »: what is proposed, decided, signed, notified; what follows. Who filed reads what is notified only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.checking import forbidding
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.copies import copied_to
from maillage.apps.dossiers.deciding import SENSES
from maillage.apps.dossiers.following import STEPS
from maillage.apps.dossiers.letters import SILENCES
from maillage.apps.dossiers.models import Condition, Decision, Dossier, Proposal, Recognition
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.notifying import may_notify, waits_of
from maillage.apps.dossiers.permissions import may_decide, may_read_inside
from maillage.apps.dossiers.proposing import UNDER_WAY
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.definition import VERBS
from maillage.core.kernel import french
from maillage.web.dossiers.access import of_dossier, person

FOLDER = "dossiers/decision"


@dataclass(frozen=True)
class ConditionLine:
    """A condition and where it stands."""

    condition: Condition
    colour: str
    icon: str
    word: str


@require_safe
@of_dossier
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The tab « Décision »."""
    return render(request, f"{FOLDER}/page.html", context(person(request), dossier))


def context(who: User, dossier: Dossier) -> dict[str, Any]:
    """What the tab shows to a person."""
    today, inside = timezone.localdate(), may_read_inside(who, dossier)
    definition, rows = definition_of(dossier), decisions_of(who, dossier)
    current = next((each for each in rows if each.withdrawn_at is None), None)
    recognition = recognition_of(dossier) if current is not None else None
    acts, is_open = may_notify(who, dossier), current is None and dossier.phase in UNDER_WAY
    return {
        "dossier": dossier,
        "definition": definition,
        "dedans": inside,
        "decision": current,
        "retirees": [each for each in rows if each.withdrawn_at is not None],
        "conditions": list(conditions_of(current, today)) if current else [],
        "reconnaissance": recognition,
        "adhesion": getattr(current, "agreement", None) if current else None,
        "proposition": Proposal.objects.filter(dossier=dossier).first() if inside else None,
        "propose": proposed(dossier) if inside else "",
        "peut_preparer": acts and is_open,
        "peut_agir": acts,
        "attendus": waits_of(current) if acts and current and not current.notified_at else (),
        "peut_decider": may_decide(who, dossier),
        "etapes": [each for each in moves_of(who, dossier) if each.verb in STEPS and _is_step(each.verb, recognition)],
        "copies": copied_to(dossier),
        "horloge": clock_of(dossier, today=today) if dossier.phase in UNDER_WAY else None,
        "silence": SILENCES[definition.delai.silence] if definition.delai else "",
        "bloquantes": forbidding(dossier, "accepter", today=today) if is_open and inside else (),
    }


def decisions_of(who: User, dossier: Dossier) -> list[Decision]:
    """The decisions that a person may read: those notified; all of them for the authority."""
    rows = dossier.decisions.select_related("by", "letter", "signed").order_by("-at", "pk")
    if not may_read_inside(who, dossier):
        rows = rows.exclude(notified_at=None)
    return list(rows)


def recognition_of(dossier: Dossier) -> Recognition | None:
    """What a decision of this dossier made recognised, in force or ended."""
    rows = Recognition.objects.filter(decision__dossier=dossier, decision__withdrawn_at=None)
    return rows.select_related("decision").order_by("-since", "pk").first()


def conditions_of(decision: Decision, today: Any) -> Iterator[ConditionLine]:
    """The conditions of a decision: met, late, to come."""
    for each in decision.conditions.all():
        if each.met_on is not None:
            yield ConditionLine(each, "ok", "remplie", f"Remplie le {french.day(each.met_on)}")
        elif each.due_on is not None and each.due_on < today:
            yield ConditionLine(each, "no", "manquante", "En retard")
        else:
            yield ConditionLine(each, "todo", "a_venir", "À remplir")


def choices_of(dossier: Dossier) -> list[tuple[str, str]]:
    """The decisions that the path of a kind knows, with its words."""
    told = {each.verbe: each.libelle or VERBS[each.verbe] for each in definition_of(dossier).transitions}
    return [(verb, told[verb]) for verb in SENSES if verb in told]


def proposed(dossier: Dossier) -> str:
    """The words of the decision that is proposed."""
    draft = Proposal.objects.filter(dossier=dossier).first()
    return dict(choices_of(dossier)).get(draft.verb, "") if draft is not None else ""


def _is_step(verb: str, recognition: Recognition | None) -> bool:
    """A recognised structure is closed by the end of its recognition."""
    return verb != "clore" or recognition is None or recognition.until is not None
