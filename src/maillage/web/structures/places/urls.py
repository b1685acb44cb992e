"""Addresses of the places of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.places import closing, continuity, listing, sites

ROOT = "structures/<uuid:structure>/lieux/"

urlpatterns: list[URLPattern] = [
    path(ROOT, listing.index, name="structure_horaires"),
    path(f"{ROOT}ajouter/", sites.add, name="structure_horaires_ajouter"),
    path(f"{ROOT}fermer/", closing.close, name="structure_horaires_fermer"),
    path(f"{ROOT}fermetures/retablir/", closing.put_back, name="structure_horaires_retablir"),
    path(f"{ROOT}fermetures/<int:fermeture>/retirer/", closing.reopen, name="structure_horaires_rouvrir"),
    path(f"{ROOT}vacances/", closing.school, name="structure_horaires_vacances"),
    path(f"{ROOT}<int:site>/", sites.change, name="structure_horaires_modifier"),
    path(f"{ROOT}<int:site>/retirer/", sites.remove, name="structure_horaires_retirer"),
    path(f"{ROOT}<int:site>/continuite/", continuity.page, name="structure_horaires_continuite"),
]
