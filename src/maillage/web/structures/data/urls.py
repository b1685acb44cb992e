"""Addresses of what comes in and goes out of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.data import pages

ROOT = "structures/<uuid:structure>/donnees/"

urlpatterns: list[URLPattern] = [
    path(ROOT, pages.index, name="structure_donnees"),
    path(f"{ROOT}structure.zip", pages.whole, name="structure_donnees_archive"),
    path(f"{ROOT}<slug:liste>/", pages.bring, name="structure_donnees_liste"),
    path(f"{ROOT}<slug:liste>/modele.<slug:kind>", pages.empty, name="structure_donnees_modele"),
]
