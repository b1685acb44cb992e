"""A long list of a structure, a page at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

BY_PAGE = 50


def paged(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], asked: str = "") -> dict[str, Any]:
    """What ``structures/equipe/_pages.html`` reads; ``asked``: what the address asks besides the page."""
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "suite": asked.removeprefix("?")}
