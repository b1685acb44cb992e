"""Addresses of the dossiers: one list by subject, each in its own module."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.dossiers.statistics import urlpatterns as statistics
from maillage.web.dossiers.summary import summary

urlpatterns: list[URLPattern | URLResolver] = [
    path("dossiers/<uuid:dossier>/", summary, name="dossier"),
    *statistics,
]
