"""Addresses of the actions of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.actions import following, listing, missions, sheet, trainees

ACTIONS = "structures/<uuid:structure>/actions/"
STAGIAIRES = f"{ACTIONS}stagiaires/"
FICHE = f"{ACTIONS}<uuid:fiche>/"

urlpatterns: list[URLPattern] = [
    path(ACTIONS, listing.index, name="structure_actions"),
    path(f"{ACTIONS}imprimer/", listing.printed, name="structure_actions_imprimer"),
    path(f"{ACTIONS}nouvelle/", sheet.new, name="structure_actions_nouvelle"),
    path(f"{ACTIONS}retablir/", listing.put_back, name="structure_actions_retablir"),
    path(f"{ACTIONS}missions/", missions.index, name="structure_actions_missions"),
    path(f"{ACTIONS}rapport.pdf", missions.report, name="structure_actions_rapport"),
    path(STAGIAIRES, trainees.index, name="structure_actions_stagiaires"),
    path(f"{STAGIAIRES}nouveau/", trainees.new, name="structure_actions_stagiaires_nouveau"),
    path(f"{STAGIAIRES}retablir/", trainees.put_back, name="structure_actions_stagiaires_retablir"),
    path(f"{STAGIAIRES}<uuid:stage>/", trainees.edit, name="structure_actions_stagiaires_un"),
    path(f"{STAGIAIRES}<uuid:stage>/retirer/", trainees.remove, name="structure_actions_stagiaires_retirer"),
    path(
        f"{STAGIAIRES}<uuid:stage>/attestation/", trainees.certificate, name="structure_actions_stagiaires_attestation"
    ),
    path(FICHE, sheet.sheet, name="structure_actions_fiche"),
    path(f"{FICHE}modifier/", sheet.edit, name="structure_actions_modifier"),
    path(f"{FICHE}noter/", following.note, name="structure_actions_noter"),
    path(f"{FICHE}etapes/", following.add_step, name="structure_actions_etapes"),
    path(f"{FICHE}etapes/<uuid:etape>/<slug:acte>/", following.tick, name="structure_actions_etape"),
    path(f"{FICHE}suivi/retablir/", following.put_back, name="structure_actions_suivi_retablir"),
    path(f"{FICHE}<slug:genre>/<uuid:ligne>/retirer/", following.remove, name="structure_actions_suivi_retirer"),
    path(f"{FICHE}<slug:acte>/", listing.act, name="structure_actions_acte"),
]
