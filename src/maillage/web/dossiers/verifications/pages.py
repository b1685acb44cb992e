"""The list of the checks of a dossier, its export, and the form where who reviews appraises one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.dossiers.appraising import LONGEST_REASON, NO_VERDICT, appraise, may_appraise
from maillage.apps.dossiers.checking import checked, kept
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Appraisal, Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_reviewers, of_dossier, person
from maillage.web.dossiers.verifications.rows import FILTERS, HEADER, MISSING, Line, Reader, is_kept
from maillage.web.exports import export
from maillage.web.screening import ScreenedForm, mask_asked, received

PAGE, FORM = "dossiers/verifications/page.html", "dossiers/verifications/apprecier.html"
SAID = {
    Appraisal.Verdict.ACCEPTE: "Je la tiens pour remplie",
    Appraisal.Verdict.CONTESTE: "Je la tiens pour non remplie",
}


class AppraisalForm(ScreenedForm):
    """What who reviews thinks of a check."""

    appreciation = forms.ChoiceField(
        label="Votre appréciation",
        choices=list(SAID.items()),
        widget=forms.RadioSelect,
        error_messages={"required": NO_VERDICT, "invalid_choice": NO_VERDICT},
    )
    motif = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4, "class": "prose"}),
        help_text="Facultatif si vous confirmez une vérification remplie. Qui a déposé le dossier le lira une fois la "
        "décision notifiée.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "champ-%s", **kwargs})


@require_safe
@of_dossier
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The checks; « voir » filters them, « format » gives them as a table."""
    reader = Reader(person(request), dossier)
    found = reader.lines(checked(dossier, today=day_of(dossier, timezone.now())))
    chosen = request.GET.get("voir", "")
    chosen = chosen if chosen in FILTERS else ""
    lines = [each for each in found if is_kept(each.check, chosen)]
    if request.GET.get("format") in ("csv", "xlsx"):
        name = f"verifications-{dossier.number or 'en-preparation'}"
        return export(request.GET["format"], name, HEADER, [each.row() for each in lines])
    before = kept(dossier) if reader.told else None
    context = {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "lignes": lines,
        "nombres": _counts(found),
        "voir": chosen,
        "filtres": [(key, title, _count(found, key)) for key, title in FILTERS.items()],
        "apprecie": may_appraise(person(request), dossier),
        "lecteur": reader,
        "depot": dossier.deposits.order_by("-number").first(),
        "avant": before,
        "lignes_avant": reader.lines(before.checks) if before else [],
    }
    return render(request, PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def one(request: HttpRequest, dossier: Dossier, code: str) -> HttpResponse:
    """The form of one check, with what the rule found beside it."""
    reader = Reader(person(request), dossier)
    line = next(
        (each for each in reader.lines(checked(dossier, today=_today(dossier))) if each.check.code == code), None
    )
    if line is None:
        raise Http404
    standing = line.appraisal
    form = AppraisalForm(
        initial={"appreciation": standing.verdict, "motif": standing.reason} if standing else {},
    )
    if request.method == "POST":
        form = AppraisalForm(received(request, ["motif"]))
        if form.is_valid() and not mask_asked(request) and _saved(request, dossier, code, form):
            messages.success(request, "Votre appréciation est enregistrée.")
            return redirect("web:dossier_verifications", dossier.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"dossier": dossier, "ligne": line, "formulaire": form, "passe": _history(dossier, code)}
    return render(request, FORM, context | {"possible": may_appraise(person(request), dossier)}, status=status)


def _saved(request: HttpRequest, dossier: Dossier, code: str, form: AppraisalForm) -> bool:
    given = form.cleaned_data
    try:
        appraise(dossier, code, given["appreciation"], given["motif"], by=person(request), at=timezone.now())
    except BadInput as wrong:
        for problem in wrong.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.expected)
        return False
    return True


def _history(dossier: Dossier, code: str) -> list[Appraisal]:
    """The appraisals of a check that another has replaced, the last first."""
    return list(dossier.appraisals.filter(code=code).select_related("by"))[1:]


def _today(dossier: Dossier) -> Any:
    return day_of(dossier, timezone.now())


def _counts(found: list[Line]) -> dict[str, int]:
    return {state: sum(each.check.state == state for each in found) for state in ("remplie", *MISSING)}


def _count(found: list[Line], chosen: str) -> int:
    return sum(is_kept(each.check, chosen) for each in found)
