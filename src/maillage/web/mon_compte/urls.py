"""Addresses of one's own account; addresses, password, second factor and sessions are under /comptes/."""

from django.urls import path

from maillage.web.mon_compte import views

urlpatterns = [
    path("mon-compte/", views.account, name="mon_compte"),
    path("mon-compte/mes-donnees/", views.data, name="mes_donnees"),
    path("mon-compte/mes-donnees.<str:kind>", views.data_file, name="mes_donnees_fichier"),
    path("mon-compte/fermer/", views.close, name="mon_compte_fermer"),
]
