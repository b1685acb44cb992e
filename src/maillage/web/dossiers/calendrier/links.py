"""The secret address that an agenda reads by itself: made, told once, closed; and what it answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.notifications import calendar_links
from maillage.apps.notifications.models import CalendarLink
from maillage.web.dossiers.access import person
from maillage.web.dossiers.calendrier.pages import ics
from maillage.web.structures.calendar.feed import events_for


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Whether there is one; the new one is shown on the page that makes it, and never again."""
    user, now, address = person(request), timezone.now(), ""
    if request.method == "POST" and request.POST.get("acte") == "supprimer":
        calendar_links.remove(by=user, at=now)
        messages.success(request, "Le lien d’agenda est supprimé : il ne répond plus.")
        return redirect("web:dossiers_calendrier_lien")
    if request.method == "POST":
        secret = calendar_links.make(by=user, at=now)
        address = request.build_absolute_uri(reverse("web:agenda_lien", args=[secret]))
    link = CalendarLink.objects.filter(user=user).first()
    return render(request, "dossiers/calendrier/lien.html", {"lien": link, "adresse": address})


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of whom this secret is of, and the days of their structures; « introuvable » for any other."""
    now = timezone.now()
    user = calendar_links.owner_of(secret, at=now)
    if user is None:
        raise Http404
    return ics(request, user, None, now, events_for(request, user, now))
