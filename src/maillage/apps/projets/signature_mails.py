"""The mails that ask for a signature."""

from collections.abc import Callable

from maillage.apps.common.mail import Mail
from maillage.apps.projets.models import Version
from maillage.apps.projets.signatures import signatures_of
from maillage.apps.structures.models import Member

TEXT = """Bonjour,

Votre signature est demandée sur le projet de santé de votre équipe (version {number}).

Lire et signer : {address}

Vous signez depuis votre compte Maillage, confirmé par votre second facteur.
Sans compte, demandez à qui porte le projet de déposer votre exemplaire signé.
"""


def requests_for(version: Version, *, address: Callable[[str], str]) -> tuple[list[Mail], list[str]]:
    """The mails to those who did not sign yet, and the names of those who have no address.

    ``address`` makes a whole address from a path.
    """
    waiting = [line.member for line in signatures_of(version.projet).lines if line.signature is None]
    link = address(f"/projets/{version.projet_id}/versions/{version.number}/signer/")
    text = TEXT.format(number=version.number, address=link)
    mails, silent = [], []
    for member in Member.objects.filter(pk__in=waiting, left_on=None).select_related("user"):
        to = member.user.email if member.user else member.email
        if to:
            mails.append(Mail(to, "Votre signature est demandée", text))
        else:
            silent.append(str(member))
    return mails, silent
