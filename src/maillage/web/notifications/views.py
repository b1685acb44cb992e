"""« Notifications »: the unread first, gathered by subject; opening one marks it read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.notifications.kinds import KINDS
from maillage.apps.notifications.models import Notification
from maillage.apps.notifications.queries import bundles, kinds_told, subjects, told_to, unread_count
from maillage.apps.notifications.services import mark_read
from maillage.core.kernel.french import number, plural
from maillage.web.organisations.access import person
from maillage.web.projets.document.writing import looks_ahead

BY_PAGE = 20
ADDRESS = "web:notifications"


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What this person was told; the filters are in the address."""
    user = person(request)
    kind, only_unread = _asked(request)
    rows = told_to(user, kind=kind, only_unread=only_unread)
    found = Paginator(subjects(rows), BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "sujets": bundles(rows, found.object_list),
        "natures": kinds_told(user),
        "nature": kind,
        "non_lues_seules": only_unread,
        "filtre": bool(kind or only_unread),
        "non_lues": unread_count(user),
        "retour": _kept(request),
    }
    return render(request, "notifications/page.html", context)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark a subject read, or everything."""
    user, group = person(request), request.POST.get("sujet", "")
    only = told_to(user).filter(group=group).values_list("pk", flat=True) if group else None
    count = mark_read(user, at=timezone.now(), only=only)
    if count:
        messages.success(
            request, f"{number(count)} {plural(count, 'nouvelle marquée lue', 'nouvelles marquées lues')}."
        )
    return redirect(f"{reverse(ADDRESS)}{_kept(request).rstrip('?&')}")


@never_cache
@login_required
@require_safe
def opened(request: HttpRequest, notification: int) -> HttpResponse:
    """Go to the page of a notification, and mark it read: not for a browser that only looks ahead."""
    user = person(request)
    row = get_object_or_404(Notification, pk=notification, user=user)
    if not looks_ahead(request):
        mark_read(user, at=timezone.now(), only=[row.pk])
    return redirect(row.address if row.address.startswith("/") else ADDRESS)


def _asked(request: HttpRequest) -> tuple[str, bool]:
    """The kind and whether only the unread are wanted; what is unknown is left out."""
    kind = request.GET.get("nature", "")
    return kind if kind in KINDS else "", request.GET.get("lues") == "non"


def _kept(request: HttpRequest) -> str:
    """The filters as they stand in the address, without the page, ready for one more."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}&" if kept else "?"
