"""Addresses of the choice of a context and of the first page once signed in."""

from django.urls import path

from maillage.web.contexte.views import dashboard, switch

urlpatterns = [
    path("contexte/", switch, name="contexte"),
    path("tableau-de-bord/", dashboard, name="tableau_de_bord"),
]
