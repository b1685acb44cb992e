"""Addresses of the public page of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.public_page import editing, reading

ROOT = "structures/<uuid:structure>/page-publique/"

urlpatterns: list[URLPattern] = [
    path(ROOT, editing.page, name="structure_page_publique"),
    path(f"{ROOT}apercu/", editing.preview, name="structure_page_publique_apercu"),
    path(f"{ROOT}publier/", editing.publish, name="structure_page_publique_publier"),
    path(f"{ROOT}retirer/", editing.unpublish, name="structure_page_publique_retirer"),
    path("s/<slug:slug>/", reading.public, name="page_publique"),
]
