"""Addresses of the team of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.equipe import directory, importing, inviting, listing, team

ROOT = "structures/<uuid:structure>/equipe/"
MEMBER = f"{ROOT}<uuid:membre>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, listing.index, name="structure_equipe"),
    path(f"{ROOT}ajouter/", team.add, name="structure_equipe_ajouter"),
    path(f"{ROOT}annuaire/", directory.look_up, name="structure_equipe_annuaire"),
    path(f"{ROOT}importer/", importing.bring, name="structure_equipe_importer"),
    path(MEMBER, team.change, name="structure_equipe_membre"),
    path(f"{MEMBER}sortir/", team.leave, name="structure_equipe_sortir"),
    path(f"{MEMBER}revenir/", team.come_back, name="structure_equipe_revenir"),
    path(f"{MEMBER}inviter/", inviting.invite, name="structure_equipe_inviter"),
]
