"""Addresses of the pages of the rules."""

from django.urls import path

from maillage.web.regles import demarches, views

urlpatterns = [
    path("regles/", views.index, name="regles"),
    path("regles/parametres/<str:path>/", views.parameter, name="parametre"),
    path("regles/contradictions/", views.guides, name="contradictions"),
    path("regles/dossiers/", demarches.procedures, name="demarches"),
    path("regles/dossiers/<slug:code>/", demarches.procedure, name="demarche"),
    path("regles/<slug:name>/", views.rule, name="regle"),
]
