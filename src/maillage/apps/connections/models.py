"""What other software holds or receives: tokens of the API and their acts, webhooks and their deliveries."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from maillage.apps.accounts.models import Organisation


class ApiToken(models.Model):
    """A key of the API for an organisation. Only its SHA-256 is kept; ``hint`` is its first letters."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField("nom", max_length=80)
    hint = models.CharField("début", max_length=12)
    secret_hash = models.CharField("empreinte", max_length=64, unique=True)
    scopes = models.JSONField("portées", default=list)
    created_at = models.DateTimeField("créé le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("valable jusqu'au", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    last_used_on = models.DateField("dernier usage", null=True, blank=True)

    class Meta:
        verbose_name = "jeton d'API"
        verbose_name_plural = "jetons d'API"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="api_token_has_a_name", violation_error_message="Un jeton a un nom."
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it works."""
        return timezone.localtime(self.expires_at - datetime.timedelta(seconds=1)).date() if self.expires_at else None


class ApiAct(models.Model):
    """What a token was answered for an act, under the key that its software chose: asked twice, it is done once.

    ``fingerprint`` is the SHA-256 of what was asked. Written in the transaction of the act.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="acts")
    key = models.CharField("clé d'idempotence", max_length=80)
    fingerprint = models.CharField("empreinte de la demande", max_length=64)
    answer = models.JSONField("réponse", default=dict)
    at = models.DateTimeField("le", db_index=True)

    class Meta:
        verbose_name = "geste par l'API"
        verbose_name_plural = "gestes par l'API"
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"],
                name="api_act_once",
                violation_error_message="Cette clé d'idempotence a déjà servi.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Webhook(models.Model):
    """An address (https) told of what happens to the dossiers of an organisation; each message is signed (HMAC-SHA256
    with ``secret``, kept ciphered: see signing.py)."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="webhooks")
    url = models.URLField("adresse", max_length=500)
    secret = models.CharField("secret chiffré", max_length=250)
    events = models.JSONField("événements", default=list)
    created_at = models.DateTimeField("créé le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("repris le", null=True, blank=True)
    stopped_at = models.DateTimeField("arrêté le", null=True, blank=True)
    stopped_reason = models.CharField("motif de l'arrêt", max_length=250, blank=True)

    class Meta:
        verbose_name = "webhook"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """A message to a webhook: sent until it is received, later and later, then given up."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField("événement", max_length=60)
    payload = models.JSONField("message")
    created_at = models.DateTimeField("créé le")
    attempts = models.PositiveIntegerField("essais", default=0)
    next_at = models.DateTimeField("prochain essai", null=True, blank=True, db_index=True)
    delivered_at = models.DateTimeField("reçu le", null=True, blank=True)
    status = models.PositiveIntegerField("dernière réponse", null=True, blank=True)
    error = models.CharField("dernière erreur", max_length=250, blank=True)

    class Meta:
        verbose_name = "envoi"
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"
