"""Addresses of who reviews, of experts, and of what is exchanged on a dossier."""

from django.urls import URLPattern, path

from maillage.web.dossiers.instruction import (
    advice_pages,
    bulk,
    exchanges,
    gestures,
    label_pages,
    listing,
    log,
    pieces,
    visits,
)

ONE = "dossiers/<uuid:dossier>/"
VISIT = f"{ONE}rencontres/<uuid:rencontre>/"
urlpatterns: list[URLPattern] = [
    path("dossiers/", listing.dossiers, name="dossiers"),
    path("dossiers/a-traiter/", listing.to_handle, name="dossiers_a_traiter"),
    path("dossiers/lot/", bulk.act, name="dossiers_lot"),
    path("dossiers/etiquettes/", label_pages.page, name="dossiers_etiquettes"),
    path(f"{ONE}instruire/<slug:geste>/", gestures.act, name="dossier_instruire"),
    path(f"{ONE}renvoyer/", gestures.send_back, name="dossier_renvoyer"),
    path(f"{ONE}demander-des-pieces/", pieces.pieces, name="dossier_demander_pieces"),
    path(f"{ONE}demander-des-pieces/retirer/", pieces.withdraw, name="dossier_demander_pieces_retirer"),
    path(f"{ONE}echanges/", exchanges.page, name="dossier_echanges"),
    path(f"{ONE}echanges/<uuid:message>/fichier/", exchanges.file, name="dossier_echanges_fichier"),
    path(f"{ONE}demandes-de-pieces/<int:demande>/lettre.pdf", exchanges.letter, name="dossier_lettre_pieces"),
    path(f"{ONE}rencontres/nouvelle/", visits.new, name="dossier_echanges_rencontre_nouvelle"),
    path(VISIT, visits.change, name="dossier_echanges_rencontre"),
    path(f"{VISIT}annuler/", visits.cancel, name="dossier_echanges_rencontre_annuler"),
    path(f"{VISIT}compte-rendu/", visits.report, name="dossier_echanges_rencontre_compte_rendu"),
    path(f"{VISIT}agenda.ics", visits.agenda, name="dossier_echanges_rencontre_agenda"),
    path(f"{ONE}avis/", advice_pages.tab, name="dossier_avis"),
    path(f"{ONE}avis/demander/", advice_pages.ask, name="dossier_avis_demander"),
    path(f"{ONE}avis/demandes/<uuid:demande>/clore/", advice_pages.close, name="dossier_avis_clore"),
    path(f"{ONE}avis/<uuid:avis>/<slug:acte>/", advice_pages.act, name="dossier_avis_acte"),
    path(f"{ONE}journal/", log.page, name="dossier_journal"),
    path("avis/", advice_pages.mine, name="avis_a_rendre"),
    path("avis/<uuid:avis>/", advice_pages.one, name="avis"),
    path("avis/<uuid:avis>/<slug:quoi>/", advice_pages.file, name="avis_fichier"),
]
