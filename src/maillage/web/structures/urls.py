"""Addresses of a structure, under /structures/. Each subject adds its own."""

from django.urls import URLPattern, URLResolver

ROOT = "structures/<uuid:structure>/"

urlpatterns: list[URLPattern | URLResolver] = []
