"""Addresses of the activity of a project: budget."""

from django.urls import URLPattern, path

from maillage.web.activite import (
    budget,
)

PROJET = "projets/<uuid:projet>/"
BUDGET = f"{PROJET}budget/"

urlpatterns: list[URLPattern] = [
    path(BUDGET, budget.index, name="projet_budget"),
    path(f"{BUDGET}aides/", budget.suggested, name="projet_budget_aides"),
    path(f"{BUDGET}retablir/", budget.put_back, name="projet_budget_retablir"),
    path(f"{BUDGET}<int:ligne>/", budget.line, name="projet_budget_ligne"),
    path(f"{BUDGET}<int:ligne>/<slug:acte>/", budget.act, name="projet_budget_acte"),
]
