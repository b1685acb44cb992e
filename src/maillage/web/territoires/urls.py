"""Addresses of the territories."""

from django.urls import path

from maillage.web.territoires import diagnostic, et_si, views

urlpatterns = [
    path("territoires/", views.choose, name="territoires"),
    path("territoires/propositions/", views.suggestions, name="communes"),
    path("territoires/propositions/epci/", views.epci_suggestions, name="epci_propositions"),
    path("territoires/communes/<str:code>/", views.commune, name="commune"),
    path("territoires/diagnostic/", diagnostic.diagnosis, name="diagnostic"),
    path("territoires/et-si/", et_si.page, name="et_si"),
]
