"""Addresses of the tools and of the counts of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.tools import counts, inventory

NUMERIQUE = "structures/<uuid:structure>/numerique/"
OUTIL = f"{NUMERIQUE}outils/<uuid:outil>/"
NOMBRES = f"{NUMERIQUE}nombres/"
NAME = "structure_numerique"

urlpatterns: list[URLPattern] = [
    path(NUMERIQUE, inventory.index, name=NAME),
    path(f"{NUMERIQUE}outils/nouveau/", inventory.new, name=f"{NAME}_nouveau"),
    path(OUTIL, inventory.one, name=f"{NAME}_outil"),
    path(f"{OUTIL}modifier/", inventory.edit, name=f"{NAME}_outil_modifier"),
    path(f"{OUTIL}preuve/", inventory.proof, name=f"{NAME}_outil_preuve"),
    path(f"{OUTIL}<slug:acte>/", inventory.act, name=f"{NAME}_outil_acte"),
    path(NOMBRES, counts.index, name=f"{NAME}_nombres"),
    path(f"{NOMBRES}importer/", counts.bring, name=f"{NAME}_nombres_importer"),
    path(f"{NOMBRES}modele/", counts.template, name=f"{NAME}_nombres_modele"),
    path(f"{NOMBRES}<int:annee>-<int:mois>/", counts.month, name=f"{NAME}_nombres_mois"),
]
