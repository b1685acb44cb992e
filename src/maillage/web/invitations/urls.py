"""Addresses of the invitations: from the link of the e-mail, or from the dashboard."""

from django.urls import path

from maillage.web.invitations import views

urlpatterns = [
    path("invitations/<str:secret>/", views.invitation, name="invitation"),
    path("invitations/<uuid:invitation>/accepter/", views.accept, name="invitation_accepter"),
    path("invitations/<uuid:invitation>/refuser/", views.refuse, name="invitation_refuser"),
]
