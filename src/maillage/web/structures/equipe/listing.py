"""The team of a structure: the list, filtered, page by page, exported; what the rules ask of it."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import visible
from maillage.apps.projets.situations import conditions_of
from maillage.apps.structures.consents import addresses_for
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.permissions import may_edit, may_see_addresses
from maillage.apps.structures.queries import filtered, still_to_name
from maillage.apps.structures.queries import team as team_of
from maillage.apps.territories.models import Commune
from maillage.core.documents.orientation_words import condition_word
from maillage.core.kernel.french import plural
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.orientation.situation import PROFESSIONS, TEAM_FIELDS
from maillage.web.communes import written
from maillage.web.exports import export
from maillage.web.structures.access import of_structure, person
from maillage.web.structures.equipe.common import frame

BY_PAGE = 50
STATES = {"presents": "Dans l’équipe", "signataires": "Signataires", "sortis": "Sortis", "tous": "Tous"}
ORDERS = (("nom", "Nom"), ("metier", "Métier"), ("commune", "Lieu"), ("entree", "Depuis le"))
FILTERS = ("q", "metier", "etat", "tri")
HEADER = (
    "Nom", "Prénom", "Métier", "Mode d'exercice", "RPPS", "ETP", "Fonction", "Commune", "Site", "Signataire",
    "Entré le", "Sorti le",
)  # fmt: skip


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The team."""
    who = person(request)
    everyone = list(team_of(structure))
    query = {name: request.GET.get(name, "").strip() for name in FILTERS}
    shown = _asked(everyone, query)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return _export(kind, shown, addresses_for(who, structure, shown))
    page = Paginator(shown, BY_PAGE).get_page(request.GET.get("page"))
    here = list(page.object_list)
    places = places_of(here)
    addresses = addresses_for(who, structure, here)
    context = {
        **frame(request, structure, "membres"),
        **_rights(who, structure),
        **_of_the_rules(who, structure),
        "membres": [_line(each, places, addresses.get(each.pk, "")) for each in here],
        "page": page,
        "presents": sum(each.left_on is None for each in everyone),
        "aucun": not everyone,
        "moi": next((each for each in everyone if each.user_id == who.pk and each.left_on is None), None),
        "demande": query,
        "etat": query["etat"] or "presents",
        "etats": STATES.items(),
        "tris": ORDERS,
        "metiers": sorted({(each.metier, name_of(each.metier)) for each in everyone}, key=lambda pair: pair[1]),
        "suite": _query(query),
        "exports": [(each.upper(), f"?{_query(query, export=each)}") for each in ("csv", "xlsx")],
    }
    return render(request, "structures/equipe/liste.html", context)


def places_of(members: Sequence[Member]) -> dict[str, str]:
    """« Redon (35236) » by code, for the communes where these members practise."""
    codes = {each.commune for each in members if each.commune}
    return {place.code: written(place) for place in Commune.objects.filter(code__in=codes)}


def _asked(everyone: Sequence[Member], query: Mapping[str, str]) -> list[Member]:
    return filtered(
        everyone,
        words=query["q"],
        metier=query["metier"],
        state=query["etat"] or "presents",
        order=query["tri"] or "nom",
    )


def _rights(who: User, structure: Structure) -> dict[str, bool]:
    return {
        "peut_inviter": may_edit(who, structure) and may_manage_people(who, structure.organisation),
        "voit_adresses": may_see_addresses(who, structure),
    }


def _of_the_rules(who: User, structure: Structure) -> dict[str, Any]:
    """What the rules ask of the team of the last project that this person sees, and whom it still announces."""
    projet = visible(who).filter(structure=structure).exclude(state=Projet.State.ARCHIVE).first()
    if projet is None:
        return {"a_nommer": [], "conditions": []}
    expected = still_to_name(structure, projet.situation)
    return {
        "a_nommer": [
            (slug, count, plural(count, *PROFESSIONS[slug])) for slug, count in expected if slug in PROFESSIONS
        ],
        "conditions": _conditions(projet, timezone.localdate()),
    }


def _conditions(projet: Projet, today: datetime.date) -> list[dict[str, Any]]:
    asked = (each for each in conditions_of(projet, today=today) if set(each.fields) & set(TEAM_FIELDS))
    return [_condition(each) for each in asked]


def _condition(condition: Condition) -> dict[str, Any]:
    """A condition as the template shows it; what the people announced would meet is « à nommer »."""
    told = condition.as_dict()
    if condition.to_name:
        return {**told, "etat": "a_venir", "mot": "À nommer"}
    return {**told, "mot": condition_word(told)}


def _line(member: Member, places: Mapping[str, str], email: str) -> dict[str, Any]:
    return {
        "email": email,
        "membre": member,
        "metier": name_of(member.metier),
        "lieu": member.site.nom if member.site else places.get(member.commune, member.commune),
    }


def _query(query: Mapping[str, str], **more: str) -> str:
    return urlencode({name: value for name, value in {**query, **more}.items() if value})


def _export(kind: str, members: Sequence[Member], addresses: Mapping[uuid.UUID, str]) -> HttpResponse:
    header = (*HEADER, "Adresse électronique") if addresses else HEADER
    places = places_of(members)
    rows = [_row(each, places) + ([addresses[each.pk]] if addresses else []) for each in members]
    return export(kind, "equipe", header, rows)


def _row(member: Member, places: Mapping[str, str]) -> list[str]:
    return [
        member.nom,
        member.prenom,
        name_of(member.metier),
        member.get_mode_display() if member.mode else "",
        member.rpps,
        "" if member.etp is None else f"{member.etp:g}".replace(".", ","),
        member.fonction,
        places.get(member.commune, member.commune),
        member.site.nom if member.site else "",
        "oui" if member.is_signatory else "non",
        member.joined_on.isoformat(),
        member.left_on.isoformat() if member.left_on else "",
    ]
