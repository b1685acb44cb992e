"""Addresses of the overview and of the calendar of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.calendar import overview, pages

ROOT = "structures/<uuid:structure>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, overview.page, name="structure"),
    path(f"{ROOT}calendrier/", pages.page, name="structure_calendrier"),
]
