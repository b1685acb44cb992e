"""Addresses of the overview and of the calendar of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.calendar import handover, overview, pages

ROOT = "structures/<uuid:structure>/"
PASSATION = f"{ROOT}passation/"

urlpatterns: list[URLPattern] = [
    path(ROOT, overview.page, name="structure"),
    path(f"{ROOT}calendrier/", pages.page, name="structure_calendrier"),
    path(PASSATION, handover.page, name="structure_passation"),
    path(f"{PASSATION}passation.pdf", handover.pdf, name="structure_passation_pdf"),
    path(f"{PASSATION}<slug:rubrique>/", handover.note, name="structure_passation_note"),
]
