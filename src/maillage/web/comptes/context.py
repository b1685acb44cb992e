"""What every page may say of accounts: the identity providers that are open, where e-mails are written."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

BUTTONS = {
    "proconnect": {
        "bouton": "S’identifier avec ProConnect",
        "question": "Qu’est-ce que ProConnect ?",
        "aide": "https://www.proconnect.gouv.fr/",
    },
    "psc": {
        "bouton": "S’identifier avec Pro Santé Connect",
        "question": "Qu’est-ce que Pro Santé Connect ?",
        "aide": "https://esante.gouv.fr/produits-services/pro-sante-connect",
    },
}
"""The official wording of the buttons, with the question that each operator asks to put under it."""


def accounts(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["identite"]["APPS"]
    return {
        "fournisseurs_identite": [{"code": app["provider_id"], **BUTTONS[app["provider_id"]]} for app in apps],
        "dossier_des_courriels": mail_folder(),
    }


def mail_folder() -> str:
    """Where e-mails are written, told only by a site that answers its own machine."""
    to_files = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.MAIL_FOLDER) if settings.LOCAL_ONLY and to_files else ""
