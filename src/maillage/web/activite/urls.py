"""Addresses of the activity of a project: protocols, budget."""

from django.urls import URLPattern, path

from maillage.web.activite import (
    budget,
    protocols,
)

PROJET = "projets/<uuid:projet>/"
PROTOCOLES = f"{PROJET}protocoles/"
BUDGET = f"{PROJET}budget/"

urlpatterns: list[URLPattern] = [
    path(PROTOCOLES, protocols.index, name="projet_protocoles"),
    path(f"{PROTOCOLES}nouveau/", protocols.new, name="projet_protocoles_nouveau"),
    path(f"{PROTOCOLES}retablir/", protocols.put_back, name="projet_protocoles_retablir"),
    path(f"{PROTOCOLES}<uuid:protocole>/", protocols.one, name="projet_protocoles_un"),
    path(f"{PROTOCOLES}<uuid:protocole>/<slug:acte>/", protocols.act, name="projet_protocoles_acte"),
    path(BUDGET, budget.index, name="projet_budget"),
    path(f"{BUDGET}aides/", budget.suggested, name="projet_budget_aides"),
    path(f"{BUDGET}retablir/", budget.put_back, name="projet_budget_retablir"),
    path(f"{BUDGET}<int:ligne>/", budget.line, name="projet_budget_ligne"),
    path(f"{BUDGET}<int:ligne>/<slug:acte>/", budget.act, name="projet_budget_acte"),
]
