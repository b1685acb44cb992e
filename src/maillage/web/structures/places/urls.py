"""Addresses of the places of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.places import sites

ROOT = "structures/<uuid:structure>/lieux/"

urlpatterns: list[URLPattern] = [
    path(ROOT, sites.index, name="structure_horaires"),
    path(f"{ROOT}ajouter/", sites.add, name="structure_horaires_ajouter"),
    path(f"{ROOT}<int:site>/", sites.change, name="structure_horaires_modifier"),
    path(f"{ROOT}<int:site>/retirer/", sites.remove, name="structure_horaires_retirer"),
]
