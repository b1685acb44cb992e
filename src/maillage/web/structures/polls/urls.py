"""Addresses of the polls of dates."""

from django.urls import URLPattern, path

from maillage.web.structures.polls import answering, opening, pages

SONDAGES = "structures/<uuid:structure>/reunions/sondages/"
SONDAGE = f"{SONDAGES}<uuid:sondage>/"

urlpatterns: list[URLPattern] = [
    path(SONDAGES, pages.index, name="structure_reunions_sondages"),
    path(f"{SONDAGES}nouveau/", opening.new, name="structure_reunions_sondages_nouveau"),
    path(SONDAGE, pages.one, name="structure_reunions_sondages_un"),
    path(f"{SONDAGE}<slug:acte>/", pages.act, name="structure_reunions_sondages_acte"),
    path("sondages/<str:lien>/", answering.page, name="sondage_repondre"),
]
