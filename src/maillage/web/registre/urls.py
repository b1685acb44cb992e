"""Addresses of the public register."""

from django.urls import URLPattern, path

from maillage.web.registre import views

urlpatterns: list[URLPattern] = [
    path("registre/", views.listing, name="registre"),
    path("registre/<uuid:structure>/", views.one, name="registre_structure"),
]
