"""What the pages of the activity share: the moment, who acts, lists that are sorted, exported and undone."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone

from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.form import told

Row = TypeVar("Row")
KINDS = ("csv", "xlsx")


def now() -> datetime.datetime:
    """The moment of a write."""
    return timezone.now()


def found(row: Row | None) -> Row:
    """The row, or « introuvable »."""
    if row is None:
        raise Http404
    return row


def exported(kind: str) -> str:
    """The kind of an export, or « introuvable »."""
    if kind not in KINDS:
        raise Http404
    return kind


def asked(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """What the address of a list asks: filters and sorting, each empty when not asked."""
    return {name: request.GET.get(name, "").strip() for name in names}


def query(wanted: Mapping[str, str]) -> str:
    """The same as an address, with its « ? »; empty when nothing is asked."""
    kept = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


CHOOSE = ("", "Choisissez")
"""What a list shows first when nobody is to be chosen for the person who fills it."""


def pilots(structure: Structure, kept: Any = None) -> list[tuple[str, str]]:
    """The members who may pilot, for a list of choices; ``kept``: who pilots already, even gone."""
    rows = [(str(each.pk), str(each)) for each in structure.members.filter(left_on=None)]
    if kept is not None and str(kept.pk) not in dict(rows):
        rows.append((str(kept.pk), f"{kept} (sorti de l'équipe)"))
    return [("", "Personne pour l'instant"), *rows]


def metier_choices(structure: Structure, chosen: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The métiers of the team first, then the others that are chosen, then the usual ones."""
    team = list(dict.fromkeys(structure.members.filter(left_on=None).values_list("metier", flat=True)))
    slugs = [slug for slug in dict.fromkeys([*team, *chosen, *list(metiers())[:12]]) if slug in metiers()]
    return [(slug, metiers()[slug][1]) for slug in slugs]


def done(request: HttpRequest, act: Callable[[], Any], words: str) -> bool:
    """Do an act and say so, or say why it is refused."""
    try:
        act()
    except NotNow as refused:
        messages.error(request, str(refused))
        return False
    except BadInput as wrong:
        messages.error(request, " ".join(told(problem) for problem in wrong.problems))
        return False
    if words:
        messages.success(request, words)
    return True
