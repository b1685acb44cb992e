"""Addresses of the checks of a dossier."""

from django.urls import URLPattern, path

from maillage.web.dossiers.verifications import pages

TAB = "dossiers/<uuid:dossier>/verifications/"
urlpatterns: list[URLPattern] = [
    path(TAB, pages.page, name="dossier_verifications"),
    path(f"{TAB}<slug:code>/", pages.one, name="dossier_verifications_apprecier"),
]
