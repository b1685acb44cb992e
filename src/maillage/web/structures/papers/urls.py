"""Addresses of the documents of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.papers import listing

DOCUMENTS = "structures/<uuid:structure>/documents/"
DOCUMENT = f"{DOCUMENTS}<uuid:document>/"
NAME = "structure_documents"

urlpatterns: list[URLPattern] = [
    path(DOCUMENTS, listing.index, name=NAME),
    path(f"{DOCUMENTS}nouveau/", listing.new, name=f"{NAME}_nouveau"),
    path(DOCUMENT, listing.one, name=f"{NAME}_un"),
    path(f"{DOCUMENT}modifier/", listing.edit, name=f"{NAME}_modifier"),
    path(f"{DOCUMENT}version-<int:numero>/fichier/", listing.file, name=f"{NAME}_fichier"),
    path(f"{DOCUMENT}<slug:acte>/", listing.act, name=f"{NAME}_acte"),
]
