"""Addresses of the subjects that wait for a meeting, and of what meetings leave to do."""

from django.urls import URLPattern, path

from maillage.web.structures.suites import follow_ups, topics

REUNIONS = "structures/<uuid:structure>/reunions/"
SUJETS, SUITES = f"{REUNIONS}sujets/", f"{REUNIONS}suites/"
SUITE = f"{SUITES}<uuid:suite>/"

urlpatterns: list[URLPattern] = [
    path(SUJETS, topics.page, name="structure_reunions_sujets"),
    path(f"{SUJETS}inscrire/", topics.put_on_agenda, name="structure_reunions_sujets_inscrire"),
    path(f"{SUJETS}<uuid:sujet>/<slug:acte>/", topics.act, name="structure_reunions_sujets_acte"),
    path(SUITES, follow_ups.index, name="structure_reunions_suites"),
    path(f"{SUITES}noter/", follow_ups.note, name="structure_reunions_suites_noter"),
    path(SUITE, follow_ups.one, name="structure_reunions_suites_une"),
    path(f"{SUITE}<slug:acte>/", follow_ups.act, name="structure_reunions_suites_acte"),
]
