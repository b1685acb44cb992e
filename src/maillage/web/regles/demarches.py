"""Public pages « Démarches »: what a team may file, explained to a newcomer, as its region files it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from maillage.core.dossiers import explaining
from maillage.core.dossiers.definition import CheckData, Definition, DocumentData, FieldData
from maillage.core.dossiers.kinds import all_kinds, every_kind
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.system import system
from maillage.web.regles import asked, presenter
from maillage.web.regles.asked import Asked

STRUCTURES = {
    "ESP": "Équipe de soins primaires (ESP)",
    "MSP": "Maison de santé pluriprofessionnelle (MSP)",
    "CDS": "Centre de santé",
    "ESS": "Équipe de soins spécialisés (ESS)",
    "CPTS": "Communauté professionnelle territoriale de santé (CPTS)",
}


@dataclass(frozen=True)
class Part:
    """A question, a document or a check: ``when`` says when it counts, ``figures`` the parameters that it reads."""

    data: FieldData | DocumentData | CheckData
    when: str
    kind: str = ""
    figures: tuple[presenter.ParameterRow, ...] = ()


def procedures(request: HttpRequest) -> HttpResponse:
    """Every kind of dossier, structure by structure, in the order in which a team meets them."""
    question = asked.read(request.GET, today=timezone.localdate())
    order = list(explaining.FAMILIES)
    found = [each for each in all_kinds(question.region) if each.exists_on(question.date)]
    found.sort(key=lambda each: order.index(each.famille))
    groups = [(STRUCTURES[code], [each for each in found if code in each.structures]) for code in STRUCTURE_CODES]
    context = {**_common(question), "groupes": [(name, rows) for name, rows in groups if rows], "total": len(found)}
    return render(request, "regles/demarches.html", context, status=question.status)


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One kind: who files, what is asked, how long, who decides, what follows what."""
    question = asked.read(request.GET, today=timezone.localdate())
    definition = next((each for each in all_kinds(question.region) if each.code == code), None)
    if definition is None:
        return _elsewhere(code, question)
    told = definition.delai
    context = {
        **_common(question),
        "demarche": definition,
        "famille": explaining.FAMILIES[definition.famille],
        "structures": [STRUCTURES[each] for each in definition.structures],
        "delai": explaining.delay(definition),
        "silence": explaining.silence(definition),
        "delai_du_deposant": explaining.filing_delay(definition),
        "texte_du_delai": system(question.region).text(told.parametre) if told and told.parametre else None,
        "avis": [(each, explaining.advice(each)) for each in definition.avis],
        "questions": [_field(definition, each) for each in definition.champs],
        "pieces": [_document(definition, each) for each in definition.pieces],
        "verifications": [_check(definition, each, question) for each in definition.verifications],
        "etapes": explaining.steps(definition),
        "finie": not definition.exists_on(question.date),
    }
    return render(request, "regles/demarche.html", context, status=question.status)


def addresses() -> list[str]:
    """The pages that stand at one address, for the sitemap."""
    found = {(each.code, each.pack) for each in every_kind()}
    national = {code for code, pack in found if not pack}
    return [reverse("web:demarches"), *(
        reverse("web:demarche", args=[code]) + (f"?region={pack}" if pack else "")
        for code, pack in sorted(found)
        if not pack or code not in national
    )]  # fmt: skip


def _elsewhere(code: str, question: Asked) -> HttpResponse:
    """To the region that has this kind, when the one that is asked has it not."""
    holder = next((each.pack for each in every_kind() if each.code == code), None)
    if not holder or question.region:
        raise Http404(f"La démarche « {code} » n'existe pas ici.")
    return redirect(reverse("web:demarche", args=[code]) + question.address(region=holder))


def _common(question: Asked) -> dict[str, Any]:
    return {
        "demande": question,
        "date": question.date,
        "regions": presenter.regions(),
        "ou": packs.pack(question.region).nom if question.region else "",
    }


def _field(definition: Definition, field: FieldData) -> Part:
    return Part(field, explaining.asked_when(definition, field), explaining.TYPES[field.type])


def _document(definition: Definition, document: DocumentData) -> Part:
    return Part(document, explaining.asked_when(definition, document), ", ".join(document.formats))


def _check(definition: Definition, check: CheckData, question: Asked) -> Part:
    engine = system(question.region)
    figures = [presenter.parameter_row(engine.text(each), question.date) for each in explaining.parameters_of(check)]
    return Part(check, explaining.asked_when(definition, check), explaining.effect(check), tuple(figures))
