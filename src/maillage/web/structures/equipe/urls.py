"""Addresses of the team of a structure and of its adhérents."""

from django.urls import URLPattern, path

from maillage.web.structures.equipe import (
    adherents,
    belonging,
    consent,
    directory,
    fees,
    importing,
    inviting,
    listing,
    partners,
    parts,
    registers,
    sheet,
    team,
)

ROOT = "structures/<uuid:structure>/equipe/"
MEMBER = f"{ROOT}<uuid:membre>/"
BELONGING = f"{ROOT}appartenances/<uuid:appartenance>/"
PARTNER = f"{ROOT}organismes/<uuid:organisme>/"
NAME = "structure_equipe"

urlpatterns: list[URLPattern] = [
    path(ROOT, listing.index, name=NAME),
    path(f"{ROOT}ajouter/", team.add, name=f"{NAME}_ajouter"),
    path(f"{ROOT}annuaire/", directory.look_up, name=f"{NAME}_annuaire"),
    path(f"{ROOT}importer/", importing.bring, name=f"{NAME}_importer"),
    path(f"{ROOT}importer/modele.<slug:nature>", importing.template, name=f"{NAME}_importer_modele"),
    path(MEMBER, team.change, name=f"{NAME}_membre"),
    path(f"{MEMBER}fiche/", sheet.page, name=f"{NAME}_fiche"),
    path(f"{MEMBER}sortir/", team.leave, name=f"{NAME}_sortir"),
    path(f"{MEMBER}revenir/", team.come_back, name=f"{NAME}_revenir"),
    path(f"{MEMBER}inviter/", inviting.invite, name=f"{NAME}_inviter"),
    path(f"{MEMBER}appartenances/ajouter/", belonging.add, name=f"{NAME}_appartenance_ajouter"),
    path(BELONGING, belonging.change, name=f"{NAME}_appartenance"),
    path(f"{BELONGING}<slug:acte>/", belonging.act, name=f"{NAME}_appartenance_acte"),
    path(f"{ROOT}adherents/", adherents.index, name=f"{NAME}_adherents"),
    path(f"{ROOT}parts/", parts.index, name=f"{NAME}_parts"),
    path(f"{ROOT}parts/noter/", parts.move, name=f"{NAME}_parts_noter"),
    path(f"{ROOT}parts/<uuid:mouvement>/<slug:acte>/", parts.act, name=f"{NAME}_parts_acte"),
    path(f"{MEMBER}visibilite/", consent.choice, name=f"{NAME}_visibilite"),
    path(f"{ROOT}cotisations/", fees.index, name=f"{NAME}_cotisations"),
    path(f"{ROOT}cotisations/montants/", fees.amounts, name=f"{NAME}_cotisations_montants"),
    path(f"{ROOT}cotisations/<uuid:paiement>/<slug:acte>/", fees.undo, name=f"{NAME}_cotisations_acte"),
    path(f"{ROOT}registres/", registers.page, name=f"{NAME}_registres"),
    path(f"{ROOT}organismes/", partners.index, name=f"{NAME}_organismes"),
    path(f"{ROOT}organismes/ajouter/", partners.add, name=f"{NAME}_organismes_ajouter"),
    path(PARTNER, partners.one, name=f"{NAME}_organisme"),
    path(f"{PARTNER}modifier/", partners.change, name=f"{NAME}_organisme_modifier"),
    path(f"{PARTNER}appartenances/ajouter/", partners.begin, name=f"{NAME}_organisme_appartenance"),
]
