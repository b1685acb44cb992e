"""Signing one of the cast in, with the second factor that some must have."""

from allauth.mfa.models import Authenticator
from django.test import Client

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import needs_second_factor


def sign_in(client: Client, user: User) -> Client:
    """The client, signed in as this person."""
    if needs_second_factor(user):
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client.force_login(user)
    return client
