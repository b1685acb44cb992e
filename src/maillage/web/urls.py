"""Addresses of the pages."""

from maillage.web.activite.urls import urlpatterns as activite
from maillage.web.aides.urls import urlpatterns as aides
from maillage.web.appels.urls import urlpatterns as appels
from maillage.web.carte.urls import urlpatterns as carte
from maillage.web.connexions.urls import urlpatterns as connexions
from maillage.web.contexte.urls import urlpatterns as contexte
from maillage.web.dossiers.urls import urlpatterns as dossiers
from maillage.web.enquetes.urls import urlpatterns as enquetes
from maillage.web.invitations.urls import urlpatterns as invitations
from maillage.web.journal.urls import urlpatterns as journal
from maillage.web.mon_compte.urls import urlpatterns as mon_compte
from maillage.web.notifications.urls import urlpatterns as notifications
from maillage.web.organisations.urls import urlpatterns as organisations
from maillage.web.orientation.urls import urlpatterns as orientation
from maillage.web.projets.urls import urlpatterns as projets
from maillage.web.public.urls import urlpatterns as public
from maillage.web.reforme.urls import urlpatterns as reforme
from maillage.web.registre.urls import urlpatterns as registre
from maillage.web.regles.urls import urlpatterns as regles
from maillage.web.simulateurs.urls import urlpatterns as simulateurs
from maillage.web.simuler.urls import urlpatterns as simuler
from maillage.web.structures.moved import addresses as moved
from maillage.web.structures.urls import urlpatterns as structures
from maillage.web.territoires.urls import urlpatterns as territoires

app_name = "web"
urlpatterns = [
    *public,
    *orientation,
    *simuler,
    *simulateurs,
    *reforme,
    *regles,
    *appels,
    *aides,
    *territoires,
    *carte,
    *contexte,
    *organisations,
    *connexions,
    *invitations,
    *mon_compte,
    *projets,
    *activite,
    *structures,
    *dossiers,
    *registre,
    *enquetes,
    *journal,
    *notifications,
    *moved(),
]
