"""What every page of a section does first: find the section within the project."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from maillage.apps.projets.drafts import section_of
from maillage.apps.projets.models import Projet, Section

Page = Callable[..., HttpResponse]


def of_section(page: Page) -> Page:
    """Give a page of a project the section that its address names."""

    @wraps(page)
    def view(request: HttpRequest, projet: Projet, code: str, **kwargs: Any) -> HttpResponse:
        return page(request, section(projet, code), **kwargs)

    return view


def section(projet: Projet, code: str) -> Section:
    """A section of a project. Raises ``Http404``."""
    found = section_of(projet, code)
    if found is None:
        raise Http404("Ce projet n’a pas cette rubrique.")
    return found


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, rather than a person."""
    return "application/json" in request.headers.get("Accept", "")
