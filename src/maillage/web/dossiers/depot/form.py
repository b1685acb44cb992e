"""The form of a dossier, built from its definition: saved as a whole, or field by field as one types (htmx)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.common.screening import PatientData, PatientDataProblem
from maillage.apps.dossiers.answering import communes_in
from maillage.apps.dossiers.answering import received as answers_received
from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.drafting import Overtaken, write_answers
from maillage.apps.dossiers.frozen import last_deposit
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.opening import sending_verb
from maillage.apps.dossiers.permissions import is_of_the_filer, may_draft
from maillage.apps.dossiers.prefill import prefilled
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.answers import asked, counted, said
from maillage.core.dossiers.definition import FieldData
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.dossiers.access import of_dossier, person
from maillage.web.dossiers.depot import fields
from maillage.web.dossiers.depot.fields import Seen, Sent, Shown
from maillage.web.screening import IN_THE_FIELD, Stopped, mask_asked, received, stopped

PAGE = "dossiers/depot/formulaire.html"
SAVED = "dossiers/depot/_enregistre.html"
LEAVING = "continuer"


@dataclass(frozen=True)
class Received:
    """What one sending of the form held. ``shown``: the questions that the page had; ``changed``: those touched."""

    seen: Mapping[str, Seen] = field(default_factory=dict)
    sent: Mapping[str, Sent] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Any] = field(default_factory=dict)
    notice: str = ""
    patients: tuple[Stopped, ...] = ()

    @property
    def changed(self) -> dict[str, Sent]:
        """What its author changed."""
        return {code: each for code, each in self.sent.items() if not fields.same(self.seen[code].typed, each.typed)}

    @property
    def is_refused(self) -> bool:
        """Whether something was not kept."""
        return bool(self.errors or self.others or self.notice or self.patients)

    @property
    def other_faults(self) -> bool:
        """Whether something else than what may tell a patient was not kept."""
        return bool(self.others or self.notice or set(self.errors) - {each.field for each in self.patients})


NOTHING = Received()


@require_http_methods(["GET", "HEAD", "POST"])
@of_dossier
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The form for who may write it, the answers for the others; POST saves what its author changed."""
    who = person(request)
    writes = may_draft(who, dossier) and sending_verb(dossier) is not None
    if request.method == "POST":
        if not may_draft(who, dossier):
            raise PermissionDenied
        return _saved(request, dossier)
    if not writes:
        return render(request, PAGE, _read(request, dossier))
    return render(request, PAGE, _context(dossier, NOTHING))


