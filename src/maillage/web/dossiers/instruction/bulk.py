"""What is done at once to the dossiers ticked in a list: give them to someone, label them, export them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import inbox, labels, reviewing
from maillage.apps.dossiers.models import Dossier, Label
from maillage.apps.dossiers.queries import to_review
from maillage.apps.dossiers.refusals import refused
from maillage.core.kernel.french import plural
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.instruction.listing import EXPORTS, Listing, exported, reviews, rows_of
from maillage.web.projets.access import person

LISTS = ("dossiers_a_traiter", "dossiers")
MOST = 200
"""Dossiers of one act."""


@dataclass(frozen=True)
class Ticked:
    """A dossier ticked, and who held it on the page."""

    dossier: Dossier
    seen: uuid.UUID | None


Act = Callable[[Ticked], bool]
Said = tuple[str, str]
"""What was done, of one dossier and of several."""


@require_POST
@login_required
def act(request: HttpRequest) -> HttpResponse:
    """Do what the button says to the dossiers ticked, one by one: what is refused for one does not stop the others."""
    who = person(request)
    if not reviews(who):
        raise Http404
    back = _back(request)
    ticked = list(_ticked(request, who))
    if not ticked:
        messages.error(request, "Cochez au moins un dossier.")
        return redirect(back)
    asked = request.POST.get("acte", "")
    if asked in EXPORTS:
        return _export(asked, who, ticked)
    try:
        said, one = _act(asked, request, who)
    except BadInput as wrong:
        messages.error(request, str(wrong))
        return redirect(back)
    _each(request, ticked, said, one)
    return redirect(back)


def _each(request: HttpRequest, ticked: list[Ticked], said: Said, one: Act) -> None:
    done, kept = 0, []
    for each in ticked:
        try:
            done += one(each)
        except (BadInput, NotAllowed) as wrong:
            kept.append(f"{each.dossier} : {wrong}")
    if done:
        messages.success(request, f"{done} {plural(done, 'dossier')} {plural(done, *said)}.")
    for words in kept:
        messages.error(request, words)
    if not done and not kept:
        messages.info(request, "Rien n’a changé : c’était déjà fait.")


def _act(asked: str, request: HttpRequest, who: User) -> tuple[Said, Act]:
    """What a button does to one dossier, and how it is said of one and of several."""
    at = timezone.now()
    if asked == "prendre":
        said = ("est à votre nom", "sont à votre nom")
        return said, lambda each: reviewing.assign(each.dossier, who, seen=each.seen, by=who, at=at)
    if asked == "attribuer":
        holder = _holder(request)
        said = ("n’a plus de responsable", "n’ont plus de responsable")
        if holder:
            said = (f"est attribué à {holder.full_name}", f"sont attribués à {holder.full_name}")
        return said, lambda each: reviewing.assign(each.dossier, holder, seen=each.seen, by=who, at=at)
    label = _label(request, who)
    if asked == "etiqueter":
        said = (f"porte l’étiquette « {label} »", f"portent l’étiquette « {label} »")
        return said, lambda each: labels.put_label(each.dossier, label, by=who, at=at)
    if asked == "desetiqueter":
        said = (f"ne porte plus l’étiquette « {label} »", f"ne portent plus l’étiquette « {label} »")
        return said, lambda each: labels.take_label_off(each.dossier, label, by=who, at=at)
    raise Http404


def _holder(request: HttpRequest) -> User | None:
    given = request.POST.get("responsable", "")
    if given == "personne":
        return None
    key = uuid_of(given)
    found = User.objects.filter(pk=key).first() if key else None
    if found is None:
        raise refused("responsable", "Choisissez à qui donner ces dossiers.")
    return found


def _label(request: HttpRequest, who: User) -> Label:
    given = request.POST.get("etiquette", "")
    mine = Label.objects.filter(organisation__in=labels.authorities_of(who))
    found = mine.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None
    if found is None:
        raise refused("etiquette", "Choisissez une étiquette.")
    return found


def _ticked(request: HttpRequest, who: User) -> Iterator[Ticked]:
    given = dict(each.partition(":")[::2] for each in request.POST.getlist("dossier")[:MOST])
    rows = {str(each.pk): each for each in to_review(who).filter(pk__in=[key for key in map(uuid_of, given) if key])}
    for key, seen in given.items():
        if key in rows:
            yield Ticked(rows[key], uuid_of(seen))


def _export(kind: str, who: User, ticked: list[Ticked]) -> HttpResponse:
    today = timezone.localdate()
    rows = inbox.annotated(to_review(who).filter(pk__in=[each.dossier.pk for each in ticked]), who, today)
    listing = Listing("dossiers", "Dossiers", who, today, inside=True, rows=rows)
    return exported(kind, "dossiers", list(rows_of(listing, rows.order_by(*inbox.NEAREST))), inside=True)


def _back(request: HttpRequest) -> str:
    name = request.POST.get("liste", "")
    query = request.POST.get("retour", "").lstrip("?").rstrip("&")
    address = reverse(f"web:{name if name in LISTS else LISTS[0]}")
    return f"{address}?{query}" if query else address


def uuid_of(text: str) -> uuid.UUID | None:
    """The identifier that was sent, ``None`` when it is not one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
