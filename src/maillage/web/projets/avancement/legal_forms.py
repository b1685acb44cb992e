"""The advisor of legal forms for a project, and the legal persons that it has or thinks of."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.projets.legal_advice import advice_of
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write
from maillage.apps.structures.legal_entities import add_entity, change_entity, remove_entity
from maillage.apps.structures.models import LegalEntity
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.avancement.forms import LegalEntityForm

MARKS = {
    "necessaire": ("ok", "faite"),
    "possible": ("ok", "possible"),
    "pas_encore": ("warn", "pas_encore"),
    "a_verifier": ("todo", "inconnue"),
    "impossible": ("no", "impossible"),
}
"""Colour and icon of each state of a form."""
PAGE = "web:projet_forme_juridique"


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The forms for the funds aimed at (« fonds », in the address), and those that the project has."""
    return _shown(request, projet)


@require_POST
@for_writers
def add(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Add a legal person."""
    form = LegalEntityForm(request.POST)
    if form.is_valid():
        try:
            fields = form.fields_of_the_entity()
            entity = add_entity(projet.structure, fields, by=person(request), at=timezone.now())
        except BadInput as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, f"« {entity.nom or _name(entity)} » est ajoutée.")
            return redirect(PAGE, projet.pk)
    return _shown(request, projet, form)


@require_POST
@for_writers
def change(request: HttpRequest, projet: Projet, entite: int) -> HttpResponse:
    """Say what became of a legal person."""
    entity = _found(projet, entite)
    form = LegalEntityForm(request.POST, entity=entity)
    if form.is_valid():
        try:
            change_entity(entity, form.fields_of_the_entity(), by=person(request), at=timezone.now())
        except BadInput as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, "La personne morale est enregistrée.")
            return redirect(PAGE, projet.pk)
    return _shown(request, projet, form)


@require_POST
@for_writers
def remove(request: HttpRequest, projet: Projet, entite: int) -> HttpResponse:
    """Leave a legal person out."""
    entity = _found(projet, entite)
    name = entity.nom or _name(entity)
    try:
        remove_entity(entity, by=person(request), at=timezone.now())
    except BadInput:
        messages.error(request, f"« {name} » ne se retire pas : un contrat, un fonds ou des personnes en dépendent.")
    else:
        messages.success(request, f"« {name} » est retirée.")
    return redirect(PAGE, projet.pk)


def _found(projet: Projet, identifier: int) -> LegalEntity:
    entity = projet.structure.legal_entities.select_related("structure__organisation").filter(pk=identifier).first()
    if entity is None:
        raise Http404
    return entity


def _name(entity: LegalEntity) -> str:
    from maillage.apps.structures.legal_entities import FORMS

    return FORMS.get(entity.form, entity.form)


def _shown(request: HttpRequest, projet: Projet, wrong: LegalEntityForm | None = None) -> HttpResponse:
    writes = may_write(person(request), projet)
    asked = request.GET.getlist("fonds") if "fonds" in request.GET else None
    found = advice_of(projet, funds=asked, today=timezone.localdate())
    chosen = list(projet.structure.legal_entities.all())
    context: dict[str, Any] = {
        "projet": projet,
        "avis": found,
        "formes": [(each, *MARKS[each.state]) for each in found.advice.forms] if found.advice else [],
        "fonds": [(code, name, code in found.funds, _toggled(found.funds, code)) for code, name in found.known.items()],
        "entites": [(each, _name(each), _form(each, wrong) if writes else None) for each in chosen],
        "choisies": {each.form for each in chosen},
        "ajout": (wrong if wrong is not None and wrong.entity is None else LegalEntityForm()) if writes else None,
        "peut_ecrire": writes,
        "en_erreur": wrong,
    }
    return render(request, "projets/avancement/forme_juridique.html", context, status=422 if wrong else 200)


def _form(entity: LegalEntity, wrong: LegalEntityForm | None) -> LegalEntityForm:
    if wrong is not None and wrong.entity is not None and wrong.entity.pk == entity.pk:
        return wrong
    return LegalEntityForm(entity=entity)


def _toggled(funds: tuple[str, ...], code: str) -> str:
    """The address where a fund is aimed at when it is not, and the reverse."""
    kept = [each for each in funds if each != code] if code in funds else [*funds, code]
    return "?" + "&".join(f"fonds={each}" for each in kept or ("",))
