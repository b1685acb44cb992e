"""Addresses of the simulators of the kit."""

from django.urls import path

from maillage.web.simulateurs import views

urlpatterns = [
    path("simuler/<slug:code>/", views.page, name="simulateur"),
    path("simuler/<slug:code>.pdf", views.pdf, name="simulateur_pdf"),
    path("simuler/<slug:code>/echeances.ics", views.deadlines, name="simulateur_echeances"),
]
