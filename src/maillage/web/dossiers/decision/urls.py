"""Addresses of the decision of a dossier."""

from django.urls import URLPattern, path

from maillage.web.dossiers.decision import acts, files, finishing, page, preparing

TAB = "dossiers/<uuid:dossier>/decision/"
urlpatterns: list[URLPattern] = [
    path(TAB, page.page, name="dossier_decision"),
    path(f"{TAB}preparer/", preparing.prepare, name="dossier_decision_preparer"),
    path(f"{TAB}lettre/", finishing.finishing, name="dossier_decision_finir"),
    path(f"{TAB}signer/", acts.signing, name="dossier_decision_signer"),
    path(f"{TAB}notifier/", acts.notifying, name="dossier_decision_notifier"),
    path(f"{TAB}retirer/", acts.withdrawing, name="dossier_decision_retirer"),
    path(f"{TAB}conditions/<int:condition>/", acts.condition, name="dossier_decision_condition"),
    path(f"{TAB}finess/", acts.finess, name="dossier_decision_finess"),
    path(f"{TAB}fin/", acts.closing, name="dossier_decision_fin"),
    path(f"{TAB}suivi/", acts.step, name="dossier_decision_suivi"),
    path(f"{TAB}projet.<slug:kind>", files.draft, name="dossier_decision_projet"),
    path(f"{TAB}<uuid:decision>/lettre.<slug:kind>", files.letter, name="dossier_decision_lettre"),
    path(f"{TAB}<uuid:decision>/signee.pdf", files.signed, name="dossier_decision_signee"),
]
