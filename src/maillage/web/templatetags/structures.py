"""The parts of the frame of a structure: its side menu, its head, its name in the breadcrumb."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.web.structures.menu import HOMES, groups

register = template.Library()


@register.inclusion_tag("structures/_menu.html", takes_context=True)
def menu_de_la_structure(context: Context, structure: Structure) -> dict[str, Any]:
    """The side menu; on a page of a project, the context has ``projet``."""
    request = context["request"]
    match = request.resolver_match
    page = match.url_name if match else ""
    return {"groupes": groups(request.user, structure, context.get("projet"), page)}


@register.inclusion_tag("structures/_entete.html", takes_context=True)
def entete_de_la_structure(context: Context, structure: Structure) -> dict[str, Any]:
    """Kind and name of the structure above a page, and « Lecture seule » for who may only read there.

    ``peut_coter`` in the context: this page takes what each member gives alone. ``nom_en_titre``: its title is the
    name, which is not said twice.
    """
    only_reads = not context.get("peut_coter") and not may_edit(context["request"].user, structure)
    titled = context.get("nom_en_titre", False)
    return {"structure": structure, "lecture_seule": only_reads, "nom_en_titre": titled}


@register.simple_tag(takes_context=True)
def nom_de_la_structure(context: Context, structure: Structure) -> SafeString:
    """The name of the structure, a link to its first page for who may open it."""
    if not may_see_inside(context["request"].user, structure):
        return format_html("<span>{}</span>", structure.nom)
    try:
        return format_html('<a href="{}">{}</a>', reverse(f"web:{HOMES[0]}", args=[structure.pk]), structure.nom)
    except NoReverseMatch:
        return format_html("<span>{}</span>", structure.nom)
