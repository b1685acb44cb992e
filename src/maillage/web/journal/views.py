"""« Journal »: who did what, when, before and after; of a person, of their organisations, of a project."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts import journal
from maillage.apps.accounts.journal import Asked, Line
from maillage.apps.projets.models import Projet
from maillage.web.exports import export
from maillage.web.projets.access import of_projet, person

BY_PAGE = 50
MOST_EXPORTED = 20_000
EXPORTS = ("csv", "xlsx", "json")
HEADER = ("date", "personne", "acte", "objet", "nom", "organisation", "avant", "après")


class JournalForm(forms.Form):
    """What one looks for; kept in the address."""

    acteur = forms.CharField(required=False)
    acte = forms.CharField(required=False)
    objet = forms.CharField(required=False)
    organisation = forms.UUIDField(required=False)
    du = forms.DateField(required=False, error_messages={"invalid": "Écrivez une date."})
    au = forms.DateField(required=False, error_messages={"invalid": "Écrivez une date."})
    prises = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first one."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and until < since:
            self.add_error("au", "Ce jour vient avant le premier.")
        return cleaned

    def asked(self) -> Asked:
        """What is valid of it."""
        given = self.cleaned_data
        return Asked(
            actor=given.get("acteur", ""),
            verb=given.get("acte", ""),
            subject=given.get("objet", ""),
            scope=str(given.get("organisation") or ""),
            since=given.get("du"),
            until=given.get("au"),
            held=given.get("prises", False),
        )


@require_safe
@login_required
def events(request: HttpRequest) -> HttpResponse:
    """All that this person may read."""
    return _answer(request, "journal/page.html", {})


@require_safe
@of_projet
def projet_events(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What was done in the organisation that carries the project, as far as this person may read it."""
    return _answer(request, "journal/projet.html", {"projet": projet}, str(projet.structure.organisation_id))


def _answer(request: HttpRequest, template: str, context: dict[str, Any], scope: str = "") -> HttpResponse:
    who = person(request)
    form = JournalForm(request.GET)
    is_valid = form.is_valid()
    every = journal.events_for(who, Asked(scope=scope) if scope else None)
    found = every & journal.events_for(who, form.asked())
    if is_valid and (kind := request.GET.get("format")) in EXPORTS:
        return _exported(str(kind), journal.lines(found[:MOST_EXPORTED]))
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("page"))
    shown = {
        "formulaire": form,
        "refus": {name: errors[0] for name, errors in form.errors.items()},
        "choix": journal.choices(every),
        "organisations": [] if scope else journal.organisations_read(who),
        "lignes": journal.lines(page.object_list),
        "page": page,
        "filtre": any(request.GET.get(name) for name in form.fields),
        "retour": _kept(request),
        "lit_tout": bool(journal.organisations_read(who)),
    }
    return render(request, template, {**context, **shown}, status=200 if is_valid else 422)


def _kept(request: HttpRequest) -> str:
    """The filters as they stand in the address, without the page nor the format, ready for one more."""
    kept = request.GET.copy()
    for name in ("page", "format"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}&" if kept else "?"


def _exported(kind: str, lines: list[Line]) -> HttpResponse:
    name = f"journal-{timezone.localdate():%Y-%m-%d}"
    if kind == "json":
        rows = [
            dict(zip(HEADER, (*_row(line)[:6], dict(line.before), dict(line.after)), strict=True)) for line in lines
        ]
        told = {"ensure_ascii": False, "indent": 2}
        answer = JsonResponse({"journal": rows}, json_dumps_params=told)
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer
    return export(kind, name, HEADER, [_row(line) for line in lines])


def _row(line: Line) -> tuple[str, ...]:
    when = timezone.localtime(line.at)
    told = (line.actor, line.verb, line.subject, line.name, line.organisation)
    return (when.isoformat(timespec="seconds"), *told, _flat(line.before), _flat(line.after))


def _flat(pairs: tuple[tuple[str, str], ...]) -> str:
    return " ; ".join(f"{label} : {value}" for label, value in pairs)
