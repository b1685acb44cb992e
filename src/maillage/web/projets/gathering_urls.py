"""Addresses of what a project gathers: its territory, and how it is set."""

from django.urls import URLPattern, path

from maillage.web.projets import parameters, territory

ROOT = "projets/<uuid:projet>/"

urlpatterns: list[URLPattern] = [
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
