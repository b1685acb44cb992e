"""The team of a project: the list, filtered and exported; a member added, changed, gone, back, invited."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write
from maillage.apps.projets.situations import conditions_of
from maillage.apps.structures import team
from maillage.apps.structures.likeness import AlreadyInTeam
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member
from maillage.apps.structures.permissions import may_see_addresses
from maillage.apps.structures.queries import filtered, still_to_name
from maillage.apps.structures.queries import team as team_of
from maillage.core.documents.orientation_words import condition_word
from maillage.core.kernel.french import plural
from maillage.core.kernel.problems import BadInput
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.orientation.situation import PROFESSIONS, TEAM_FIELDS
from maillage.web.exports import export
from maillage.web.projets import member_form
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.refusals import by_field

STATES = {"presents": "Dans l’équipe", "signataires": "Signataires", "sortis": "Sortis", "tous": "Tous"}
ORDERS = (("nom", "Nom"), ("metier", "Métier"), ("commune", "Lieu"), ("entree", "Depuis le"))
FILTERS = ("q", "metier", "etat", "tri")
HEADER = (
    "Nom", "Prénom", "Métier", "Mode d'exercice", "RPPS", "ETP", "Fonction", "Commune", "Site", "Signataire",
    "Entré le", "Sorti le",
)  # fmt: skip


@require_safe
@of_projet
def index(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The team."""
    who, structure = person(request), projet.structure
    everyone, sees = list(team_of(structure)), may_see_addresses(who, structure)
    query = {name: request.GET.get(name, "").strip() for name in FILTERS}
    shown = filtered(
        everyone,
        words=query["q"],
        metier=query["metier"],
        state=query["etat"] or "presents",
        order=query["tri"] or "nom",
    )
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return _export(kind, shown, with_addresses=sees)
    today = timezone.localdate()
    told = (each for each in conditions_of(projet, today=today) if set(each.fields) & set(TEAM_FIELDS))
    conditions = [_condition(each) for each in told]
    context = {
        "projet": projet,
        "peut_ecrire": may_write(who, projet),
        "peut_inviter": may_write(who, projet) and may_manage_people(who, structure.organisation),
        "voit_adresses": sees,
        "membres": [_line(each) for each in shown],
        "presents": sum(each.left_on is None for each in everyone),
        "aucun": not everyone,
        "a_nommer": [(slug, count, plural(count, *PROFESSIONS[slug])) for slug, count in _expected(projet)],
        "conditions": conditions,
        "demande": query,
        "etat": query["etat"] or "presents",
        "etats": STATES.items(),
        "tris": ORDERS,
        "metiers": sorted({(each.metier, name_of(each.metier)) for each in everyone}, key=lambda pair: pair[1]),
        "exports": [(each.upper(), f"?{_query(query, export=each)}") for each in ("csv", "xlsx")],
    }
    return render(request, "projets/equipe/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def add(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Add a member; what the directory found comes already filled."""
    if request.method != "POST":
        return _form(request, projet, _first(request.GET), None)
    typed = member_form.typed_of(request.POST)
    if request.POST.get("geste") == "remplir":
        return _form(request, projet, {**typed, "is_signatory": "oui"}, None)
    try:
        fields = member_form.fields_of(typed)
        is_other = request.POST.get("autre") == "oui"
        member = team.add_member(projet.structure, fields, by=person(request), at=timezone.now(), is_other=is_other)
    except AlreadyInTeam as known:
        return _form(request, projet, typed, known, like=known.member)
    except BadInput as wrong:
        return _form(request, projet, typed, wrong)
    messages.success(request, f"{member} est dans l’équipe.")
    return redirect("web:projet_equipe", projet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def change(request: HttpRequest, projet: Projet, membre: uuid.UUID) -> HttpResponse:
    """Change what is said of a member."""
    member = found(projet, membre)
    if request.method != "POST":
        return _form(request, projet, member_form.shown(member), None, member)
    typed = member_form.typed_of(request.POST)
    try:
        team.change_member(member, member_form.fields_of(typed), by=person(request), at=timezone.now())
    except BadInput as wrong:
        member.refresh_from_db()
        return _form(request, projet, typed, wrong, member)
    messages.success(request, f"{member} : c’est enregistré.")
    return redirect("web:projet_equipe", projet.pk)


@require_POST
@for_writers
def leave(request: HttpRequest, projet: Projet, membre: uuid.UUID) -> HttpResponse:
    """Say that a member left; the page offers to undo it."""
    member = found(projet, membre)
    team.leave(member, on=max(timezone.localdate(), member.joined_on), by=person(request), at=timezone.now())
    messages.success(request, f"{member} est sorti de l’équipe. Pour annuler : « Faire revenir », parmi les sortis.")
    return redirect("web:projet_equipe", projet.pk)


@require_POST
@for_writers
def come_back(request: HttpRequest, projet: Projet, membre: uuid.UUID) -> HttpResponse:
    """Put a member who left back in the team."""
    member = found(projet, membre)
    try:
        team.come_back(member, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(request, f"{member} est de nouveau dans l’équipe.")
    return redirect("web:projet_equipe", projet.pk)


def found(projet: Projet, membre: uuid.UUID) -> Member:
    """A member of the structure of this project. Raises :class:`Http404` for any other."""
    row = Member.objects.filter(structure=projet.structure, pk=membre).select_related("structure__organisation").first()
    if row is None:
        raise Http404
    return row


def _form(
    request: HttpRequest,
    projet: Projet,
    typed: dict[str, str],
    wrong: BadInput | None,
    member: Member | None = None,
    *,
    like: Member | None = None,
) -> HttpResponse:
    """The form; ``like`` is the member whom the person to add seems to be."""
    refused = by_field(wrong) if wrong and like is None else {}
    form = member_form.context(projet.structure, typed, refused)
    context = {**form, "projet": projet, "membre": member, "ressemble": like}
    return render(request, "projets/equipe/membre.html", context, status=422 if wrong else 200)


def _first(query: QueryDict) -> dict[str, str]:
    """An empty form, or the métier that a link says; nothing of a person is ever in an address."""
    return {"metier": query.get("metier", ""), "is_signatory": "oui"}


def _expected(projet: Projet) -> list[tuple[str, int]]:
    return [each for each in still_to_name(projet.structure, projet.situation) if each[0] in PROFESSIONS]


def _condition(condition: Condition) -> dict[str, Any]:
    """A condition as the template shows it; what the people announced would meet is « à nommer »."""
    told = condition.as_dict()
    if condition.to_name:
        return {**told, "etat": "a_venir", "mot": "À nommer"}
    return {**told, "mot": condition_word(told)}


def _line(member: Member) -> dict[str, Any]:
    return {
        "membre": member,
        "metier": name_of(member.metier),
        "lieu": member.site.nom if member.site else member_form.commune_words(member.commune),
    }


def _query(query: dict[str, str], **more: str) -> str:
    return urlencode({name: value for name, value in {**query, **more}.items() if value})


def _export(kind: str, members: list[Member], *, with_addresses: bool) -> HttpResponse:
    header = (*HEADER, "Adresse électronique") if with_addresses else HEADER
    rows = [_row(each) + ([each.email] if with_addresses else []) for each in members]
    return export(kind, "equipe", header, rows)


def _row(member: Member) -> list[str]:
    return [
        member.nom,
        member.prenom,
        name_of(member.metier),
        member.get_mode_display() if member.mode else "",
        member.rpps,
        "" if member.etp is None else f"{member.etp:g}".replace(".", ","),
        member.fonction,
        member_form.commune_words(member.commune),
        member.site.nom if member.site else "",
        "oui" if member.is_signatory else "non",
        member.joined_on.isoformat(),
        member.left_on.isoformat() if member.left_on else "",
    ]
