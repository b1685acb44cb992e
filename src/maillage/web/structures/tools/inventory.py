"""The tools of a structure: the list, one of them, what is known of the labels in a year."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.writing import stamp
from maillage.apps.contracts.names import called
from maillage.apps.digital import services
from maillage.apps.digital.fields import ToolFields
from maillage.apps.digital.models import MonthlyCount, Tool
from maillage.apps.digital.queries import Equipment, counts_of, equipment, tool_of, tools_of, totals
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel import french
from maillage.core.kernel.problems import read
from maillage.web.activite.common import asked, done, exported, found, now, query
from maillage.web.activite.form import Field, seen
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.entities.common import at, entity_choices, today
from maillage.web.structures.forms import FormPage, Typed, Upload, given_file, shown, submitted
from maillage.web.structures.paging import paged

PAGE = "structure_numerique"
ONE = "structure_numerique_outil"
NAMES = ("usage", "label", "etat", "q")
STATES = {"": "En usage", "abandonnes": "Abandonnés", "tous": "Tous"}
LABELS = {"": ("label à confirmer", "todo", "inconnue"), "aucun": ("sans label", "todo", "a_venir")}
LABELLED = {"standard": ("« standard »", "ok", "faite"), "avance": ("« avancé »", "ok", "faite")}
HEADER = (
    "Produit", "Éditeur", "Usage", "Label", "Labellisé le", "Acquis le", "Abandonné le", "Licences", "Utilisateurs",
    "Payé par", "Adresse",
)  # fmt: skip
PLAIN = ("use", "product", "vendor", "label", "label_on", "label_proof", "acquired_on", "renews_on", "ended_on", "link")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The tools, what is known of their labels this year, the counts; ``format`` exports the tools shown."""
    told, by = asked(request, NAMES), person(request)
    every = list(tools_of(by, structure))
    rows = [each for each in every if _answers(each, told)]
    if kind := request.GET.get("format"):
        return export(exported(kind), "outils-numeriques", HEADER, [exported_row(each) for each in rows])
    year = today().year
    sums = totals(counts_of(by, structure, year))
    pages = paged(request, rows, query(told))
    context = {
        **pages,
        "structure": structure,
        "lignes": [{"outil": each, "label": mark(each), "de_trop": _missing_licences(each)} for each in pages["page"]],
        "total": len(every),
        "liens": [each for each in every if each.link and each.ended_on is None],
        "annee": year,
        "faits": [_fact(each) for each in equipment(every, year)] if every else [],
        "nombres": [(words, *sums[kind]) for kind, words in MonthlyCount.Kind.choices],
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "usages": [("", "Tous"), *Tool.Use.choices],
        "labels": [("", "Tous"), *Tool.Label.choices, ("inconnu", "à confirmer")],
        "etats": STATES.items(),
        "peut_ecrire": may_edit(by, structure),
    }
    return render(request, "structures/numerique/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Add a tool."""
    page = _page(structure, None)

    def save(typed: Typed) -> HttpResponse:
        tool = services.create_tool(structure, _read(typed), file=given_file(request), by=person(request), at=now())
        messages.success(request, f"« {tool.product} » est ajouté.")
        return redirect(f"web:{ONE}", structure.pk, tool.pk)

    return submitted(request, page, save) if request.method == "POST" else shown(request, page, {})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, outil: uuid.UUID) -> HttpResponse:
    """Change a tool."""
    by = person(request)
    tool = found(tool_of(by, structure, outil))
    page = _page(structure, tool)

    def save(typed: Typed) -> HttpResponse:
        services.write_tool(tool, _read(typed), file=given_file(request), seen=seen(request), by=by, at=now())
        messages.success(request, "L'outil est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, tool.pk)

    return submitted(request, page, save) if request.method == "POST" else shown(request, page, _typed(tool))


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, outil: uuid.UUID) -> HttpResponse:
    """A tool."""
    by = person(request)
    tool = found(tool_of(by, structure, outil))
    context = {
        "structure": structure,
        "outil": tool,
        "label": mark(tool),
        "entite": called(tool.entity) if tool.entity else "",
        "utilisateurs": [each.member for each in tool.users.all()],
        "de_trop": _missing_licences(tool),
        "peut_ecrire": may_edit(by, structure),
    }
    return render(request, "structures/numerique/outil.html", context)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, outil: uuid.UUID, acte: str) -> HttpResponse:
    """Take out a tool typed by mistake, or put it back."""
    if acte not in ("retirer", "retablir"):
        raise Http404
    by, back = person(request), acte == "retablir"
    tool = found(tool_of(by, structure, outil))
    words = "L'outil est rétabli." if back else "L'outil est retiré de la liste. Vous pouvez le rétablir."
    done(request, lambda: services.remove_tool(tool, back=back, by=by, at=now()), words)
    return redirect(f"web:{ONE}", structure.pk, tool.pk)


