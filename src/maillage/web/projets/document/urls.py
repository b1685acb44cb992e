"""Addresses of the text of a project, under /projets/<projet>/document/."""

from django.urls import URLPattern, path

from maillage.web.projets.document import conflicts, diagnosis, history, inserting, outline, writing

ROOT = "projets/<uuid:projet>/document/"
SECTION = f"{ROOT}<str:code>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, outline.page, name="projet_document"),
    path(f"{ROOT}lire/", outline.whole, name="projet_document_lire"),
    path(f"{ROOT}inserer/", inserting.choices, name="projet_document_inserer"),
    path(f"{ROOT}apercu/", inserting.preview, name="projet_document_apercu"),
    path(f"{ROOT}actualiser/", diagnosis.page, name="projet_document_actualiser"),
    path(SECTION, writing.page, name="projet_document_rubrique"),
    path(f"{SECTION}enregistrer/", writing.save, name="projet_document_enregistrer"),
    path(f"{SECTION}masquer/", writing.mask, name="projet_document_masquer"),
    path(f"{SECTION}etat/", writing.qualify, name="projet_document_qualifier"),
    path(f"{SECTION}session/", writing.state, name="projet_document_session"),
    path(f"{SECTION}verrou/", writing.take, name="projet_document_verrou"),
    path(f"{SECTION}prendre/", writing.take, name="projet_document_prendre"),
    path(f"{SECTION}liberer/", writing.release, name="projet_document_liberer"),
    path(f"{SECTION}historique/", history.page, name="projet_document_historique"),
    path(f"{SECTION}historique/<int:number>/", history.revision, name="projet_document_revision"),
    path(f"{SECTION}historique/<int:number>/retablir/", history.restore, name="projet_document_retablir"),
    path(f"{SECTION}rapprocher/<uuid:identifiant>/", conflicts.page, name="projet_document_rapprocher"),
]
