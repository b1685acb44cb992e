"""Addresses of the identity providers, under /comptes/identite/. The last but one is registered at the provider."""

from django.urls import path

from maillage.web.comptes.identite import views

urlpatterns = [
    path("identite/<slug:provider_id>/", views.login, name="identite_login"),
    path("identite/<slug:provider_id>/retour/", views.callback, name="identite_callback"),
    path("identite/<slug:provider_id>/a-relier/", views.to_link, name="identite_a_relier"),
]
