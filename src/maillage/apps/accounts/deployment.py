"""What is checked of the accounts of an installation."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import needs_second_factor
from maillage.apps.common.deployment.check import Check, know, ok
from maillage.core.kernel.french import number, plural

SUBJECT = "Comptes"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def account_checks() -> Iterator[Check]:
    """Whether someone administers, and whether those who must have a second factor have one."""
    people = User.objects.filter(is_active=True)
    if not people.filter(is_administrator=True).exists():
        yield know(SUBJECT, "personne n'administre cette installation", "Voyez le guide « Mettre en ligne ».")
    with_factor = set(Authenticator.objects.filter(type__in=FACTORS).values_list("user_id", flat=True))
    without = sum(needs_second_factor(each) for each in people.exclude(pk__in=with_factor))
    if without:
        who = plural(without, "personne doit", "personnes doivent")
        seen = f"{number(without)} {who} encore ajouter un second facteur"
        yield know(SUBJECT, seen, "Le site le leur demande avant toute autre page.")
    else:
        yield ok(SUBJECT, "chacun a le second facteur que son rôle demande")
