"""The page where a decision is prepared, by who reviews, and taken, by who decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.dossiers.checking import checked, forbidding
from maillage.apps.dossiers.deciding import SENSES, Wanted, decide
from maillage.apps.dossiers.last_appeal import last_appeal
from maillage.apps.dossiers.letters import draft_body, model_of
from maillage.apps.dossiers.models import Dossier, Proposal
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.notifying import may_notify
from maillage.apps.dossiers.permissions import may_decide
from maillage.apps.dossiers.proposing import UNDER_WAY, save_proposal
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.letters import NAMES, typed
from maillage.core.kernel.problems import BadInput, read
from maillage.core.text import from_markdown
from maillage.core.text import read as read_text
from maillage.web.dossiers.access import for_insiders, person
from maillage.web.dossiers.decision.forms import (
    ConditionRow,
    DecisionForm,
    put,
    typed_conditions,
    wanted_conditions,
    with_blanks,
)
from maillage.web.dossiers.decision.page import FOLDER, choices_of
from maillage.web.screening import mask_asked, received

BLANKS, MORE_BLANKS = 2, 5
"""Empty lines for conditions, at first and once more are asked for."""
TAKEN = "Qui a déposé le dossier ne la voit pas encore : faites-la signer, puis notifiez-la."
TEXTS = ("motifs", "lettre", "recours", "condition")


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def prepare(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Write the draft of a decision; who decides takes it here."""
    if not may_notify(person(request), dossier):
        raise Http404
    if dossier.phase not in UNDER_WAY or dossier.decisions.filter(withdrawn_at=None).exists():
        messages.info(request, "La décision de ce dossier est prise.")
        return redirect("web:dossier_decision", dossier.pk)
    if request.method == "POST":
        return _posted(request, dossier)
    form, rows = _first(request, dossier)
    return _shown(request, dossier, form, with_blanks(rows, BLANKS))


def _posted(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    data = received(request, TEXTS)
    form, rows = _form(request, dossier, data), typed_conditions(data)
    act = data.get("acte", "")
    if mask_asked(request) or act == "ajouter":
        form.is_valid()
        return _shown(request, dossier, form, with_blanks(rows, MORE_BLANKS), status=200)
    if form.is_valid() and _done(request, dossier, form, rows, takes=act == "decider"):
        return redirect("web:dossier_decision", dossier.pk)
    return _shown(request, dossier, form, with_blanks(rows, BLANKS), status=422)


def _done(request: HttpRequest, dossier: Dossier, form: DecisionForm, rows: list[ConditionRow], *, takes: bool) -> bool:
    given, who = form.cleaned_data, person(request)
    try:
        wanted = read(
            Wanted,
            {
                "verb": given["decision"],
                "motives": given["motifs"],
                "appeal": given["recours"],
                "conditions": wanted_conditions(rows),
                "decided_on": given.get("decidee_le"),
                "body": from_markdown(given["lettre"]).as_dict() if given["lettre"].strip() else {},
                "letter_model": given["modele"],
                "is_confirmed": given["lettre_relue"],
                "signatory": given.get("signataire", ""),
                "quality": given.get("qualite", ""),
            },
        )
        if takes:
            made = decide(dossier, wanted, by=who, at=timezone.now())
            said = f"La décision {made.number} est prise. {TAKEN}"
        else:
            save_proposal(dossier, wanted, by=who, at=timezone.now())
            said = "Le projet de décision est enregistré."
    except BadInput as wrong:
        put(form, wrong)
        return False
    messages.success(request, said)
    return True


def _form(request: HttpRequest, dossier: Dossier, data: Any = None, **more: Any) -> DecisionForm:
    decides = may_decide(person(request), dossier)
    return DecisionForm(data, choices=choices_of(dossier), decides=decides, **more)


def _first(request: HttpRequest, dossier: Dossier) -> tuple[DecisionForm, list[ConditionRow]]:
    """The form at first: the draft that was saved, or the model of the decision that was chosen."""
    draft, today = Proposal.objects.filter(dossier=dossier).first(), timezone.localdate()
    asked = request.GET.get("decision", "")
    possible = [verb for verb, _words in choices_of(dossier)]
    last = last_appeal(dossier)
    verb = asked if asked in possible else draft.verb if draft else possible[0]
    kept = draft is not None and draft.verb == verb and draft.body
    body = read_text(draft.body) if draft is not None and kept else draft_body(dossier, verb, today=today)
    initial = {
        "decision": verb,
        "motifs": draft.motives if draft else "",
        "lettre": typed(body),
        "modele": draft.letter_model if draft is not None and kept else model_of(dossier, verb).code,
        "recours": draft.appeal if draft and draft.appeal else last.text if last else definition_of(dossier).recours,
    }
    rows = [
        ConditionRow(rank, each["text"], each.get("due_on") or "")
        for rank, each in enumerate(draft.conditions if draft else [], start=1)
    ]
    return _form(request, dossier, initial=initial), rows


def _shown(
    request: HttpRequest, dossier: Dossier, form: DecisionForm, rows: list[ConditionRow], *, status: int = 200
) -> HttpResponse:
    today, who = timezone.localdate(), person(request)
    verb = str(form["decision"].value() or "accepter")
    model = model_of(dossier, verb if verb in SENSES else "accepter")
    told = {
        "dossier": dossier,
        "formulaire": form,
        "conditions": rows,
        "choix": choices_of(dossier),
        "avec_conditions": any(each.text for each in rows) or "accepter_sous_conditions" in dict(choices_of(dossier)),
        "modele": model,
        "mots": NAMES,
        "recours_d_avant": last_appeal(dossier),
        "motifs_possibles": definition_of(dossier).motifs_de_refus,
        "verifications": [each for each in checked(dossier, today=today) if each.state != "remplie"],
        "bloquantes": forbidding(dossier, verb, today=today),
        "peut_decider": any(each.verb in SENSES for each in moves_of(who, dossier)),
        "decideur": may_decide(who, dossier),
        "donnees_patient": form.donnees_patient,
        "projet_enregistre": Proposal.objects.filter(dossier=dossier).exists(),
    }
    return render(request, f"{FOLDER}/preparer.html", told, status=status)
