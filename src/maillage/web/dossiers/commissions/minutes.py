"""The minutes of a session: to write, to propose, to remark, to approve; their sealed documents."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers.commissions import minutes as services
from maillage.apps.dossiers.commissions.content import content_of, title_of
from maillage.apps.dossiers.commissions.holding import day_of_session
from maillage.apps.dossiers.commissions.queries import may_read_minutes
from maillage.apps.dossiers.commissions.recorded import day_there
from maillage.apps.dossiers.commissions.rights import closed_items, runs
from maillage.apps.dossiers.models import Remark, SealedMinutes, Session
from maillage.core.documents.commission_files import minutes_pdf
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal
from maillage.web.dossiers.commissions.access import for_secretaries, of_session
from maillage.web.files import served
from maillage.web.projets.access import Page, person
from maillage.web.screening import mask_asked, received

WHOLE = Field("minutes", "Texte d’ouverture et points divers", "words",
              "Il est lu par tous les membres : parlez d’un dossier dans son point seulement.", rows=6)  # fmt: skip
REMARK = (Field("item", "À propos de", "select"), Field("text", "Votre remarque", "words", rows=3, required=True))


def of_readers(page: Page) -> Page:
    """Give a page its session, when this person may read its minutes; « introuvable » otherwise."""

    @of_session
    def view(request: HttpRequest, seance: Session, **kwargs: Any) -> HttpResponseBase:
        if not may_read_minutes(person(request), seance):
            raise Http404
        return page(request, seance, **kwargs)

    return view


@require_safe
@of_readers
def page(request: HttpRequest, seance: Session) -> HttpResponse:
    """The minutes, without the items from which this person is kept away."""
    return _page(request, seance)


@require_POST
@for_secretaries
def write(request: HttpRequest, seance: Session) -> HttpResponse:
    """Write them."""
    away = closed_items(person(request), seance)
    items = {f"point-{each.pk}": each.pk for each in seance.items.all() if each.pk not in away}
    data = received(request, ["minutes", *items])
    typed = {name: data.get(name, "") for name in ("minutes", *items)}
    if mask_asked(request):
        return _page(request, seance, typed=typed)
    debates = {key: typed[name] for name, key in items.items() if name in data}
    try:
        services.write_minutes(seance, typed["minutes"], debates, by=person(request), at=timezone.now())
    except BadInput as wrong:
        return _page(request, seance, refusal(wrong, _fields(seance, away), typed), typed=typed, status=422)
    messages.success(request, "Le procès-verbal est enregistré.")
    return redirect("web:commission_proces_verbal", seance.pk)


@require_POST
@of_readers
def remark(request: HttpRequest, seance: Session) -> HttpResponse:
    """Say something of them."""
    data = received(request, ["text"])
    typed = {"text": data.get("text", ""), "item": data.get("item", "")}
    if mask_asked(request):
        return _page(request, seance, remarked=typed)
    try:
        about = uuid.UUID(typed["item"]) if typed["item"] else None
        services.remark(seance, about, typed["text"], by=person(request), at=timezone.now())
    except (BadInput, PatientData) as wrong:
        return _page(request, seance, refusal(wrong, REMARK, typed), remarked=typed, status=422)
    except ValueError:
        raise Http404 from None
    messages.success(request, "Votre remarque est transmise à qui tient la commission.")
    return redirect("web:commission_proces_verbal", seance.pk)


@require_safe
@of_readers
def document(request: HttpRequest, seance: Session, numero: int) -> HttpResponseBase:
    """A sealed document; the draft is number 0. Who is kept away from an item gets an extract without it."""
    away = closed_items(person(request), seance)
    sealed = seance.sealed.select_related("file").filter(number=numero).first()
    if numero and sealed is None:
        raise Http404
    if sealed is not None and not away:
        return served(sealed.file)
    content = content_of(seance, number=_number_of(sealed), hidden=away)
    name = f"{'extrait' if away else 'projet'}-proces-verbal-{day_of_session(seance).isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    made = sealed.at if sealed is not None else timezone.now()
    pdf = minutes_pdf(content, today=day_there(seance, made))
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _number_of(sealed: SealedMinutes | None) -> int:
    return sealed.number if sealed is not None else 0


def _fields(seance: Session, away: set[uuid.UUID]) -> list[Field]:
    rows = seance.items.select_related("dossier__structure").exclude(pk__in=away)
    points = [Field(f"point-{each.pk}", f"Point {each.position} : {title_of(each)}", "words", rows=5) for each in rows]
    return [WHOLE, *points]


def _page(
    request: HttpRequest, seance: Session, refused: Refused = NOTHING, *, typed: Mapping[str, Any] | None = None,
    remarked: Mapping[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    who = person(request)
    away, secretary = closed_items(who, seance), runs(who, seance.commission)
    written = {"minutes": seance.minutes} | {f"point-{each.pk}": each.debate for each in seance.items.all()}
    context = {
        "seance": seance,
        "commission": seance.commission,
        "contenu": content_of(seance, hidden=away),
        "conduit": secretary,
        "ecrit": secretary and seance.state == Session.State.TENUE,
        "champs": filled(_fields(seance, away), typed or written, NOTHING if remarked is not None else refused),
        "champs_remarque": _remark_fields(seance, away, remarked or {}, refused),
        "refus": refused,
        "remarques": _remarks(seance, who, away, secretary=secretary),
        "scelles": seance.sealed.select_related("file", "by", "reopened_by"),
        "extrait": bool(away),
    }
    return render(request, "dossiers/commissions/proces_verbal.html", context, status=status)


def _remark_fields(seance: Session, away: set[uuid.UUID], typed: Mapping[str, Any], refused: Refused) -> list[Field]:
    rows = seance.items.select_related("dossier").exclude(pk__in=away)
    choices = [("", "Tout le procès-verbal"), *((str(each.pk), f"Point {each.position}") for each in rows)]
    about = Field("item", "À propos de", "select", choices=choices)
    return filled([about, REMARK[1]], typed, refused if typed else NOTHING)


def _remarks(seance: Session, who: User, away: set[uuid.UUID], *, secretary: bool) -> list[Remark]:
    """Their own for a member; all of them for who runs the commission, but on what they are kept away from."""
    rows = seance.remarks.select_related("author", "item")
    if not secretary or away:
        rows = rows.filter(author=who)
    return [each for each in rows if each.item_id not in away]
