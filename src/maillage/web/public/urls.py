"""Addresses of the public pages."""

from django.urls import path

from maillage.web.public import views

urlpatterns = [
    path("", views.home, name="accueil"),
    path("donnees/", views.data, name="donnees"),
    path("mentions/", views.notice, name="mentions"),
    path("aide/", views.help_page, name="aide"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
