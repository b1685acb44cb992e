"""Addresses of the simulators."""

from django.urls import path

from maillage.web.simuler import views

urlpatterns = [
    path("simuler/", views.index, name="simuler"),
    path("simuler/aci-msp/", views.aci_msp, name="aci_msp"),
    path("simuler/aci-msp/graphique.svg", views.aci_msp_chart, name="aci_msp_graphique"),
    path("simuler/aci-msp/echeances.ics", views.aci_msp_deadlines, name="aci_msp_echeances"),
    path("simuler/aci-msp.pdf", views.aci_msp_pdf, name="aci_msp_pdf"),
]
