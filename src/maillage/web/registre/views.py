"""« Structures reconnues »: a list that anybody may search and export; the page of one structure and its history."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.dossiers import register
from maillage.apps.dossiers.models import Recognition
from maillage.apps.dossiers.register import Entry
from maillage.apps.structures.models import Structure
from maillage.apps.territories.models import Departement, Region
from maillage.core.kernel.french import UNKNOWN
from maillage.web.exports import export

BY_PAGE = 50
MOST_EXPORTED = 20_000
HEADER = (
    "Structure", "Nature", "Spécialité", "Région", "Département", "Communes (codes INSEE)", "Communes", "Décision",
    "Reconnue depuis le", "Jusqu'au", "Motif de la fin", "FINESS de l'entité juridique", "FINESS de l'établissement",
)  # fmt: skip
STATES = (("", "En vigueur"), ("finies", "Finies"), ("toutes", "Toutes"))
ORDERS = {"nom": ("nom", "pk"), "depuis": ("-since", "nom", "pk")}


class RegisterForm(forms.Form):
    """What one looks for; the choices are those of the register."""

    q = forms.CharField(label="Nom, commune, FINESS ou décision", required=False, max_length=120)
    nature = forms.ChoiceField(label="Nature", required=False)
    region = forms.ChoiceField(label="Région", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=STATES)
    tri = forms.ChoiceField(
        label="Trier par", required=False, choices=[("", "Nom"), ("depuis", "Les plus récentes d’abord")]
    )

    def __init__(self, data: Any, rows: QuerySet[Recognition]) -> None:
        super().__init__(data)
        self._offer("nature", _words(rows.order_by().values_list("kind", flat=True), dict(Structure.Kind.choices)))
        self._offer("region", _words(rows.order_by().values_list("region", flat=True), names_of(Region)))
        held = rows.order_by().values_list("decision__dossier__departement", flat=True)
        self._offer("departement", _words(held, names_of(Departement)))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "Toutes" if name != "departement" else "Tous"), *choices]
        field.error_messages["invalid_choice"] = "Choisissez dans la liste."

    def kept(self, rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
        """Those that answer; what is refused is not applied."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        exact = {"nature": "kind", "region": "region", "departement": "decision__dossier__departement"}
        rows = rows.filter(**{column: asked[name] for name, column in exact.items() if name in asked})
        if asked.get("etat") != "toutes":
            rows = rows.filter(until__isnull=asked.get("etat") != "finies")
        if words := asked.get("q", "").strip():
            rows = register.matching(rows, words)
        return rows.order_by(*ORDERS.get(asked.get("tri", ""), ORDERS["nom"]))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The register: filters in the address, pages, export of what they keep."""
    every = register.current()
    form = RegisterForm(request.GET, every)
    is_valid = form.is_valid()
    found = form.kept(every)
    if is_valid and (kind := request.GET.get("format", "")) in ("csv", "xlsx"):
        return export(kind, "structures-reconnues", HEADER, list(_rows(register.entries(found[:MOST_EXPORTED]))))
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("page"))
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    told = {
        "formulaire": form,
        "refus": {name: errors[0] for name, errors in form.errors.items()},
        "lignes": register.entries(page.object_list),
        "page": page,
        "total": every.count(),
        "filtre": bool(set(kept) - {"tri"}),
        "retour": f"?{urlencode(kept)}&" if kept else "?",
        "jour": timezone.localdate(),
    }
    return render(request, "registre/liste.html", told, status=200 if is_valid else 422)


@require_safe
def one(request: HttpRequest, structure: uuid.UUID) -> HttpResponse:
    """What the register says of a structure, and said before."""
    found = register.history(structure)
    if not found:
        raise Http404
    regions, departements = names_of(Region), names_of(Departement)
    told = {
        "derniere": found[0],
        "histoire": found,
        "region": regions.get(found[0].recognition.region, found[0].recognition.region),
        "departement": departements.get(found[0].departement, found[0].departement),
        "debut": min(each.recognition.since for each in found),
    }
    return render(request, "registre/structure.html", told)


def names_of(model: type[Region] | type[Departement]) -> dict[str, str]:
    """The names of the regions or of the départements, by code."""
    return dict(model.objects.values_list("code", "nom"))


def _words(codes: Iterable[str], names: dict[Any, Any]) -> list[tuple[str, str]]:
    return sorted(((code, str(names.get(code, code))) for code in {*codes} if code), key=lambda each: each[1])


def _rows(lines: Iterable[Entry]) -> Iterator[Sequence[Any]]:
    regions, departements = names_of(Region), names_of(Departement)
    for line in lines:
        row = line.recognition
        yield (
            row.nom, row.get_kind_display(), row.specialite, regions.get(row.region, row.region),
            departements.get(line.departement, line.departement), " ".join(code for code, _name in line.communes),
            ", ".join(name for _code, name in line.communes), row.decision.number, row.since, row.until or "",
            row.ended_reason, row.finess_ej or UNKNOWN, row.finess_et or UNKNOWN,
        )  # fmt: skip
