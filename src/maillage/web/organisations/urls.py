"""Addresses of the organisations."""

from django.urls import include, path

from maillage.web.organisations import creation, people, views

_of_one = [
    path("", views.organisation, name="organisation"),
    path("renommer/", views.rename, name="organisation_renommer"),
    path("fermer/", views.close, name="organisation_fermer"),
    path("rouvrir/", views.reopen, name="organisation_rouvrir"),
    path("quitter/", views.leave, name="organisation_quitter"),
    path("personnes.<str:kind>", views.export_people, name="organisation_personnes"),
    path("inviter/", people.invite, name="organisation_inviter"),
    path("roles/<int:role>/", people.role, name="organisation_role"),
    path("roles/<int:role>/ajouter/", people.add_role, name="organisation_role_ajouter"),
    path("roles/<int:role>/retirer/", people.end_role, name="organisation_role_retirer"),
    path("invitations/<uuid:invitation>/renvoyer/", people.resend, name="organisation_invitation_renvoyer"),
    path("invitations/<uuid:invitation>/retirer/", people.revoke, name="organisation_invitation_retirer"),
]
urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/nouvelle/", creation.new, name="organisation_nouvelle"),
    path("organisations/<uuid:organisation>/", include(_of_one)),
]
