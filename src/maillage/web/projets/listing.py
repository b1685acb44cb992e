"""« Mes projets »: the projects that a person may see, filtered and sorted as the address says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import visible
from maillage.apps.structures.models import Structure
from maillage.apps.territories.models import Region
from maillage.core.kernel.french import fold
from maillage.web.exports import export
from maillage.web.projets.access import person
from maillage.web.projets.starting import WAITING

ACTIVE = "actifs"
STATES = {ACTIVE: "En cours", **dict(Projet.State.choices), "tous": "Tous"}
ORDERS: Mapping[str, tuple[str, Callable[[Projet], Any]]] = {
    "titre": ("Projet", lambda projet: fold(projet.title)),
    "structure": ("Structure", lambda projet: (projet.structure.kind, fold(projet.structure.nom))),
    "region": ("Région", lambda projet: projet.structure.region),
    "etat": ("État", lambda projet: projet.state),
    "creation": ("Créé le", lambda projet: projet.created_at),
}
FILTERS = ("q", "structure", "etat", "region")
HEADER = ("Projet", "Structure", "Nature", "Région", "État", "Créé le")


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """The list, or the same as a file (``?export=csv``)."""
    everything = list(visible(person(request)))
    names = dict(Region.objects.values_list("code", "nom"))
    found = _sorted(_kept(everything, request.GET), request.GET)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return export(kind, "projets", HEADER, [_row(projet, names) for projet in found])
    query = {name: request.GET.get(name, "").strip() for name in FILTERS}
    context = {
        "projets": [(projet, names.get(projet.structure.region, "")) for projet in found],
        "aucun": not everything,
        "filtrable": len(everything) > 1,
        "demande": query,
        "natures": Structure.Kind.choices,
        "etats": STATES.items(),
        "etat": query["etat"] or ACTIVE,
        "regions": [(code, names.get(code, code)) for code in sorted({each.structure.region for each in everything})],
        "entetes": _headers(request.GET),
        "tri": request.GET.get("tri", ""),
        "exports": [(kind.upper(), f"?{_query(request.GET, export=kind)}") for kind in ("csv", "xlsx")],
        "commence": request.session.get(WAITING),
    }
    return render(request, "projets/liste.html", context)


def _kept(projects: Sequence[Projet], query: QueryDict) -> list[Projet]:
    words, kind = fold(query.get("q", "")), query.get("structure", "").lower()
    state, region = query.get("etat", "") or ACTIVE, query.get("region", "")
    return [
        each
        for each in projects
        if words in fold(f"{each.title} {each.structure.nom}")
        and kind in ("", each.structure.kind)
        and region in ("", each.structure.region)
        and _is_in(each, state)
    ]


def _is_in(projet: Projet, state: str) -> bool:
    return state in ("tous", projet.state) or (state == ACTIVE and projet.state != Projet.State.ARCHIVE)


def _sorted(projects: list[Projet], query: QueryDict) -> list[Projet]:
    _title, key = ORDERS.get(query.get("tri", ""), ORDERS["creation"])
    return sorted(projects, key=key, reverse=_is_descending(query))


def _is_descending(query: QueryDict) -> bool:
    """The newest first when no order is asked."""
    return query.get("sens", "") == "desc" if query.get("tri", "") in ORDERS else True


def _headers(query: QueryDict) -> list[dict[str, str]]:
    """Each heading, its order for screen readers, and the address that sorts by it or turns the order round."""
    current, down = query.get("tri", ""), _is_descending(query)
    return [
        {
            "titre": title,
            "ordre": ("descending" if down else "ascending") if name == current else "",
            "adresse": f"?{_query(query, tri=name, sens='' if name != current or down else 'desc')}",
        }
        for name, (title, _key) in ORDERS.items()
    ]


def _query(query: QueryDict, **changes: str) -> str:
    kept = {name: query.get(name, "") for name in (*FILTERS, "tri", "sens")} | changes
    return urlencode({name: value for name, value in kept.items() if value})


def _row(projet: Projet, names: Mapping[str, str]) -> list[str]:
    structure = projet.structure
    return [
        projet.title,
        structure.nom,
        structure.get_kind_display(),
        names.get(structure.region, structure.region),
        projet.get_state_display(),
        timezone.localdate(projet.created_at).isoformat(),
    ]
