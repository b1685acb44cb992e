"""Addresses of the deadlines."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.dossiers.calendrier import links, pages

calendar_urls: list[URLPattern | URLResolver] = [
    path("dossiers/calendrier/", pages.page, name="dossiers_calendrier"),
    path("dossiers/calendrier/lien/", links.page, name="dossiers_calendrier_lien"),
    path("agenda/<str:secret>.ics", links.feed, name="agenda_lien"),
]
