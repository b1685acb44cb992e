"""Addresses of the calls for projects."""

from django.urls import path

from maillage.web.appels import views

urlpatterns = [
    path("appels/", views.calls, name="appels"),
    path("appels/flux.xml", views.feed, name="appels_flux"),
    path("appels/calendrier.ics", views.diary, name="appels_calendrier"),
]
