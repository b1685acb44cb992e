"""Addresses of notifications."""

from django.urls import path

from maillage.web.notifications import preferences, views

urlpatterns = [
    path("notifications/", views.page, name="notifications"),
    path("notifications/lire/", views.read, name="notifications_lire"),
    path("notifications/<int:notification>/", views.opened, name="notification"),
    path("mon-compte/notifications/", preferences.page, name="notifications_preferences"),
]
