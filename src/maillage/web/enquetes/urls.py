"""Addresses of the public pages of a survey."""

from django.urls import URLPattern, path

from maillage.web.enquetes import views

urlpatterns: list[URLPattern] = [
    path("enquete/<str:secret>/", views.survey, name="enquete"),
    path("enquete/<str:secret>/merci/", views.thanks, name="enquete_merci"),
]
