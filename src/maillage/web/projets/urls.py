"""Addresses of the projects, under /projets/."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.projets import dashboard, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("projets/", listing.projects, name="projets"),
    path("projets/<uuid:projet>/", dashboard.dashboard, name="projet"),
]
