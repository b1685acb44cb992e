"""« Reprendre des dossiers »: those of a procedure of « Démarche numérique », checked first, then taken over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.common.files.services import within_limit
from maillage.apps.dossiers.importing.services import Line, Wanted, take_over, told
from maillage.apps.structures.models import Structure
from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import Definition
from maillage.core.kernel.french import day, fold
from maillage.core.kernel.problems import BadInput
from maillage.core.rules.orientation.packs import pack_of_region
from maillage.web.exports import export
from maillage.web.projets.access import person

TAKE, CHECK, REPORT = "reprendre", "verifier", "rapport"
LABEL, CODE = "libelle-", "champ-"
HEADER = (
    "Dossier de la démarche",
    "Résultat",
    "Dossier ici",
    "Motif",
    "Question laissée de côté",
    "Réponse",
    "Pourquoi",
)


@dataclass(frozen=True)
class Choice:
    """A label of the file that is no field, and the field that who imports chose for it."""

    label: str
    code: str


@require_http_methods(["GET", "POST"])
@login_required
def take_dossiers_over(request: HttpRequest) -> HttpResponse:
    """The page; who reviews for no authority gets « introuvable »."""
    user = person(request)
    authorities = list(_authorities(user))
    if not authorities:
        raise Http404
    authority = next((a for a in authorities if str(a.pk) == _given(request, "autorite")), authorities[0])
    offered = [each for each in kinds.all_kinds(_pack(authority)) if each.autorite == authority.kind]
    definition = next((each for each in offered if each.code == _given(request, "nature")), None)
    context: dict[str, Any] = {
        "autorites": authorities,
        "autorite": authority,
        "demarches": sorted(offered, key=lambda each: each.titre),
        "definition": definition,
        "natures": _natures(definition),
        "nature_choisie": _given(request, "structure"),
    }
    if request.method == "POST":
        context |= _acted(request, user, authority, definition)
        if request.POST.get("geste") == REPORT and "lignes" in context:
            return export("csv", "reprise", HEADER, list(_rows(context["lignes"])))
    return render(request, "dossiers/reprendre.html", context)


def _acted(request: HttpRequest, user: User, authority: Organisation, definition: Definition | None) -> dict[str, Any]:
    file = request.FILES.get("fichier")
    named = dict(_named(request.POST))
    if definition is None:
        return {"erreurs": {"nature": "Choisissez la démarche de Maillage que ces dossiers suivent."}}
    if not isinstance(file, UploadedFile):
        return {"erreurs": {"fichier": "Choisissez le fichier JSON."}, "choix": _choices((), named)}
    wanted = Wanted(
        definition.code, authority, named, _given(request, "structure"), trial=request.POST.get("geste") != TAKE
    )
    try:
        lines = take_over(within_limit(file), wanted, by=user, at=timezone.now())
    except BadInput as wrong:
        return {"erreurs": {"fichier": f"Ce fichier n'est pas celui attendu : {wrong.problems[0].expected}."}}
    return {
        "lignes": lines,
        "bilan": told(lines),
        "essai": wanted.trial,
        "choix": _choices(lines, named),
        "champs": definition.champs,
    }


def _choices(lines: tuple[Line, ...], named: Mapping[str, str]) -> list[Choice]:
    """The labels that are no field, those already chosen first."""
    labels = dict.fromkeys(question for line in lines for question, _answer, why in line.aside if "pas de champ" in why)
    chosen = {label: code for label, code in named.items() if label not in {fold(each) for each in labels}}
    return [*(Choice(label, code) for label, code in chosen.items()), *(Choice(each, "") for each in labels)]


def _named(posted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in posted:
        if name.startswith(LABEL) and (code := posted.get(f"{CODE}{name.removeprefix(LABEL)}")):
            yield fold(str(posted[name])), str(code)


def _rows(lines: tuple[Line, ...]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        for aside in line.aside or (("", "", ""),):
            late = "" if line.overdue is None else f"Délai légal passé depuis le {day(line.overdue)}."
            yield (line.number, line.outcome, line.here, f"{line.reason} {late}".strip(), *aside)


def _authorities(user: User) -> Iterator[Organisation]:
    rows = Organisation.objects.filter(
        roles__user=user,
        roles__until=None,
        roles__name__in=(Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR),
        closed_at=None,
    )
    yield from rows.exclude(kind=Organisation.Kind.DELEGATION).distinct()


def _pack(authority: Organisation) -> str:
    return pack_of_region(authority.region) or ""


def _natures(definition: Definition | None) -> list[tuple[str, str]]:
    """What a new structure may be, when the kind is that of several natures."""
    codes = [each.lower() for each in definition.structures] if definition else []
    return [(code, Structure.Kind(code).label) for code in codes] if len(codes) > 1 else []


def _given(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name) or "").strip()


urlpatterns: list[URLPattern] = [path("dossiers/reprendre/", take_dossiers_over, name="dossiers_reprendre")]
