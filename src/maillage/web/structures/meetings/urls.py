"""Addresses of the meetings of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.meetings import attendance, inviting, planning, time_spent

REUNIONS = "structures/<uuid:structure>/reunions/"
REUNION = f"{REUNIONS}<uuid:reunion>/"

urlpatterns: list[URLPattern] = [
    path(REUNIONS, planning.index, name="structure_reunions"),
    path(f"{REUNIONS}nouvelle/", planning.new, name="structure_reunions_nouvelle"),
    path(f"{REUNIONS}temps/", time_spent.page, name="structure_reunions_temps"),
    path(REUNION, attendance.page, name="structure_reunions_une"),
    path(f"{REUNION}modifier/", planning.edit, name="structure_reunions_modifier"),
    path(f"{REUNION}presences/", attendance.attendances, name="structure_reunions_presences"),
    path(f"{REUNION}compte-rendu/", attendance.report, name="structure_reunions_compte_rendu"),
    path(f"{REUNION}inviter/", inviting.send, name="structure_reunions_inviter"),
    path(f"{REUNION}agenda.ics", attendance.agenda, name="structure_reunions_agenda"),
    path(f"{REUNION}feuille-<int:numero>.pdf", attendance.sealed, name="structure_reunions_feuille"),
    path(f"{REUNION}<slug:acte>/", attendance.act, name="structure_reunions_acte"),
]
