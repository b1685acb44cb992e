"""Addresses of the meetings of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.meetings import (
    around,
    attendance,
    check_in,
    concertations,
    inviting,
    listing,
    planning,
    room,
    time_spent,
)

REUNIONS = "structures/<uuid:structure>/reunions/"
REUNION = f"{REUNIONS}<uuid:reunion>/"

urlpatterns: list[URLPattern] = [
    path(REUNIONS, listing.index, name="structure_reunions"),
    path(f"{REUNIONS}nouvelle/", planning.new, name="structure_reunions_nouvelle"),
    path(f"{REUNIONS}maintenant/", listing.begin, name="structure_reunions_maintenant"),
    path(f"{REUNIONS}concertations/", concertations.year, name="structure_reunions_concertations"),
    path(f"{REUNIONS}concertations/base/", concertations.base, name="structure_reunions_concertations_base"),
    path(f"{REUNIONS}temps/", time_spent.page, name="structure_reunions_temps"),
    path(REUNION, attendance.page, name="structure_reunions_une"),
    path(f"{REUNION}modifier/", planning.edit, name="structure_reunions_modifier"),
    path(f"{REUNION}presences/", attendance.attendances, name="structure_reunions_presences"),
    path(f"{REUNION}compte-rendu/", attendance.report, name="structure_reunions_compte_rendu"),
    path(f"{REUNION}compte-rendu.pdf", inviting.minutes, name="structure_reunions_compte_rendu_pdf"),
    path(f"{REUNION}compte-rendu/envoyer/", inviting.send_out, name="structure_reunions_compte_rendu_envoyer"),
    path(f"{REUNION}inviter/", inviting.send, name="structure_reunions_inviter"),
    path(f"{REUNION}attendus/", around.expected, name="structure_reunions_attendus"),
    path(f"{REUNION}invites/", around.guests, name="structure_reunions_invites"),
    path(f"{REUNION}invites/retablir/", around.put_guests_back, name="structure_reunions_invites_retablir"),
    path(f"{REUNION}invites/<uuid:invite>/retirer/", around.remove_guests, name="structure_reunions_invites_retirer"),
    path(f"{REUNION}concertation/", around.concertation, name="structure_reunions_concertation"),
    path(f"{REUNION}projeter/", room.screen, name="structure_reunions_projeter"),
    path(f"{REUNION}agenda.ics", attendance.agenda, name="structure_reunions_agenda"),
    path(f"{REUNION}feuille-<int:numero>.pdf", attendance.sealed, name="structure_reunions_feuille"),
    path(f"{REUNION}<slug:acte>/", attendance.act, name="structure_reunions_acte"),
    path("presence/<str:lien>/", check_in.presence, name="presence"),
]
