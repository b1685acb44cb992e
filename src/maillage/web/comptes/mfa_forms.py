"""The forms of the second factor, in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from maillage.web.comptes.forms import PlainWords

CODE = (
    "Code à six chiffres de votre application",
    "Sans votre téléphone, tapez ici un de vos codes de secours, à huit chiffres.",
)
NAME = ("Nom de la clé", "Pour la reconnaître : « téléphone », « clé du bureau »…")


class OfDigits(PlainWords):
    """A code is typed with the keyboard of digits; spaces between them are forgiven."""

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}

    def clean_code(self) -> Any:
        """Check the code without the spaces that applications show in it."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()  # type: ignore[misc]


class AuthenticateForm(OfDigits, base.AuthenticateForm):
    """The code that ends signing in."""

    words = {"code": CODE}


class ReauthenticateForm(OfDigits, base.ReauthenticateForm):
    """The code again, before a sensitive act."""

    words = {"code": CODE}


class ActivateTOTPForm(OfDigits, totp.ActivateTOTPForm):
    """The first code, which proves that the application was set up."""

    words = {"code": ("Code à six chiffres affiché par l’application", "")}


class AddWebAuthnForm(PlainWords, webauthn.AddWebAuthnForm):
    """A new security key."""

    words = {
        "name": NAME,
        "passwordless": (
            "Pouvoir se connecter avec cette clé seule, sans mot de passe",
            "La clé demande alors votre empreinte, votre visage ou son code.",
        ),
    }


class EditWebAuthnForm(PlainWords, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    words = {"name": NAME}
