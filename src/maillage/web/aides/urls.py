"""Addresses of the aids."""

from django.urls import path

from maillage.web.aides import views

urlpatterns = [
    path("aides/", views.index, name="aides"),
    path("aides/<slug:name>/", views.aid, name="aide_detail"),
]
