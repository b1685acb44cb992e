import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                ("group", models.CharField(max_length=80, verbose_name="sujet")),
                ("title", models.CharField(max_length=250, verbose_name="texte")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="page")),
                ("at", models.DateTimeField(db_index=True, verbose_name="le")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lue le")),
                (
                    "mail_due_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="courriel à partir du"),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="notification_says_something",
                        violation_error_message="Une notification dit ce qui s'est passé.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("aussitot", "aussitôt"),
                            ("jour", "une fois par jour"),
                            ("semaine", "une fois par semaine"),
                            ("jamais", "jamais : dans le site seulement"),
                        ],
                        max_length=10,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "préférence",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind"),
                        name="preference_once",
                        violation_error_message="Cette préférence existe déjà.",
                    )
                ],
            },
        ),
    ]
