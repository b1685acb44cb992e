"""Addresses of the protocols of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.protocols import library, listing, national, sheet, uses, writing

PROTOCOLES = "structures/<uuid:structure>/protocoles/"
NATIONAUX = f"{PROTOCOLES}nationaux/"
UN = f"{PROTOCOLES}<uuid:protocole>/"

urlpatterns: list[URLPattern] = [
    path(PROTOCOLES, listing.index, name="structure_protocoles"),
    path(f"{PROTOCOLES}nouveau/", writing.new, name="structure_protocoles_nouveau"),
    path(f"{PROTOCOLES}retablir/", listing.put_back, name="structure_protocoles_retablir"),
    path(f"{PROTOCOLES}bibliotheque/", library.index, name="structure_protocoles_bibliotheque"),
    path(f"{PROTOCOLES}copier/", library.copy, name="structure_protocoles_copier"),
    path(NATIONAUX, national.index, name="structure_protocoles_nationaux"),
    path(f"{NATIONAUX}adhesions/<int:adhesion>/quitter/", national.leave, name="structure_protocoles_quitter"),
    path(f"{NATIONAUX}<slug:code>/", national.write, name="structure_protocoles_national"),
    path(f"{NATIONAUX}<slug:code>/adherer/", national.join, name="structure_protocoles_adherer"),
    path(UN, sheet.page, name="structure_protocoles_un"),
    path(f"{UN}modifier/", writing.edit, name="structure_protocoles_modifier"),
    path(f"{UN}publier/", sheet.publish, name="structure_protocoles_publier"),
    path(f"{UN}avis/<int:avis>/", sheet.answer, name="structure_protocoles_avis"),
    path(f"{UN}utilise/", uses.tap, name="structure_protocoles_utilise"),
    path(f"{UN}utilisations/", uses.of_month, name="structure_protocoles_utilisations"),
    path(f"{UN}partager/", sheet.share, name="structure_protocoles_partager"),
    path(f"{UN}version-<int:numero>.pdf", sheet.version_pdf, name="structure_protocoles_version"),
    path(f"{UN}<slug:acte>/", sheet.act, name="structure_protocoles_acte"),
]
