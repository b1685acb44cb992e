"""Addresses of who files a dossier."""

from django.urls import URLPattern, path

from maillage.web.dossiers.depot import downloads, form, listing, pieces, sending

PROJECT = "projets/<uuid:projet>/dossiers/"
ONE = "dossiers/<uuid:dossier>/"

urlpatterns: list[URLPattern] = [
    path(PROJECT, listing.page, name="projet_dossiers"),
    path(f"{PROJECT}commencer/", listing.begin, name="projet_dossiers_commencer"),
    path(f"{ONE}formulaire/", form.page, name="dossier_formulaire"),
    path(f"{ONE}pieces/", pieces.page, name="dossier_pieces"),
    path(f"{ONE}pieces/version/", pieces.version, name="dossier_pieces_version"),
    path(f"{ONE}pieces/version.pdf", downloads.version_pdf, name="dossier_pieces_version_pdf"),
    path(f"{ONE}pieces/joindre/<slug:code>/", pieces.join, name="dossier_pieces_joindre"),
    path(f"{ONE}pieces/<uuid:piece>/", downloads.piece, name="dossier_pieces_fichier"),
    path(f"{ONE}pieces/<uuid:piece>/apercu/", downloads.preview, name="dossier_pieces_apercu"),
    path(f"{ONE}pieces/<uuid:piece>/<slug:acte>/", pieces.act, name="dossier_pieces_acte"),
    path(f"{ONE}dossier.zip", downloads.whole, name="dossier_zip"),
    path(f"{ONE}depots/<int:numero>/accuse.pdf", downloads.receipt, name="dossier_accuse"),
    path(f"{ONE}deposer/", sending.page, name="dossier_deposer"),
    path(f"{ONE}retirer/", sending.withdraw, name="dossier_retirer"),
    path(f"{ONE}supprimer/", sending.delete, name="dossier_supprimer"),
    path(f"{ONE}recommencer/", sending.duplicate, name="dossier_recommencer"),
    path(f"{ONE}confier/", sending.entrust, name="dossier_confier"),
]
