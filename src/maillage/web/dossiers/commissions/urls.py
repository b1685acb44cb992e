"""Addresses of the commissions."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.dossiers.commissions import attendance, choosing, documents, items, listing, minutes, seats, sessions

SESSION = "commissions/seances/<uuid:seance>/"
COMMISSION = "commissions/<uuid:commission>/"
commission_urls: list[URLPattern | URLResolver] = [
    path("dossiers/<uuid:dossier>/inscrire/", choosing.choose, name="dossier_inscrire"),
    path("commissions/", listing.index, name="commissions"),
    path("commissions/nouvelle/", listing.new, name="commissions_nouvelle"),
    path("commissions/seances.ics", listing.agenda, name="commissions_agenda"),
    path(COMMISSION, seats.page, name="commission"),
    path(f"{COMMISSION}regles/", seats.rules, name="commission_regles"),
    path(f"{COMMISSION}fermer/", seats.close, name="commission_fermer"),
    path(f"{COMMISSION}sieges/nouveau/", seats.new_seat, name="commission_siege_nouveau"),
    path(f"{COMMISSION}sieges/<uuid:siege>/", seats.seat, name="commission_siege"),
    path(f"{COMMISSION}sieges/<uuid:siege>/<slug:acte>/", seats.act, name="commission_siege_acte"),
    path(f"{COMMISSION}seances/nouvelle/", sessions.new, name="commission_seance_nouvelle"),
    path(SESSION, sessions.page, name="commission_seance"),
    path(f"{SESSION}modifier/", sessions.edit, name="commission_seance_modifier"),
    path(f"{SESSION}reunir/", sessions.again, name="commission_seance_reunir"),
    path(f"{SESSION}actes/<slug:acte>/", sessions.act, name="commission_seance_acte"),
    path(f"{SESSION}ordre-du-jour/<slug:acte>/", sessions.order, name="commission_ordre"),
    path(f"{SESSION}presences/", attendance.note, name="commission_presences"),
    path(f"{SESSION}seance.ics", sessions.invitation, name="commission_seance_agenda"),
    path(f"{SESSION}convocation.pdf", sessions.letter, name="commission_convocation"),
    path(f"{SESSION}documents/", documents.add, name="commission_documents"),
    path(f"{SESSION}documents/<int:document>/", documents.show, name="commission_document"),
    path(f"{SESSION}documents/<int:document>/retirer/", documents.remove, name="commission_document_retirer"),
    path(f"{SESSION}points/<uuid:point>/", items.page, name="commission_point"),
    path(f"{SESSION}points/<uuid:point>/<slug:acte>/", items.act, name="commission_point_acte"),
    path(f"{SESSION}proces-verbal/", minutes.page, name="commission_proces_verbal"),
    path(f"{SESSION}proces-verbal/ecrire/", minutes.write, name="commission_proces_verbal_ecrire"),
    path(f"{SESSION}proces-verbal/remarques/", minutes.remark, name="commission_remarques"),
    path(f"{SESSION}proces-verbal/<int:numero>.pdf", minutes.document, name="commission_proces_verbal_pdf"),
]
