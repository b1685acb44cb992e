"""What the tests of accounts share: signing in as a person would, reading the link of the last e-mail."""

import re
import time

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from tests.cast import PASSWORD, person

LOGIN = "/comptes/login/"
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105


def verified(name="camille", **fields):
    """An account whose address is verified."""
    user = person(name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": user.email, "password": password, **more})


def with_totp(user):
    """Give an account an application of codes, and its codes of rescue."""
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code(secret=SECRET):
    """The code that the application shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def link():
    """The first address of the last e-mail."""
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]


def signed_in(client):
    return "_auth_user_id" in client.session
