"""Addresses of the territories."""

from django.urls import path

from maillage.web.territoires import diagnostic, et_si, kept, sites, views

urlpatterns = [
    path("territoires/", views.choose, name="territoires"),
    path("territoires/propositions/", views.suggestions, name="communes"),
    path("territoires/propositions/epci/", views.epci_suggestions, name="epci_propositions"),
    path("territoires/communes/<str:code>/", views.commune, name="commune"),
    path("territoires/diagnostic/", diagnostic.page, name="diagnostic"),
    path("territoires/diagnostic.<str:kind>", diagnostic.file, name="diagnostic_fichier"),
    path("territoires/diagnostic/<uuid:identifier>.<str:kind>", kept.file, name="diagnostic_garde_fichier"),
    path("territoires/diagnostic/carte.svg", diagnostic.drawing, name="diagnostic_carte"),
    path("territoires/diagnostic/<uuid:identifier>/carte.svg", kept.drawing, name="diagnostic_garde_carte"),
    path("territoires/diagnostic/graphiques/<str:code>/", diagnostic.section_charts, name="diagnostic_graphiques"),
    path(
        "territoires/diagnostic/<uuid:identifier>/graphiques/<str:code>/",
        kept.section_charts,
        name="diagnostic_garde_graphiques",
    ),
    path("territoires/diagnostic/conserver/", kept.keep, name="diagnostic_conserver"),
    path("territoires/diagnostic/<uuid:identifier>/", kept.page, name="diagnostic_garde"),
    path("territoires/diagnostic/<uuid:identifier>/refaire/", kept.redo, name="diagnostic_refaire"),
    path("territoires/diagnostic/<uuid:identifier>/oublier/", kept.forget, name="diagnostic_oublier"),
    path("territoires/ou-s-installer/", sites.page, name="ou_s_installer"),
    path("territoires/et-si/", et_si.page, name="et_si"),
]
