"""Addresses of governance, below the structure."""

from django.urls import URLPattern, path

from maillage.web.structures.governance import (
    assemblies,
    attending,
    bodies,
    convening,
    home,
    mandates,
    rules,
    sealing,
    voters,
    voting,
)

ROOT = "structures/<uuid:structure>/gouvernance/"
BODY = f"{ROOT}organes/<uuid:organe>/"
COLLEGE = f"{ROOT}colleges/<uuid:college>/"
RULES = f"{ROOT}regles/<uuid:regles>/"
MANDATE = f"{ROOT}mandats/<uuid:mandat>/"
LIST = f"{ROOT}assemblees/"
ASSEMBLY = f"{LIST}<uuid:assemblee>/"
RESOLUTION = f"{ROOT}resolutions/<uuid:resolution>/"

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
    path(f"{MANDATE}renouveler/", mandates.renew, name="structure_gouvernance_mandat_renouveler"),
    path(f"{MANDATE}reprendre/", mandates.resume, name="structure_gouvernance_mandat_reprendre"),
    path(f"{MANDATE}retirer/", mandates.remove, name="structure_gouvernance_mandat_retirer"),
    path(LIST, assemblies.index, name="structure_gouvernance_assemblees"),
    path(f"{LIST}nouvelle/", assemblies.new, name="structure_gouvernance_assemblee_nouvelle"),
    path(ASSEMBLY, assemblies.page, name="structure_gouvernance_assemblee"),
    path(f"{ASSEMBLY}modifier/", assemblies.edit, name="structure_gouvernance_assemblee_modifier"),
    path(f"{ASSEMBLY}seconde/", assemblies.again, name="structure_gouvernance_assemblee_seconde"),
    path(f"{ASSEMBLY}votants/", voters.voters, name="structure_gouvernance_assemblee_votants"),
    path(f"{ASSEMBLY}presences/", attending.attendance, name="structure_gouvernance_assemblee_presences"),
    path(f"{ASSEMBLY}pouvoirs/", attending.power, name="structure_gouvernance_assemblee_pouvoirs"),
    path(f"{ASSEMBLY}pouvoirs/retirer/", attending.power_back, name="structure_gouvernance_assemblee_pouvoir_retirer"),
    path(f"{ASSEMBLY}convoquer/", convening.send, name="structure_gouvernance_assemblee_convoquer"),
    path(f"{ASSEMBLY}remise/", convening.by_hand, name="structure_gouvernance_assemblee_remise"),
    path(
        f"{ASSEMBLY}convocation-<int:numero>.pdf",
        convening.document,
        name="structure_gouvernance_assemblee_convocation",
    ),
    path(f"{ASSEMBLY}proces-verbal/", sealing.sitting, name="structure_gouvernance_assemblee_proces_verbal"),
    path(f"{ASSEMBLY}sceller/", sealing.seal, name="structure_gouvernance_assemblee_sceller"),
    path(f"{ASSEMBLY}proces-verbal-<int:numero>.pdf", sealing.document, name="structure_gouvernance_assemblee_scelle"),
    path(f"{ASSEMBLY}resolutions/nouvelle/", voting.new, name="structure_gouvernance_resolution_nouvelle"),
    path(f"{ASSEMBLY}<slug:acte>/", assemblies.act, name="structure_gouvernance_assemblee_acte"),
    path(RESOLUTION, voting.vote, name="structure_gouvernance_resolution"),
    path(f"{RESOLUTION}modifier/", voting.edit, name="structure_gouvernance_resolution_modifier"),
    path(f"{RESOLUTION}candidats/", voting.candidate, name="structure_gouvernance_resolution_candidats"),
    path(f"{RESOLUTION}<slug:acte>/", voting.act, name="structure_gouvernance_resolution_acte"),
    path(f"{ROOT}candidats/<int:candidat>/retirer/", voting.drop, name="structure_gouvernance_candidat_retirer"),
]
