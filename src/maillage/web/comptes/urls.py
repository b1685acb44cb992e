"""Addresses of accounts that stand before allauth's, under /comptes/."""

from django.urls import path

from maillage.web.comptes import views

urlpatterns = [
    path("logout/", views.logout, name="account_logout"),
    path("sessions/<int:session>/fermer/", views.close_session, name="session_fermer"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_key, name="mfa_remove_webauthn"),
]
