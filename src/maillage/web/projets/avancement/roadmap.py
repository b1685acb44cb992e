"""The roadmap of a project: where each step stands, its date and why, who helps; on paper and in an agenda."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.projets.models import Projet, Step
from maillage.apps.projets.permissions import may_write
from maillage.apps.projets.roadmaps import Roadmap, ShownStep, roadmap_of
from maillage.apps.projets.situations import contacts_of
from maillage.apps.projets.steps import set_step, undo_shift
from maillage.core.documents.calendars import Event, calendar
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput
from maillage.core.projet.schedule import ORIGINS, shift_words
from maillage.web.agenda import CALENDAR_TYPE
from maillage.web.exports import export
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.avancement.forms import StepForm
from maillage.web.screening import mask_asked, received

FOLDER = "projets/avancement"
HEADER = ("Étape", "État", "Échéance", "D'où vient la date", "Pourquoi", "Fait le", "Qui s'en charge", "Documents",
          "Documents prêts", "Note")  # fmt: skip
MARKS = {
    Step.State.A_FAIRE: ("todo", "a_venir"),
    Step.State.EN_COURS: ("warn", "en_cours"),
    Step.State.FAIT: ("ok", "faite"),
    Step.State.SANS_OBJET: ("todo", "document"),
}
"""Colour and icon of each state."""


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The roadmap on the screen; « format » gives it as a table."""
    found = roadmap_of(projet, today=timezone.localdate())
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(request.GET["format"], "feuille-de-route", HEADER, [_row(each) for each in found.steps])
    return _shown(request, projet, found)


@require_POST
@for_writers
def step(request: HttpRequest, projet: Projet, code: str) -> HttpResponse:
    """Say where a step stands."""
    found = roadmap_of(projet, today=timezone.localdate())
    mine = next((each for each in found.steps if each.code == code), None)
    if mine is None:
        raise Http404
    form = StepForm(projet, mine, received(request, StepForm.texts()))
    if form.is_valid() and not mask_asked(request):
        try:
            set_step(projet, code, form.fields_of_the_step(), by=person(request), at=timezone.now())
        except BadInput as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, f"L'étape « {mine.about.title} » est enregistrée.")
            return redirect(f"{reverse('web:projet_feuille_de_route', args=[projet.pk])}#etape-{code}")
    return _shown(request, projet, found, form)


@require_POST
@for_writers
def undo(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Put back the dates that the last move changed."""
    try:
        undo_shift(projet, by=person(request), at=timezone.now())
    except BadInput:
        messages.error(request, "Une date a changé depuis : ce décalage ne s'annule plus.")
    else:
        messages.success(request, "Les dates sont revenues à ce qu'elles étaient.")
    return redirect("web:projet_feuille_de_route", projet.pk)


@require_safe
@of_projet
def paper(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The whole roadmap unfolded, to print."""
    today = timezone.localdate()
    found = roadmap_of(projet, today=today)
    context = {"projet": projet, "feuille": found, "aujourdhui": today}
    return render(request, f"{FOLDER}/imprimer.html", context)


@require_safe
@of_projet
def agenda(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The dates to come, as a calendar to open in an agenda."""
    address = request.build_absolute_uri(reverse("web:projet_feuille_de_route", args=[projet.pk]))
    events = list(_events(projet, roadmap_of(projet, today=timezone.localdate()), address))
    content = calendar(f"Maillage : {projet.structure.nom}", events)
    disposition = 'attachment; filename="feuille-de-route.ics"'
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers={"Content-Disposition": disposition})


def _events(projet: Projet, found: Roadmap, address: str) -> Iterator[Event]:
    for each in found.steps:
        if each.date.day and not each.is_over:
            told = " ".join(filter(None, (each.reason, each.about.description)))
            yield Event(
                f"{projet.pk}-{each.code}", each.about.title, told, each.date.day, f"{address}#etape-{each.code}"
            )


def _told_apart(projet: Projet, found: Roadmap) -> list[str]:
    """The titles of the steps that the orientation does not count."""
    from maillage.core.projet.roadmap import added_to  # OpenFisca costs a second to import.

    added = added_to(projet.structure.kind)
    return [each.about.title for each in found.steps if each.code in added]


def _shown(request: HttpRequest, projet: Projet, found: Roadmap, wrong: StepForm | None = None) -> HttpResponse:
    today, writes = timezone.localdate(), may_write(person(request), projet)
    forms = {each.code: StepForm(projet, each) for each in found.steps} if writes else {}
    if wrong is not None:
        forms[wrong.step.code] = wrong
    apart = _told_apart(projet, found)
    context: dict[str, Any] = {
        "projet": projet,
        "feuille": found,
        "a_part": apart,
        "etapes_de_l_orientation": len(found.steps) - len(apart),
        "etapes": [(each, MARKS[Step.State(each.state)], forms.get(each.code)) for each in found.steps],
        "decalage": _shift(found),
        "contacts": contacts_of(projet, today=today),
        "peut_ecrire": writes,
        "ouverte": wrong.step.code if wrong else "",
    }
    return render(request, f"{FOLDER}/feuille_de_route.html", context, status=422 if wrong else 200)


def _shift(found: Roadmap) -> dict[str, Any] | None:
    """The last move that can be taken back, in words."""
    shift = found.shift
    if shift is None:
        return None
    count = len(shift.moved)
    return {
        "etape": shift.title,
        "duree": shift_words(shift.days),
        "en_retard": shift.is_late,
        "suivantes": f"{count} {french.plural(count, 'étape a suivi', 'étapes ont suivi')}",
    }


def _row(each: ShownStep) -> list[Any]:
    return [
        each.about.title,
        each.state_words,
        _day(each.date.day),
        ORIGINS[each.date.origin],
        " ".join(filter(None, (each.reason, each.date.alert))),
        _day(each.done_on),
        str(each.in_charge) if each.in_charge else "",
        " ; ".join(each.about.documents),
        " ; ".join(each.ready),
        each.note,
    ]


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
