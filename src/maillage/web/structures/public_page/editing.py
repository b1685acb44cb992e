"""The team writes its public page, looks at it as everyone would, shows it or takes it away."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.writing import Changed, stamp
from maillage.apps.opening import publishing
from maillage.apps.opening.inputs import PublicPageFields
from maillage.apps.opening.models import PublicPage
from maillage.apps.structures.consents import consents_of
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit, may_run
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_runners, for_team, person
from maillage.web.structures.public_page.reading import rendered

PAGE = "web:structure_page_publique"
SCREENED = ("intro", "when_closed")
FIELDS = [
    Field("slug", "Fin de l’adresse", help="Des lettres sans accent, des chiffres et des tirets.", required=True),
    Field("intro", "Présentation", "words", "Qui vous êtes, en quelques phrases simples."),
    Field("when_closed", "Que faire quand tout est fermé", "words", "Qui appeler le soir, la nuit, le dimanche."),
]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What the page says, what it lacks, whether everyone reads it."""
    row = publishing.page_of(structure)
    if request.method != "POST":
        held = {name: getattr(row, name) for name in ("slug", *SCREENED)} if row else {}
        return _form(request, structure, row, held or {"slug": publishing.proposed_slug(structure)})
    if not may_edit(person(request), structure):
        raise PermissionDenied
    typed = typed_in(received(request, SCREENED), FIELDS)
    if mask_asked(request):
        return _form(request, structure, row, typed)
    try:
        fields = read(PublicPageFields, typed)
        publishing.write_page(structure, fields, seen=seen(request), by=person(request), at=now())
    except (BadInput, Changed) as wrong:
        return _form(request, structure, row, typed, refusal(wrong, FIELDS, typed))
    return redirect(PAGE, structure.pk)


@require_safe
@for_team
def preview(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The page as everyone would read it."""
    row = found(publishing.page_of(structure))
    return rendered(request, publishing.shown(row, at=now()), is_preview=True)


@require_POST
@for_runners
def publish(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Show the page to everyone."""
    by = person(request)
    done(request, lambda: publishing.publish(structure, by=by, at=now()), "La page est publiée.")
    return redirect(PAGE, structure.pk)


@require_POST
@for_runners
def unpublish(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Take the page away from everyone."""
    by = person(request)
    words = "La page n’est plus visible. Ce qu’elle dit est gardé."
    done(request, lambda: publishing.unpublish(structure, by=by, at=now()), words)
    return redirect(PAGE, structure.pk)


def _form(
    request: HttpRequest,
    structure: Structure,
    row: PublicPage | None,
    typed: dict[str, Any],
    refused: Refused = NOTHING,
) -> HttpResponse:
    who = person(request)
    context = {
        "structure": structure,
        "page": row,
        "adresse": request.build_absolute_uri(reverse("web:page_publique", args=[row.slug])) if row else "",
        "champs": filled(FIELDS, typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(row) if row else ""),
        "peut_ecrire": may_edit(who, structure),
        "peut_publier": may_run(who, structure),
        "nommes": len(consents_of(structure)),
        "sites": list(structure.sites.prefetch_related("hours").select_related("continuity")),
    }
    return render(request, "structures/page_publique/index.html", context, status=422 if refused != NOTHING else 200)
