"""« Journal » of a dossier: what was done, by whom; internal acts for the authority alone."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts import journal
from maillage.apps.common.models import Event
from maillage.apps.dossiers.history import events_of
from maillage.apps.dossiers.models import Dossier
from maillage.web.dossiers.access import person
from maillage.web.dossiers.instruction.exchanges import of_the_exchange
from maillage.web.exports import export
from maillage.web.journal.views import JournalForm

BY_PAGE = 50
HEADER = ("date", "personne", "acte", "avant", "après")


@require_safe
@of_the_exchange
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The acts on a dossier, the latest first, filtered as the address says; the same as a file (``format=csv``)."""
    form = JournalForm(request.GET)
    is_valid = form.is_valid()
    every = events_of(person(request), dossier)
    found = _kept(every, form)
    if is_valid and (kind := request.GET.get("format", "")) in ("csv", "xlsx"):
        return _exported(kind, dossier, found)
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("page"))
    told = {
        "dossier": dossier,
        "formulaire": form,
        "refus": {name: errors[0] for name, errors in form.errors.items()},
        "choix": journal.choices(every),
        "lignes": journal.lines(page.object_list),
        "page": page,
        "filtre": any(request.GET.get(name) for name in ("acteur", "acte", "du", "au")),
        "retour": _address(request),
    }
    return render(request, "dossiers/instruction/journal.html", told, status=200 if is_valid else 422)


def _kept(events: QuerySet[Event], form: JournalForm) -> QuerySet[Event]:
    asked = form.asked()
    for column, value in (("actor", asked.actor), ("verb", asked.verb)):
        if value:
            events = events.filter(**{column: value})
    if asked.since:
        events = events.filter(at__date__gte=asked.since)
    return events.filter(at__date__lte=asked.until) if asked.until else events


def _exported(kind: str, dossier: Dossier, events: QuerySet[Event]) -> HttpResponse:
    rows = [
        (timezone.localtime(line.at).isoformat(timespec="seconds"), line.actor, line.verb, _flat(line.before),
         _flat(line.after))
        for line in journal.lines(events)
    ]  # fmt: skip
    return export(kind, f"journal-{dossier}".replace(" ", "-"), HEADER, rows)


def _flat(pairs: tuple[tuple[str, str], ...]) -> str:
    return " ; ".join(f"{label} : {value}" for label, value in pairs)


def _address(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in ("page", "format"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}&" if kept else "?"
