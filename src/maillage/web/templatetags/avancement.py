"""Where a document of the roadmap is made here."""

from django import template

from maillage.apps.projets.models import Projet
from maillage.web.projets.avancement.targets import link_to_document

register = template.Library()


@register.simple_tag
def adresse_du_document(projet: Projet, name: str) -> str:
    """The page where this document is made; empty when it is made elsewhere."""
    return link_to_document(projet, name)