@require_safe
@for_team
def proof(request: HttpRequest, structure: Structure, outil: uuid.UUID) -> HttpResponseBase:
    """The proof of the label."""
    tool = found(tool_of(person(request), structure, outil))
    return served(found(tool.proof))


def mark(tool: Tool) -> dict[str, str]:
    """The label of a tool as a tag shows it."""
    words, colour, icon = (LABELS | LABELLED)[tool.label]
    return {"mots": words, "couleur": colour, "icone": icon}


def exported_row(tool: Tool) -> list[Any]:
    """A tool as a line of a spreadsheet."""
    days = [day.isoformat() if day else "" for day in (tool.label_on, tool.acquired_on, tool.ended_on)]
    licences = "" if tool.licences is None else tool.licences
    first = [tool.product, tool.vendor, tool.get_use_display(), tool.get_label_display() or french.UNKNOWN]
    paid_by = called(tool.entity) if tool.entity else ""
    return [*first, *days, licences, len(tool.users.all()), paid_by, tool.link]


def _fact(known: Equipment) -> dict[str, Any]:
    """What is known of a label in the year, in words; the rules turn it into points elsewhere."""
    share = known.share
    lacks = []
    if known.undated:
        lacks.append(f"{known.undated} {french.plural(known.undated, 'outil')} sans date d'acquisition")
    if known.without_proof:
        lacks.append(f"{known.without_proof} {french.plural(known.without_proof, 'outil')} sans preuve du label")
    part = f"{share.days} jours sur {share.of}, depuis le {french.day(share.since)}" if share else ""
    return {"label": known.label.label, "part": part, "manque": lacks}


def _missing_licences(tool: Tool) -> int:
    """How many of its users have no licence."""
    return max(0, len(tool.users.all()) - tool.licences) if tool.licences is not None else 0


def _answers(tool: Tool, told: Mapping[str, str]) -> bool:
    words = french.fold(f"{tool.product} {tool.vendor}")
    in_state = {"": tool.ended_on is None, "abandonnes": tool.ended_on is not None}.get(told["etat"], True)
    return (
        in_state
        and told["usage"] in ("", tool.use)
        and (not told["label"] or told["label"] == (tool.label or "inconnu"))
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _read(typed: Typed) -> ToolFields:
    links = {"entity": typed["entity"], "licences": typed["licences"], "users": tuple(typed.get("users", ()))}
    return read(ToolFields, {**{name: typed[name] for name in PLAIN}, **links})


def _typed(tool: Tool) -> dict[str, Any]:
    told = {name: getattr(tool, name) for name in PLAIN}
    users = [each.member_id for each in tool.users.all()]
    return {**told, "entity": str(tool.entity_id or ""), "licences": tool.licences, "users": users}


def _page(structure: Structure, tool: Tool | None) -> FormPage:
    trail = [(at(structure, PAGE), "Outils numériques")]
    if tool is not None:
        trail.append((at(structure, ONE, tool.pk), tool.product))
    return FormPage(
        structure,
        title="Modifier" if tool else "Nouvel outil",
        of=tool.product if tool else "",
        trail=trail,
        back=trail[-1][0],
        fields=_first(),
        more=_rest(structure, tool),
        more_title="Preuve du label, licences, utilisateurs",
        upload=Upload("Preuve du label ou facture (facultatif)"),
        stamp=stamp(tool) if tool else "",
    )


def _first() -> list[Field]:
    labels = [("", "À confirmer"), *Tool.Label.choices]
    return [
        Field("product", "Produit", required=True),
        Field("use", "Usage", "select", choices=Tool.Use.choices),
        Field("vendor", "Éditeur"),
        Field("acquired_on", "Acquis le", "day", "La date de la première facture."),
        Field("label", "Label de l’Agence du numérique en santé", "select", choices=labels),
        Field("link", "Adresse pour l’ouvrir", help="Elle commence par https://. Jamais de mot de passe."),
    ]


def _rest(structure: Structure, tool: Tool | None) -> list[Field]:
    members = {str(each.pk): str(each) for each in structure.members.filter(left_on=None)}
    kept = {str(each.member_id): str(each.member) for each in tool.users.all()} if tool else {}
    return [
        Field("label_on", "Labellisé le", "day"),
        Field("label_proof", "Où le vérifier", "words", "Le nom exact et la version sur la liste de l'Agence.", rows=2),
        Field("licences", "Nombre de licences"),
        Field("entity", "Payé par", "select", choices=entity_choices(structure)),
        Field("renews_on", "À renouveler le", "day"),
        Field("ended_on", "Abandonné le", "day"),
        Field("users", "Qui s’en sert", "checks", choices=list((members | kept).items())),
    ]
