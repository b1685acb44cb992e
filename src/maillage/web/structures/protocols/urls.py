"""Addresses of the protocols of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.protocols import listing

PROTOCOLES = "structures/<uuid:structure>/protocoles/"

urlpatterns: list[URLPattern] = [
    path(PROTOCOLES, listing.index, name="structure_protocoles"),
    path(f"{PROTOCOLES}nouveau/", listing.new, name="structure_protocoles_nouveau"),
    path(f"{PROTOCOLES}retablir/", listing.put_back, name="structure_protocoles_retablir"),
    path(f"{PROTOCOLES}<uuid:protocole>/", listing.one, name="structure_protocoles_un"),
    path(f"{PROTOCOLES}<uuid:protocole>/<slug:acte>/", listing.act, name="structure_protocoles_acte"),
]
