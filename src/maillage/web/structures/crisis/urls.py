"""Addresses of the crisis plan of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.crisis import events, lists, plan

CRISE = "structures/<uuid:structure>/crise/"
EVENEMENTS = f"{CRISE}evenements/"

urlpatterns: list[URLPattern] = [
    path(CRISE, plan.page, name="structure_crise"),
    path(f"{CRISE}modifier/", plan.edit, name="structure_crise_modifier"),
    path(f"{CRISE}publier/", plan.publish, name="structure_crise_publier"),
    path(f"{CRISE}version-<int:numero>.pdf", plan.version_pdf, name="structure_crise_version"),
    path(f"{CRISE}retablir/", lists.put_back, name="structure_crise_retablir"),
    path(f"{EVENEMENTS}nouveau/", events.new, name="structure_crise_evenement_nouveau"),
    path(f"{EVENEMENTS}exporter/", events.exported_events, name="structure_crise_exporter"),
    path(f"{EVENEMENTS}<uuid:evenement>/", events.one, name="structure_crise_evenement"),
    path(f"{EVENEMENTS}<uuid:evenement>/modifier/", events.edit, name="structure_crise_evenement_modifier"),
    path(f"{EVENEMENTS}<uuid:evenement>/retirer/", events.remove, name="structure_crise_evenement_retirer"),
    path(f"{CRISE}<slug:liste>/nouveau/", lists.new, name="structure_crise_ajouter"),
    path(f"{CRISE}<slug:liste>/<int:ligne>/", lists.edit, name="structure_crise_ligne"),
    path(f"{CRISE}<slug:liste>/<int:ligne>/retirer/", lists.remove, name="structure_crise_retirer"),
]
