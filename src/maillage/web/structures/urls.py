"""Addresses of a structure, under /structures/. Each subject adds its own."""

from django.urls import URLPattern, URLResolver

from maillage.web.structures.actions.urls import urlpatterns as actions
from maillage.web.structures.calendar.urls import urlpatterns as calendar
from maillage.web.structures.crisis.urls import urlpatterns as crisis
from maillage.web.structures.data.urls import urlpatterns as data
from maillage.web.structures.entities.urls import urlpatterns as entities
from maillage.web.structures.equipe.urls import urlpatterns as equipe
from maillage.web.structures.governance.urls import urlpatterns as governance
from maillage.web.structures.maturity.urls import urlpatterns as maturity
from maillage.web.structures.meetings.urls import urlpatterns as meetings
from maillage.web.structures.papers.urls import urlpatterns as papers
from maillage.web.structures.places.urls import urlpatterns as places
from maillage.web.structures.polls.urls import urlpatterns as polls
from maillage.web.structures.protocols.urls import urlpatterns as protocols
from maillage.web.structures.public_page.urls import urlpatterns as public_page
from maillage.web.structures.suites.urls import urlpatterns as suites
from maillage.web.structures.surveys.urls import urlpatterns as surveys
from maillage.web.structures.tools.urls import urlpatterns as tools

ROOT = "structures/<uuid:structure>/"

urlpatterns: list[URLPattern | URLResolver] = [
    *actions,
    *calendar,
    *data,
    *entities,
    *equipe,
    *governance,
    *maturity,
    *meetings,
    *papers,
    *polls,
    *places,
    *crisis,
    *protocols,
    *surveys,
    *public_page,
    *suites,
    *tools,
]
