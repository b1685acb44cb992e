"""Addresses of the activity of a project: actions, protocols, budget, meetings."""

from django.urls import URLPattern, path

from maillage.web.activite import (
    action_sheet,
    actions,
    attendance,
    budget,
    inviting,
    meetings,
    protocols,
    time_spent,
)

PROJET = "projets/<uuid:projet>/"
ACTIONS = f"{PROJET}actions/"
PROTOCOLES = f"{PROJET}protocoles/"
BUDGET = f"{PROJET}budget/"
REUNIONS = f"{PROJET}reunions/"
REUNION = f"{REUNIONS}<uuid:reunion>/"

urlpatterns: list[URLPattern] = [
    path(ACTIONS, actions.index, name="projet_actions"),
    path(f"{ACTIONS}imprimer/", actions.printed, name="projet_actions_imprimer"),
    path(f"{ACTIONS}nouvelle/", action_sheet.new, name="projet_actions_nouvelle"),
    path(f"{ACTIONS}retablir/", actions.put_back, name="projet_actions_retablir"),
    path(f"{ACTIONS}<uuid:fiche>/", action_sheet.sheet, name="projet_actions_fiche"),
    path(f"{ACTIONS}<uuid:fiche>/modifier/", action_sheet.edit, name="projet_actions_modifier"),
    path(f"{ACTIONS}<uuid:fiche>/<slug:acte>/", actions.act, name="projet_actions_acte"),
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
    path(REUNIONS, meetings.index, name="projet_reunions"),
    path(f"{REUNIONS}nouvelle/", meetings.new, name="projet_reunions_nouvelle"),
    path(f"{REUNIONS}temps/", time_spent.page, name="projet_reunions_temps"),
    path(REUNION, attendance.page, name="projet_reunions_une"),
    path(f"{REUNION}modifier/", meetings.edit, name="projet_reunions_modifier"),
    path(f"{REUNION}presences/", attendance.attendances, name="projet_reunions_presences"),
    path(f"{REUNION}compte-rendu/", attendance.report, name="projet_reunions_compte_rendu"),
    path(f"{REUNION}inviter/", inviting.send, name="projet_reunions_inviter"),
    path(f"{REUNION}agenda.ics", attendance.agenda, name="projet_reunions_agenda"),
    path(f"{REUNION}feuille-<int:numero>.pdf", attendance.sealed, name="projet_reunions_feuille"),
    path(f"{REUNION}<slug:acte>/", attendance.act, name="projet_reunions_acte"),
]
