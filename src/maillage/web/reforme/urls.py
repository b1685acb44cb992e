"""Address of the comparison of rules."""

from django.urls import path

from maillage.web.reforme import views

urlpatterns = [path("reforme/", views.compare_rules, name="reforme")]
