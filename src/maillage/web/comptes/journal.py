"""What allauth does to an account, in the log; and what the session keeps of an identity provider."""

from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.utils import timezone

from maillage.apps.common.services import record
from maillage.web.comptes.second_factor import IDENTITY

WRITTEN = (
    (account.user_signed_up, "ouvrir un compte"),
    (account.password_changed, "changer de mot de passe"),
    (account.password_set, "choisir un mot de passe"),
    (account.password_reset, "renouveler un mot de passe oublié"),
    (account.email_changed, "changer d'adresse électronique"),
    (mfa.authenticator_added, "ajouter un second facteur"),
    (mfa.authenticator_removed, "retirer un second facteur"),
    (mfa.authenticator_reset, "renouveler les codes de secours"),
    (social.social_account_added, "relier une identité"),
    (social.social_account_removed, "délier une identité"),
)
"""Acts on an account and their verbs. The log holds neither address nor secret."""


def listen() -> None:
    """Connect the log and the session to allauth."""
    for signal, verb in WRITTEN:
        signal.connect(partial(_write, verb), weak=False, dispatch_uid=f"journal.{verb}")
    account.user_logged_in.connect(remember_provider, dispatch_uid="journal.identite")


def _write(verb: str, **sent: Any) -> None:
    user = _person(sent)
    kind = _kind(sent)
    record(by=user, at=timezone.now(), verb=verb, subject=user, after={"nature": kind} if kind else None)


def _person(sent: dict[str, Any]) -> Any:
    if "user" in sent:
        return sent["user"]
    return sent["sociallogin"].user if "sociallogin" in sent else sent["socialaccount"].user


def _kind(sent: dict[str, Any]) -> str:
    """Kind of the factor, or name of the provider."""
    if "authenticator" in sent:
        return str(sent["authenticator"].type)
    linked = sent.get("socialaccount") or getattr(sent.get("sociallogin"), "account", None)
    return str(linked.provider) if linked else ""


def remember_provider(request: Any, sociallogin: Any = None, **_sent: Any) -> None:
    """Keep what signing out at the provider needs, and whether its second factor counts; forget a former one."""
    request.session.pop(IDENTITY, None)
    if sociallogin is None or "id_token" not in sociallogin.state:
        return
    request.session[IDENTITY] = {
        "provider": sociallogin.account.provider,
        "id_token": sociallogin.state["id_token"],
        "second_factor": bool(sociallogin.state.get("second_factor")),
    }
