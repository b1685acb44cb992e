"""Addresses of what a project gathers: its team, its sites, its territory, and how it is set."""

from django.urls import URLPattern, path

from maillage.web.projets import directory, importing, inviting, parameters, sites, team, territory

ROOT = "projets/<uuid:projet>/"
MEMBER = f"{ROOT}equipe/<uuid:membre>/"
SITES = f"{ROOT}sites/"

urlpatterns: list[URLPattern] = [
    path(f"{ROOT}equipe/", team.index, name="projet_equipe"),
    path(f"{ROOT}equipe/ajouter/", team.add, name="projet_equipe_ajouter"),
    path(f"{ROOT}equipe/annuaire/", directory.look_up, name="projet_equipe_annuaire"),
    path(f"{ROOT}equipe/importer/", importing.bring, name="projet_equipe_importer"),
    path(MEMBER, team.change, name="projet_equipe_membre"),
    path(f"{MEMBER}sortir/", team.leave, name="projet_equipe_sortir"),
    path(f"{MEMBER}revenir/", team.come_back, name="projet_equipe_revenir"),
    path(f"{MEMBER}inviter/", inviting.invite, name="projet_equipe_inviter"),
    path(SITES, sites.index, name="projet_equipe_sites"),
    path(f"{SITES}ajouter/", sites.add, name="projet_equipe_sites_ajouter"),
    path(f"{SITES}<int:site>/", sites.change, name="projet_equipe_sites_modifier"),
    path(f"{SITES}<int:site>/retirer/", sites.remove, name="projet_equipe_sites_retirer"),
    path(f"{ROOT}territoire/", territory.page, name="projet_territoire"),
    path(f"{ROOT}territoire/communes/", territory.change, name="projet_territoire_communes"),
    path(f"{ROOT}territoire/diagnostic/", territory.diagnose, name="projet_territoire_diagnostic"),
    path(f"{ROOT}parametres/", parameters.page, name="projet_parametres"),
    path(f"{ROOT}parametres/noms/", parameters.rename, name="projet_parametres_noms"),
    path(f"{ROOT}parametres/reprendre/", parameters.take_over, name="projet_parametres_reprendre"),
    path(f"{ROOT}parametres/partager/", parameters.move, {"geste": "partager"}, name="projet_parametres_partager"),
    path(f"{ROOT}parametres/cesser/", parameters.move, {"geste": "cesser"}, name="projet_parametres_cesser"),
    path(f"{ROOT}parametres/archiver/", parameters.move, {"geste": "archiver"}, name="projet_parametres_archiver"),
    path(f"{ROOT}parametres/restaurer/", parameters.move, {"geste": "restaurer"}, name="projet_parametres_restaurer"),
]
