"""« Où s'installer » : where one more professional would lift most inhabitants above a threshold."""

import shlex
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.territories import shapes
from maillage.apps.territories.accessibility import Accessibility, accessibility
from maillage.apps.territories.accessibility.sites import Proposal, Search, best_sites
from maillage.apps.territories.epci_search import EpciFound
from maillage.apps.territories.models import Commune, Departement
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput
from maillage.core.territory.method import GP, PROFESSIONS
from maillage.web.carte.fragment import Fragment
from maillage.web.exports import export
from maillage.web.territoires.asked import SIREN, told
from maillage.web.territoires.moves import professions
from maillage.web.territoires.naming import epci_named
from maillage.web.typed import number

FIELDS = ("profession", "seuil", "nombre", "departement", "epci", "minutes_max")
HEADER = ("rang", "code_commune", "commune", "habitants_gagnes", "habitants_gagnes_cumules", "apl_publiee")
THRESHOLD = "territoire.zonage.medecin_generaliste.selection_nationale"
"""The parameter that the page leads to, as an example of a threshold and of its history."""
PROOF_SECONDS = 1.0
"""A proof that takes longer is not waited for: the best found is told as such, with the command that proves it."""
MOST_KEPT = 50
_KEPT: dict[Search, tuple[weakref.ref[Accessibility], Proposal]] = {}
"""The last answers of each model: a file holds what the page shows, whatever the time its proof would take."""


@dataclass(frozen=True)
class Asked:
    """``typed``: the fields as the form shows them; ``refused``: the sentence beside each wrong one."""

    typed: Mapping[str, str]
    refused: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[EpciFound, ...] = ()

    @property
    def query(self) -> str:
        """What the address carries."""
        return urlencode({name: value for name, value in self.typed.items() if value})

    @property
    def search(self) -> Search:
        """What is asked of the engine; what is not a number was refused before."""
        given = {name: number(self.typed[name]) for name in ("seuil", "nombre", "minutes_max") if self.typed[name]}
        kind = next((kind for kind in ("epci", "departement") if self.typed[kind]), "france")
        return Search(
            threshold=float(given["seuil"]),
            count=int(given.get("nombre", 1)),
            kind=kind,
            code=self.typed.get(kind, ""),
            minutes=float(given["minutes_max"]) if "minutes_max" in given else None,
            seconds=PROOF_SECONDS,
        )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form, and the places found for what the address asks."""
    asked = _asked(request.GET)
    if not asked.refused and asked.typed["epci"] != request.GET.get("epci", "").strip():
        return redirect(f"{request.path}?{asked.query}")
    found, asked, missing = _found(asked)
    kind = request.GET.get("format")
    if found and kind in ("csv", "xlsx"):
        return export(kind, "ou-s-installer", HEADER, [tuple(row.values()) for row in found.rows()])
    context = {
        "demande": asked,
        "professions": professions(),
        "departements": Departement.objects.order_by("code"),
        "erreurs": list(asked.refused.items()),
        "choix": asked.choices,
        "manque": missing,
        "seuil_connu": THRESHOLD,
        **(_result(found, asked) if found else {}),
    }
    return render(request, "territoires/ou_s_installer.html", context, status=422 if asked.refused else 200)


def _asked(query: QueryDict) -> Asked:
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in FIELDS}
    typed["profession"] = typed["profession"] or PROFESSIONS[0]
    if not any(query.get(name) for name in FIELDS):
        return Asked(typed)
    refused = {name: sentence for name in ("seuil", "nombre", "minutes_max") if (sentence := _wrong(name, typed[name]))}
    if typed["departement"] and typed["epci"]:
        refused["departement"] = "Choisissez un département ou une intercommunalité, pas les deux."
    asked = Asked(typed, refused)
    return _with_epci(asked) if typed["epci"] and not SIREN.fullmatch(typed["epci"]) else asked


def _wrong(name: str, value: str) -> str:
    """Why a number is not one; the threshold must be given."""
    if not value:
        return told("", "l'accessibilité à atteindre, dans l'unité de la profession") if name == "seuil" else ""
    read = number(value)
    whole = name == "nombre"
    right = isinstance(read, int) if whole else not isinstance(read, str)
    return "" if right else told(value, "un nombre entier" if whole else "un nombre")


def _with_epci(asked: Asked) -> Asked:
    found = epci_named(asked.typed["epci"])
    if found.place is None:
        return replace(asked, refused={**asked.refused, "epci": found.refusal}, choices=tuple(found.choices))
    return replace(asked, typed={**asked.typed, "epci": found.place.code})


def _found(asked: Asked) -> tuple[Proposal | None, Asked, str]:
    """The places, else what is refused, else what is not loaded yet."""
    if asked.refused or not asked.typed["seuil"]:
        return None, asked, ""
    try:
        model = accessibility(asked.typed["profession"], timezone.localdate())
        return _answered(model, asked.search), asked, ""
    except BadInput as wrong:
        refused = {problem.field: told(problem.value, problem.expected) for problem in wrong.problems}
        return None, replace(asked, refused=refused), ""
    except LoadError as nothing:
        return None, asked, str(nothing)


def _answered(model: Accessibility, search: Search) -> Proposal:
    """The answer kept of this very model, else a new one. Raises :class:`BadInput`."""
    of_model, kept = _KEPT.get(search, (None, None))
    if of_model is not None and kept is not None and of_model() is model:
        return kept
    found = best_sites(model, search)
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    _KEPT[search] = (weakref.ref(model), found)
    return found


def proof(asked: Asked) -> str:
    """The command that gives a proof the time it needs."""
    options = {name.replace("_", "-"): asked.typed[name].replace(",", ".") for name in FIELDS if asked.typed[name]}
    words = [f"--{name} {shlex.quote(value)}" for name, value in options.items()]
    return " ".join(["maillage territoire optimiser", *words, "--methode exact"])


def _written(value: float | None, asked: Asked) -> str:
    return french.UNKNOWN if value is None else french.number(value, 2 if asked.typed["profession"] == GP else 1)


def _result(found: Proposal, asked: Asked) -> dict[str, Any]:
    places = {row.code: row for row in Commune.objects.filter(code__in=found.codes)}
    points = [
        {"longitude": place.longitude, "latitude": place.latitude, "nom": place.nom}
        for code in found.codes
        if (place := places.get(code)) and place.longitude is not None
    ]
    lifted = list(dict.fromkeys([*found.codes, *found.lifted]))
    return {
        "resultat": found,
        "lieux": [row | {"apl_publiee": _written(row["apl_publiee"], asked)} for row in found.rows()],
        "preuve": "" if not found.known or found.plan.proven or found.plan.method != "exact" else proof(asked),
        "sous_le_seuil": found.below,
        "gagnes": found.gained,
        "carte": Fragment(
            "Où s'installer, et les communes qui passent le seuil",
            bounds=shapes.bounds(lifted) if lifted else None,
            highlighted=lifted,
            points=points,
            source="modèle de Maillage",
        ).context(),
        "csv": f"?{asked.query}&format=csv",
        "xlsx": f"?{asked.query}&format=xlsx",
    }
