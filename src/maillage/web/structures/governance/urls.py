"""Addresses of governance, below the structure."""

from django.urls import URLPattern, path

from maillage.web.structures.governance import bodies, home, mandates, rules

ROOT = "structures/<uuid:structure>/gouvernance/"
BODY = f"{ROOT}organes/<uuid:organe>/"
COLLEGE = f"{ROOT}colleges/<uuid:college>/"
RULES = f"{ROOT}regles/<uuid:regles>/"
MANDATE = f"{ROOT}mandats/<uuid:mandat>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, home.page, name="structure_gouvernance"),
    path(f"{ROOT}mandats/", home.mandates, name="structure_gouvernance_mandats"),
    path(f"{ROOT}retablir/", home.restore, name="structure_gouvernance_retablir"),
    path(f"{ROOT}organes/nouveau/", bodies.new, name="structure_gouvernance_organe_nouveau"),
    path(BODY, bodies.page, name="structure_gouvernance_organe"),
    path(f"{BODY}modifier/", bodies.edit, name="structure_gouvernance_organe_modifier"),
    path(f"{BODY}colleges/nouveau/", bodies.new_college, name="structure_gouvernance_college_nouveau"),
    path(f"{BODY}regles/nouvelles/", rules.new, name="structure_gouvernance_regles_nouvelles"),
    path(f"{BODY}mandats/nouveau/", mandates.new, name="structure_gouvernance_mandat_nouveau"),
    path(f"{BODY}<slug:acte>/", bodies.act, name="structure_gouvernance_organe_acte"),
    path(f"{COLLEGE}modifier/", bodies.edit_college, name="structure_gouvernance_college_modifier"),
    path(f"{COLLEGE}retirer/", bodies.remove_college, name="structure_gouvernance_college_retirer"),
    path(f"{RULES}modifier/", rules.edit, name="structure_gouvernance_regles_modifier"),
    path(f"{RULES}retirer/", rules.remove, name="structure_gouvernance_regles_retirer"),
    path(f"{MANDATE}modifier/", mandates.edit, name="structure_gouvernance_mandat_modifier"),
    path(f"{MANDATE}terminer/", mandates.end, name="structure_gouvernance_mandat_terminer"),
    path(f"{MANDATE}reprendre/", mandates.resume, name="structure_gouvernance_mandat_reprendre"),
    path(f"{MANDATE}retirer/", mandates.remove, name="structure_gouvernance_mandat_retirer"),
]
