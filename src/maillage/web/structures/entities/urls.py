"""Addresses of the legal persons, contracts and funds of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.entities import contract_forms, contracts, funds, sheets

ENTITES = "structures/<uuid:structure>/entites/"
CONTRATS = f"{ENTITES}contrats/"
CONTRAT = f"{CONTRATS}<uuid:contrat>/"
FONDS = f"{ENTITES}fonds/"
UN_FONDS = f"{FONDS}<uuid:fonds>/"
NAME = "structure_entites"

urlpatterns: list[URLPattern] = [
    path(ENTITES, sheets.index, name=NAME),
    path(f"{ENTITES}nouvelle/", sheets.new, name=f"{NAME}_nouvelle"),
    path(f"{ENTITES}retablir/", sheets.restore, name=f"{NAME}_retablir"),
    path(f"{ENTITES}<int:entite>/", sheets.one, name=f"{NAME}_une"),
    path(f"{ENTITES}<int:entite>/modifier/", sheets.edit, name=f"{NAME}_modifier"),
    path(f"{ENTITES}<int:entite>/retirer/", sheets.remove, name=f"{NAME}_retirer"),
    path(CONTRATS, contracts.index, name=f"{NAME}_contrats"),
    path(f"{CONTRATS}nouveau/", contract_forms.new, name=f"{NAME}_contrats_nouveau"),
    path(CONTRAT, contracts.one, name=f"{NAME}_contrats_un"),
    path(f"{CONTRAT}modifier/", contract_forms.edit, name=f"{NAME}_contrats_modifier"),
    path(f"{CONTRAT}version/", contract_forms.amend, name=f"{NAME}_contrats_version"),
    path(f"{CONTRAT}fin/", contracts.end, name=f"{NAME}_contrats_fin"),
    path(f"{CONTRAT}version-<int:numero>/fichier/", contracts.file, name=f"{NAME}_contrats_fichier"),
    path(f"{CONTRAT}<slug:acte>/", contracts.act, name=f"{NAME}_contrats_acte"),
    path(FONDS, funds.index, name=f"{NAME}_fonds"),
    path(f"{FONDS}nouveau/", funds.new, name=f"{NAME}_fonds_nouveau"),
    path(UN_FONDS, funds.one, name=f"{NAME}_fonds_un"),
    path(f"{UN_FONDS}modifier/", funds.edit, name=f"{NAME}_fonds_modifier"),
    path(f"{UN_FONDS}<int:mouvement>/fichier/", funds.file, name=f"{NAME}_fonds_fichier"),
    path(f"{UN_FONDS}<int:mouvement>/<slug:acte>/", funds.correct, name=f"{NAME}_fonds_mouvement"),
    path(f"{UN_FONDS}<slug:acte>/", funds.act, name=f"{NAME}_fonds_acte"),
]
