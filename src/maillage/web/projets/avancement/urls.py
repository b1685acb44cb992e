"""Addresses of the pages that say how far a project is."""

from django.urls import URLPattern, path

from maillage.web.projets.avancement import completeness, legal_forms, roadmap

ROADMAP = "projets/<uuid:projet>/feuille-de-route/"
FORMS = "projets/<uuid:projet>/forme-juridique/"

urlpatterns: list[URLPattern] = [
    path(ROADMAP, roadmap.page, name="projet_feuille_de_route"),
    path(f"{ROADMAP}etapes/<slug:code>/", roadmap.step, name="projet_feuille_de_route_etape"),
    path(f"{ROADMAP}annuler/", roadmap.undo, name="projet_feuille_de_route_annuler"),
    path(f"{ROADMAP}imprimer/", roadmap.paper, name="projet_feuille_de_route_imprimer"),
    path(f"{ROADMAP}calendrier.ics", roadmap.agenda, name="projet_feuille_de_route_agenda"),
    path("projets/<uuid:projet>/completude/", completeness.page, name="projet_completude"),
    path(FORMS, legal_forms.page, name="projet_forme_juridique"),
    path(f"{FORMS}ajouter/", legal_forms.add, name="projet_forme_juridique_ajouter"),
    path(f"{FORMS}<int:entite>/", legal_forms.change, name="projet_forme_juridique_modifier"),
    path(f"{FORMS}<int:entite>/retirer/", legal_forms.remove, name="projet_forme_juridique_retirer"),
]
