"""Addresses of the log, and of the files of a project."""

from django.urls import path

from maillage.web.journal import views
from maillage.web.projets import files

urlpatterns = [
    path("journal/", views.events, name="journal"),
    path("projets/<uuid:projet>/journal/", views.projet_events, name="projet_journal"),
    path("projets/<uuid:projet>/fichiers/", files.deposit, name="projet_fichiers_deposer"),
    path("projets/<uuid:projet>/fichiers/<uuid:fichier>/", files.show, name="projet_fichier"),
]
