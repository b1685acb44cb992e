"""The calls for projects: a page with filters, an RSS feed, a calendar. The same words ask for all three."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from maillage.core.documents.calendars import Event, calendar
from maillage.core.rules.dates import FIRST_DAY, last_day
from maillage.core.rules.packs.call_search import Wanted, read_wanted
from maillage.core.rules.packs.calls import Call, dated_events
from maillage.web.appels import presenter

TITLE = "Maillage : appels à projets"
ABOUT = "Appels à projets de l'exercice coordonné, par région et par structure."


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls that answer, the open ones first; the choice stays in the address."""
    today = timezone.localdate()
    wanted, problems = read_wanted(request.GET, today=today)
    found = wanted.calls()
    context = {
        "demande": wanted,
        "refus": presenter.refusals(problems),
        "date": wanted.day,
        "premier_jour": FIRST_DAY,
        "dernier_jour": last_day(today),
        "cartes": presenter.cards(found),
        "ouverts": sum(call.state == "ouvert" for call in found),
        "retour": presenter.query_of(wanted),
        "filtre": presenter.query_of(wanted, day=wanted.day if wanted.day != today else None),
        **presenter.choices(),
    }
    return render(request, "appels/page.html", context, status=422 if problems else 200)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same calls, as RSS: what is closed is left out unless it is asked for."""
    wanted, refused = _asked(request)
    if refused:
        return refused
    page = request.build_absolute_uri(reverse("web:appels") + presenter.query_of(wanted))
    address = request.build_absolute_uri()
    rss = Rss201rev2Feed(title=TITLE, link=page, description=ABOUT, language="fr", feed_url=address)
    for card in presenter.cards(call for call in wanted.calls() if wanted.state or call.state != "clos"):
        call = card.call
        rss.add_item(
            title=f"{call.data.libelle} ({call.place}, {call.state_words})",
            link=f"{request.build_absolute_uri(reverse('web:appels'))}#{call.key}",
            description=" ".join(filter(None, (call.data.objet, f"{call.data.payeur}.", card.when.capitalize()))),
            unique_id=call.key,
            unique_id_is_permalink=False,
            pubdate=_midnight(call.data.ouvert_le),
            categories=(call.place, *call.data.public),
        )
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    """The known days of the same calls, as a calendar; a call without days is not in it."""
    wanted, refused = _asked(request)
    if refused:
        return refused
    address = request.build_absolute_uri(reverse("web:appels"))
    events = [_event(call, word, day, address) for call, word, day in dated_events(wanted.calls())]
    return HttpResponse(
        calendar(TITLE, events),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="appels-a-projets.ics"'},
    )


def _asked(request: HttpRequest) -> tuple[Wanted, HttpResponse | None]:
    """What is asked, and the refusal when something in it is wrong."""
    wanted, problems = read_wanted(request.GET, today=timezone.localdate())
    told = "\n".join(problem.message for problem in problems)
    refused = HttpResponse(told, status=422, content_type="text/plain; charset=utf-8") if problems else None
    return wanted, refused


def _event(call: Call, word: str, day: datetime.date, address: str) -> Event:
    title = f"{word.capitalize()} : {call.data.libelle} ({call.place})"
    return Event(f"{call.key}-{word}", title, f"{call.data.objet} {call.data.payeur}.", day, f"{address}#{call.key}")


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC) if day else None
