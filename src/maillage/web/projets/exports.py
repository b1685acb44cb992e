"""The project as it is now, as a file: to read (PDF), to edit (DOCX, ODT)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.projets.documents import KINDS, document, name_of
from maillage.apps.projets.models import Projet, Version
from maillage.web.projets.access import of_projet


@require_safe
@of_projet
def draft(request: HttpRequest, projet: Projet, kind: str) -> HttpResponse:
    """The draft of today, for who may see the project; 404 on an unknown kind of file."""
    if kind not in KINDS:
        raise Http404
    return download(projet, kind)


def download(projet: Projet, kind: str, version: Version | None = None) -> HttpResponse:
    """The project (a version of it, else its draft) as a file of one of ``KINDS``, to keep."""
    today = timezone.localdate()
    content = document(projet, kind, today=today, version=version)
    disposition = f'attachment; filename="{name_of(projet, today, version)}.{kind}"'
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": disposition})


urlpatterns: list[URLPattern] = [path("projets/<uuid:projet>/export.<slug:kind>", draft, name="projet_export")]
