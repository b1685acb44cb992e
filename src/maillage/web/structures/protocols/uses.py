"""Counting how often a protocol serves: one tap on a phone, or the number of a month."""

import datetime
import re
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from maillage.apps.activity.services import protocol_uses as services
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.activite.common import done, now
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.protocols.common import one_of

MONTH = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])", re.ASCII)
COUNT = re.compile(r"\d{1,6}", re.ASCII)


@require_POST
@for_team
def tap(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """It served once more; « annuler » takes the last tap back."""
    protocol, by = one_of(structure, protocole), person(request)
    times = -1 if "annuler" in request.POST else 1
    words = "La dernière utilisation est annulée." if times < 0 else "Une utilisation de plus est comptée."
    done(request, lambda: services.use(protocol, times=times, by=by, at=now()), words)
    return _back(request, structure, protocole)


@require_POST
@for_team_writers
def of_month(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """The number of a month."""
    protocol, by = one_of(structure, protocole), person(request)

    def write() -> None:
        month, count = read_month(request.POST.get("mois", "")), read_count(request.POST.get("nombre", ""))
        services.set_uses(protocol, month, count, by=by, at=now())

    done(request, write, "Le nombre du mois est enregistré.")
    return _back(request, structure, protocole)


def read_month(text: str) -> datetime.date:
    """A month typed (« 2026-11 »), as its first day. Raises :class:`BadInput`."""
    found = MONTH.fullmatch(text.strip())
    if found is None:
        raise BadInput([Problem("mois", None, "un mois, par exemple 2026-11")])
    return datetime.date(int(found[1]), int(found[2]), 1)


def read_count(text: str) -> int:
    """A number typed. Raises :class:`BadInput`."""
    bare = "".join(text.split())
    if not COUNT.fullmatch(bare):
        raise BadInput([Problem("nombre", None, "un nombre de 0 à 100 000")])
    return int(bare)


def _back(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    if request.POST.get("retour") == "liste":
        return redirect("web:structure_protocoles", structure.pk)
    return redirect("web:structure_protocoles_un", structure.pk, protocole)
