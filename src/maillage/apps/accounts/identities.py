"""What an identity provider vouches for: the RPPS number of a professional."""

from allauth.socialaccount.models import SocialAccount

from maillage.apps.accounts.models import User

PRO_SANTE_CONNECT = "psc"
"""Only this provider vouches for an RPPS number."""


def rpps_of(user: User) -> str | None:
    """The RPPS number that Pro Santé Connect gave for this person, or ``None``: never what someone typed."""
    linked = SocialAccount.objects.filter(user=user, provider=PRO_SANTE_CONNECT).order_by("pk").first()
    return (linked.extra_data.get("rpps") or None) if linked else None
