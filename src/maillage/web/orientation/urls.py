"""Addresses of the orientation."""

from django.urls import path

from maillage.web.orientation import views

urlpatterns = [
    path("orientation/", views.wizard, name="orientation"),
    path("orientation/resultat/", views.result, name="orientation_resultat"),
    path("orientation/resultat.pdf", views.result_pdf, name="orientation_pdf"),
]