def _saved(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    by_htmx = "HX-Request" in request.headers
    given = _received(request, dossier, by_htmx=by_htmx)
    if not mask_asked(request):
        given = _kept(request, dossier, given, one_by_one=by_htmx)
        dossier.refresh_from_db()
    context = _context(dossier, given)
    if by_htmx:
        return render(request, SAVED, {**context, "avant": set(given.seen), "a_l_instant": timezone.now()})
    if given.is_refused or mask_asked(request):
        return render(request, PAGE, context, status=422 if given.is_refused else 200)
    messages.success(request, "Le formulaire est enregistré.")
    if LEAVING in request.POST:
        return redirect("web:dossier_pieces", dossier.pk)
    return redirect("web:dossier_formulaire", dossier.pk)


def _received(request: HttpRequest, dossier: Dossier, *, by_htmx: bool) -> Received:
    """What the form held; field by field, lists of communes are left to the sending of the whole."""
    definition = definition_of(dossier)
    data: QueryDict = received(
        request, [f"{fields.PREFIX}{each.code}" for each in definition.champs if each.type in ("texte", "texte_long")]
    )
    seen = fields.seen_of(data)
    read = [each for each in definition.champs if each.code in seen and not (by_htmx and each.type == "communes")]
    return Received(seen, {each.code: fields.sent_for(data, each) for each in read})


def _kept(request: HttpRequest, dossier: Dossier, given: Received, *, one_by_one: bool) -> Received:
    """The same once the service has kept it, with what it refused: the whole, or only the questions at fault."""
    errors = {code: each.error for code, each in given.sent.items() if each.error}
    found = _written(request, dossier, replace(given, errors=errors), keep=one_by_one or not errors)
    if one_by_one and found.is_refused:
        at_fault = {*found.errors, *found.others}
        rest = {code: each for code, each in given.sent.items() if code not in at_fault}
        _written(request, dossier, replace(given, sent=rest), keep=True)
    return found


def _written(request: HttpRequest, dossier: Dossier, given: Received, *, keep: bool) -> Received:
    """What the service answers to what was changed, the questions at fault already left out; ``keep`` at false: what
    it would refuse, so that every fault is told at once."""
    wanted = {code: each.given for code, each in given.changed.items() if code not in given.errors}
    since = {code: given.seen[code].revision for code in wanted}
    try:
        if keep:
            write_answers(dossier, wanted, since, by=person(request), at=timezone.now())
        else:
            answers_received(definition_of(dossier), wanted)
    except Overtaken as late:
        return replace(given, others=late.stored)
    except PatientData as found:
        return _stopped(dossier, given, found)
    except BadInput as wrong:
        notice = " ".join(each.message for each in wrong.problems if not each.field)
        return replace(given, errors={**_sentences(wrong), **given.errors}, notice=notice)
    return given if given.errors else replace(NOTHING, seen=given.seen)


def _stopped(dossier: Dossier, given: Received, found: PatientData) -> Received:
    labels = {each.code: each.libelle for each in definition_of(dossier).champs}
    typed = {code: str(each.typed) for code, each in given.sent.items()}
    told = stopped(found, typed, labels)
    errors = {**_sentences(found), **given.errors, **{each.field: IN_THE_FIELD for each in told}}
    return replace(given, patients=told, errors=errors)


def _sentences(wrong: BadInput) -> dict[str, str]:
    """What is wrong beside each field."""
    return {each.field: _sentence(each) for each in wrong.problems if each.field}


def _sentence(problem: Problem) -> str:
    return problem.expected if isinstance(problem, PatientDataProblem) else f"Attendu : {problem.expected}."


def _context(dossier: Dossier, given: Received) -> dict[str, Any]:
    shown = list(_shown(dossier, given))
    left = [each for each in missing(dossier) if each.kind == "champ"]
    return {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "champs": shown,
        "conditionnels": _conditional(dossier, shown),
        "vu": fields.seen_as_text(shown),
        "refus": given,
        "donnees_patient": given.patients,
        "manquent": left,
        "verbe": sending_verb(dossier),
        "peut_ecrire": True,
    }


def _shown(dossier: Dossier, given: Received) -> Iterator[Shown]:
    """The questions asked now: as kept, or as typed when something was refused."""
    definition = definition_of(dossier)
    first = prefilled(definition, dossier.structure, dossier.projet)
    names = communes_in(definition, {**dossier.answers, **given.others})
    for data in _asked(dossier, given):
        kept = dossier.answers.get(data.code)
        base = fields.as_typed(data, kept)
        origin = first[data.code].origin if data.code in first and first[data.code].value == kept else ""
        one = Shown(data, base, base, dossier.revision, origin=origin)
        if given.is_refused or given.sent:
            one = _as_typed(one, given, names)
        yield replace(one, chosen=fields.names_of(one.typed)) if isinstance(one.typed, list) else one


def _as_typed(one: Shown, given: Received, names: Mapping[str, str]) -> Shown:
    """A question as its author left it."""
    sent = given.sent.get(one.code)
    if sent is None or not (one.code in given.changed or sent.error):
        return one
    left = replace(one, typed=sent.typed, origin="", adding=sent.adding, places=sent.places)
    if one.code in given.others:
        return replace(left, other=said(one.data, given.others[one.code], names))
    seen = given.seen[one.code]
    return replace(left, base=seen.typed, revision=seen.revision, error=given.errors.get(one.code, ""))


def _asked(dossier: Dossier, given: Received) -> tuple[FieldData, ...]:
    """The questions to ask: those of the answers kept, and those that the page had when something was refused."""
    definition = definition_of(dossier)
    now = {each.code for each in asked(definition, dossier.answers)}
    kept = now | (set(given.seen) if given.is_refused else set())
    return tuple(each for each in definition.champs if each.code in kept)


def _conditional(dossier: Dossier, shown: list[Shown]) -> list[dict[str, Any]]:
    """Every question in its place, ``champ`` empty for one that is not asked: what htmx makes appear."""
    here = {each.code: each for each in shown}
    return [{"code": each.code, "champ": here.get(each.code)} for each in definition_of(dossier).champs]


def _read(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What was answered: to the team, as it stands; to the others, as it was filed last."""
    definition = definition_of(dossier)
    deposit = last_deposit(dossier)
    if deposit is not None and not is_of_the_filer(request.user, dossier):
        lines = [(each["question"], each["reponse"]) for each in deposit.content.get("formulaire", ())]
    else:
        answers = counted(definition, dossier.answers)
        names = communes_in(definition, answers)
        lines = [(each.libelle, said(each, answers.get(each.code), names)) for each in asked(definition, answers)]
    return {"dossier": dossier, "definition": definition, "lignes": lines, "depot": deposit, "peut_ecrire": False}
