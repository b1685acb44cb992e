"""Addresses of what follows the text of a project: comments, tasks, versions, signatures."""

from django.urls import URLPattern, path

from maillage.web.projets import discussion, signatures, tasks, versions

ROOT = "projets/<uuid:projet>/"
VERSION = f"{ROOT}versions/<int:numero>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROOT}document/<str:code>/commentaires/", discussion.section_comments, name="projet_document_commentaires"),
    path(f"{ROOT}commentaires/<uuid:commentaire>/<slug:acte>/", discussion.act, name="projet_commentaire"),
    path(f"{ROOT}taches/", tasks.index, name="projet_taches"),
    path(f"{ROOT}taches/<int:tache>/", tasks.one, name="projet_taches_une"),
    path(f"{ROOT}taches/<int:tache>/<slug:acte>/", tasks.act, name="projet_taches_acte"),
    path(f"{ROOT}versions/", versions.index, name="projet_versions"),
    path(VERSION, versions.one, name="projet_versions_une"),
    path(f"{VERSION}export.<slug:kind>", versions.file, name="projet_version_export"),
    path(f"{VERSION}comparer/", versions.comparison, name="projet_versions_comparer"),
    path(f"{VERSION}revenir/", versions.restore, name="projet_versions_restaurer"),
    path(f"{VERSION}demander/", versions.ask, name="projet_versions_demander"),
    path(f"{VERSION}relancer/", versions.remind, name="projet_versions_relancer"),
    path(f"{VERSION}signer/", signatures.sign, name="projet_versions_signer"),
    path(f"{VERSION}deposer/", signatures.deposit, name="projet_versions_deposer"),
    path(f"{ROOT}signatures/<int:signature>/retirer/", signatures.withdraw, name="projet_versions_retirer"),
]
