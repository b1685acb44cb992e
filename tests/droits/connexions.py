"""What the matrix of rights fills the addresses of tokens and webhooks with: those of the MSP."""

from tests import cast

from maillage.apps.connections.events import EVENTS
from maillage.apps.connections.models import ApiToken, Delivery, Webhook
from maillage.apps.connections.signing import ciphered


class Connexions:
    """A token and a webhook that the porteuse made; the address of the webhook leads nowhere."""

    def __init__(self, people: cast.Cast) -> None:
        made = {"organisation": people.structure.organisation, "created_at": cast.NOW, "created_by": people.porteuse}
        self.token = ApiToken.objects.create(name="Logiciel", hint="mlg_", secret_hash="0" * 64, **made)
        self.webhook = Webhook.objects.create(
            url="https://127.0.0.1/", secret=ciphered("secret"), events=list(EVENTS), **made
        )
        self.delivery = Delivery.objects.create(webhook=self.webhook, event="essai", payload={}, created_at=cast.NOW)
