"""Addresses of the projects, under /projets/."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.projets import dashboard, listing, starting
from maillage.web.projets.avancement.urls import urlpatterns as advancement
from maillage.web.projets.document.urls import urlpatterns as document
from maillage.web.projets.exports import urlpatterns as exports
from maillage.web.projets.following_urls import urlpatterns as following
from maillage.web.projets.gathering_urls import urlpatterns as gathering

urlpatterns: list[URLPattern | URLResolver] = [
    path("projets/", listing.projects, name="projets"),
    path("projets/nouveau/", starting.start, name="projet_nouveau"),
    path("projets/<uuid:projet>/", dashboard.dashboard, name="projet"),
    *document,
    *advancement,
    *exports,
    *following,
    *gathering,
]
