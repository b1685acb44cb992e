"""Addresses of the dossiers: one list by subject, each in its own module."""

from django.urls import URLPattern, URLResolver, path

from maillage.web.dossiers.archives import urlpatterns as archives
from maillage.web.dossiers.calendrier.urls import calendar_urls
from maillage.web.dossiers.commissions.urls import commission_urls
from maillage.web.dossiers.decision.urls import urlpatterns as decision
from maillage.web.dossiers.depot.urls import urlpatterns as filing
from maillage.web.dossiers.instruction.urls import urlpatterns as instruction
from maillage.web.dossiers.statistics import urlpatterns as statistics
from maillage.web.dossiers.summary import summary
from maillage.web.dossiers.take_over import urlpatterns as take_over
from maillage.web.dossiers.verifications.urls import urlpatterns as verifications

urlpatterns: list[URLPattern | URLResolver] = [
    path("dossiers/<uuid:dossier>/", summary, name="dossier"),
    *filing,
    *archives,
    *calendar_urls,
    *commission_urls,
    *decision,
    *instruction,
    *statistics,
    *take_over,
    *verifications,
]
