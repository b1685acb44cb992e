"""Addresses of the actions of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.actions import listing, sheet

ACTIONS = "structures/<uuid:structure>/actions/"

urlpatterns: list[URLPattern] = [
    path(ACTIONS, listing.index, name="structure_actions"),
    path(f"{ACTIONS}imprimer/", listing.printed, name="structure_actions_imprimer"),
    path(f"{ACTIONS}nouvelle/", sheet.new, name="structure_actions_nouvelle"),
    path(f"{ACTIONS}retablir/", listing.put_back, name="structure_actions_retablir"),
    path(f"{ACTIONS}<uuid:fiche>/", sheet.sheet, name="structure_actions_fiche"),
    path(f"{ACTIONS}<uuid:fiche>/modifier/", sheet.edit, name="structure_actions_modifier"),
    path(f"{ACTIONS}<uuid:fiche>/<slug:acte>/", listing.act, name="structure_actions_acte"),
]
