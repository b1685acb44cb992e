import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_role_of_who_decides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="identifiant",
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="adresse")),
                ("secret", models.CharField(max_length=64, verbose_name="secret")),
                ("events", models.JSONField(default=list, verbose_name="événements")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêté le")),
                ("stopped_reason", models.CharField(blank=True, max_length=250, verbose_name="motif de l'arrêt")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="identifiant",
                    ),
                ),
                ("event", models.CharField(max_length=60, verbose_name="événement")),
                ("payload", models.JSONField(verbose_name="message")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="essais")),
                ("next_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="prochain essai")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="reçu le")),
                ("status", models.PositiveIntegerField(blank=True, null=True, verbose_name="dernière réponse")),
                ("error", models.CharField(blank=True, max_length=250, verbose_name="dernière erreur")),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="connections.webhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "envoi",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="identifiant",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("hint", models.CharField(max_length=12, verbose_name="début")),
                ("secret_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                ("scopes", models.JSONField(default=list, verbose_name="portées")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="valable jusqu'au")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoqué le")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="dernier usage")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "jeton d'API",
                "verbose_name_plural": "jetons d'API",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="api_token_has_a_name",
                        violation_error_message="Un jeton a un nom.",
                    )
                ],
            },
        ),
    ]
