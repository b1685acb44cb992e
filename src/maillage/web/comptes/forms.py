"""allauth's forms, in our words: a label above each field, no text inside it, one sentence of help."""

from typing import Any

from allauth.account import forms as account
from allauth.socialaccount import forms as social
from django.conf import settings

EMAIL = "Adresse électronique"
PASSWORD = "Mot de passe"  # noqa: S105 - a label
NEW_PASSWORD = "Nouveau mot de passe"  # noqa: S105 - a label
ADVICE = (
    f"Au moins {settings.PASSWORD_MINIMUM} caractères, pas seulement des chiffres. "
    "Une phrase de quelques mots est sûre et se retient."
)
AGAIN = "Le même, une seconde fois"


class PlainWords:
    """Gives the fields of a form the labels and the help of ``words``: {field: (label, help)}."""

    words: dict[str, tuple[str, str]] = {}
    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label, ""))


class LoginForm(PlainWords, account.LoginForm):
    """Sign in."""

    words = {
        "login": (EMAIL, ""),
        "password": (PASSWORD, ""),
        "remember": ("Rester connecté sur cet appareil", "Ne cochez pas sur un ordinateur partagé."),
    }


class SignupForm(PlainWords, account.SignupForm):
    """Create an account."""

    words = {
        "email": (EMAIL, "Nous y envoyons un lien pour vérifier qu’elle est à vous."),
        "password1": (PASSWORD, ADVICE),
    }


class IdentitySignupForm(PlainWords, social.SignupForm):
    """Complete an account that an identity provider opens."""

    words = {"email": (EMAIL, "Le fournisseur d’identité ne l’a pas donnée, ou elle peut être changée ici.")}


class AddEmailForm(PlainWords, account.AddEmailForm):
    """Another address."""

    words = {"email": ("Nouvelle adresse électronique", "Elle ne remplace l’ancienne qu’une fois vérifiée.")}


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """Another password."""

    words = {
        "oldpassword": ("Mot de passe actuel", ""),
        "password1": (NEW_PASSWORD, ADVICE),
        "password2": (AGAIN, ""),
    }


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    """A first password, for an account that came through an identity provider."""

    words = {"password1": (PASSWORD, ADVICE), "password2": (AGAIN, "")}


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    """Ask for the link that resets a password."""

    words = {"email": (EMAIL, "")}


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    """The new password, behind that link."""

    words = {"password1": (NEW_PASSWORD, ADVICE), "password2": (AGAIN, "")}


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    """The password again, before a sensitive act."""

    words = {"password": (PASSWORD, "")}


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):
    """Ask for a code by e-mail."""

    words = {"email": (EMAIL, "")}


class ConfirmLoginCodeForm(PlainWords, account.ConfirmLoginCodeForm):
    """The code that came by e-mail."""

    words = {"code": ("Code reçu par e-mail", "")}
