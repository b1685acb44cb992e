"""The parts of the frame of a dossier: its side menu, its head, its tabs."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.commissions.queries import passages_of
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import pending_decision
from maillage.apps.dossiers.permissions import holder_of, is_of_the_filer, may_read_inside
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets.queries import visible_projet
from maillage.web.dossiers.frame import review_menu, tabs
from maillage.web.structures.menu import groups

register = template.Library()

MARKS = {
    "brouillon": ("todo", "a_venir"),
    "instruction": ("warn", "en_cours"),
    "attente": ("warn", "en_cours"),
    "commission": ("warn", "en_cours"),
    "decision": ("warn", "en_cours"),
    "suivi": ("ok", "faite"),
    "clos": ("todo", "a_venir"),
}
"""Colour and icon of each phase."""


@register.inclusion_tag("dossiers/_menu.html", takes_context=True)
def menu_du_dossier(context: Context) -> dict[str, Any]:
    """The side menu of a page of a dossier: that of the project for who files, that of the review for the others."""
    dossier: Dossier = context["dossier"]
    if not is_of_the_filer(context["request"].user, dossier):
        return {"titre": "Instruction", "entrees": review_menu("dossiers", context["request"].user)}
    who = context["request"].user
    projet = visible_projet(who, dossier.projet_id) if dossier.projet_id else None
    return {"groupes": groups(who, projet.structure, projet, "projet_dossiers") if projet else ()}


@register.simple_tag(takes_context=True)
def liste_des_dossiers(context: Context) -> str:
    """Where the list is from which a dossier is reached: those of the project for who files, else every one."""
    dossier: Dossier = context["dossier"]
    who = context["request"].user
    if is_of_the_filer(who, dossier) and dossier.projet_id and visible_projet(who, dossier.projet_id) is not None:
        return reverse("web:projet_dossiers", args=[dossier.projet_id])
    return reverse("web:dossiers")


@register.filter
def phrase(words: str) -> str:
    """Words with one full stop at their end, whether they had it or not."""
    return f"{words.rstrip().removesuffix('.')}."


@register.inclusion_tag("dossiers/_menu.html", takes_context=True)
def menu_de_l_instruction(context: Context) -> dict[str, Any]:
    """The side menu of who reviews, for the pages that are not those of a dossier."""
    match = context["request"].resolver_match
    return {"titre": "Instruction", "entrees": review_menu(match.url_name if match else "", context["request"].user)}


@register.inclusion_tag("dossiers/_entete.html", takes_context=True)
def entete_du_dossier(context: Context) -> dict[str, Any]:
    """What a dossier is, its state, its clock, who holds it."""
    dossier: Dossier = context["dossier"]
    inside = may_read_inside(context["request"].user, dossier)
    return {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "horloge": clock_of(dossier, today=timezone.localdate()),
        "dedans": inside,
        "responsable": holder_of(dossier) if inside else None,
        "a_notifier": pending_decision(dossier) if inside else None,
    }


@register.inclusion_tag("dossiers/_onglets.html", takes_context=True)
def onglets_du_dossier(context: Context) -> dict[str, Any]:
    """The tabs of a dossier."""
    request = context["request"]
    match = request.resolver_match
    return {"onglets": tabs(request.user, context["dossier"], match.url_name if match else "")}


@register.inclusion_tag("dossiers/_avis_commission.html", takes_context=True)
def avis_de_la_commission(context: Context) -> dict[str, Any]:
    """The sessions of a dossier and what its commission said, for who reads it whole."""
    return {"passages": passages_of(context["request"].user, context["dossier"])}


@register.inclusion_tag("projets/_etat.html")
def etat_du_dossier(dossier: Dossier) -> dict[str, Any]:
    """The state of a dossier, as a word with its icon."""
    colour, icon = MARKS[dossier.phase]
    state = definition_of(dossier).state(dossier.state)
    return {"mot": state.titre, "couleur": colour, "icone": icon}
