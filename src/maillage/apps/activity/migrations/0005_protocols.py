import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("activity", "0004_meetings"),
        ("structures", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cooperation",
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
                ("code", models.CharField(max_length=60, verbose_name="protocole national")),
                ("starts_on", models.DateField(verbose_name="appliqué depuis le")),
                ("declared_on", models.DateField(blank=True, null=True, verbose_name="déclaré à l'ARS le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="arrêté le")),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cooperations",
                        to="structures.structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "protocole national de coopération",
                "verbose_name_plural": "protocoles nationaux de coopération",
                "ordering": ["code", "-starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("structure", "code"),
                        name="cooperation_once",
                        violation_error_message="L'équipe applique déjà ce protocole national.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="cooperation_ends_after_it_starts",
                        violation_error_message="Un protocole national ne s'arrête pas avant d'avoir commencé.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CooperationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("delegant", "délégant"), ("delegue", "délégué")], max_length=8, verbose_name="rôle"
                    ),
                ),
                ("joined_on", models.DateField(verbose_name="adhère depuis le")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "cooperation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="activity.cooperation",
                        verbose_name="protocole national",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="structures.member",
                        verbose_name="membre",
                    ),
                ),
            ],
            options={
                "verbose_name": "adhésion à un protocole national",
                "verbose_name_plural": "adhésions à un protocole national",
                "ordering": ["part", "member__nom", "member__prenom", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("cooperation", "member"),
                        name="cooperation_member_once",
                        violation_error_message="Ce membre adhère déjà à ce protocole national.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"),
                        name="cooperation_member_leaves_after_joining",
                        violation_error_message="Une adhésion ne finit pas avant d'avoir commencé.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtocolOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveIntegerField(verbose_name="tour de validation")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("attendu", "avis attendu"),
                            ("approuve", "approuve"),
                            ("a_revoir", "demande un changement"),
                        ],
                        default="attendu",
                        max_length=12,
                        verbose_name="réponse",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=1000, verbose_name="changement demandé")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="structures.member",
                        verbose_name="membre",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="activity.protocol",
                        verbose_name="protocole",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis sur un protocole",
                "verbose_name_plural": "avis sur un protocole",
                "ordering": ["-round", "member__nom", "member__prenom", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "round", "member"),
                        name="protocol_opinion_once",
                        violation_error_message="Ce membre a déjà un avis à donner sur ce texte.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "attendu"), ("answered_at", None), ("noted_by", None)),
                            models.Q(
                                models.Q(("answer", "attendu"), _negated=True),
                                ("answered_at__isnull", False),
                                ("noted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="protocol_opinion_is_dated",
                        violation_error_message="Un avis donné porte sa date et qui l'a noté.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "a_revoir"), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="protocol_opinion_says_what_to_change",
                        violation_error_message="Dites ce qu'il faut changer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtocolUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="mois")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre d'utilisations")),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="activity.protocol",
                        verbose_name="protocole",
                    ),
                ),
            ],
            options={
                "verbose_name": "utilisation d'un protocole",
                "verbose_name_plural": "utilisations d'un protocole",
                "ordering": ["-month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "month"),
                        name="protocol_use_once_a_month",
                        violation_error_message="Ce mois est déjà compté.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="protocol_use_of_a_month",
                        violation_error_message="Un mois se désigne par son premier jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__lte", 100000)),
                        name="protocol_use_within_reason",
                        violation_error_message="Un mois compte au plus 100 000 utilisations.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtocolVersion",
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
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("applies_on", models.DateField(verbose_name="s'applique le")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("pdf", models.BinaryField(verbose_name="document")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte")),
                ("at", models.DateTimeField(verbose_name="publiée le")),
                ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="partagée le")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("licence_ouverte_2", "Licence ouverte 2.0 (Etalab)"),
                            ("cc_by_4", "Creative Commons Attribution 4.0"),
                            ("cc_by_sa_4", "Creative Commons Attribution, partage à l'identique 4.0"),
                        ],
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="activity.protocol",
                        verbose_name="protocole",
                    ),
                ),
            ],
            options={
                "verbose_name": "version d'un protocole",
                "verbose_name_plural": "versions d'un protocole",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "number"),
                        name="protocol_version_once",
                        violation_error_message="Cette version existe déjà.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                        name="protocol_version_fingerprint_format",
                        violation_error_message="Une version scellée porte l'empreinte de son document.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("licence", ""), ("shared_at", None)),
                            models.Q(("shared_at__isnull", False), models.Q(("licence", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="protocol_version_shared_under_a_licence",
                        violation_error_message="Un protocole se partage sous une licence.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_on", None), ("review_on__gt", models.F("applies_on")), _connector="OR"
                        ),
                        name="protocol_version_reviewed_after_it_applies",
                        violation_error_message="Un protocole se revoit après le jour où il s'applique.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtocolWriter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="structures.member",
                        verbose_name="membre",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="writers",
                        to="activity.protocol",
                        verbose_name="protocole",
                    ),
                ),
            ],
            options={
                "verbose_name": "rédacteur d'un protocole",
                "verbose_name_plural": "rédacteurs d'un protocole",
                "ordering": ["member__nom", "member__prenom", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "member"),
                        name="protocol_writer_once",
                        violation_error_message="Ce membre écrit déjà ce protocole.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="protocol",
            name="in_mission",
            field=models.BooleanField(default=False, verbose_name="compté dans une mission de santé publique"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="origin",
            field=models.JSONField(blank=True, default=dict, verbose_name="origine"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="retired_on",
            field=models.DateField(blank=True, null=True, verbose_name="retiré le"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="retired_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="raison du retrait"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="à revoir le"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="round",
            field=models.PositiveIntegerField(default=0, verbose_name="tour de validation"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="theme_code",
            field=models.CharField(blank=True, max_length=60, verbose_name="thème de l'accord"),
        ),
        migrations.AddField(
            model_name="protocol",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version publiée"),
        ),
        migrations.AlterField(
            model_name="protocol",
            name="state",
            field=models.CharField(
                choices=[
                    ("prevu", "prévu"),
                    ("en_cours", "en cours d'écriture"),
                    ("a_valider", "à valider"),
                    ("applique", "appliqué"),
                    ("retire", "retiré"),
                ],
                default="prevu",
                max_length=12,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("retired_on__isnull", False),
                        ("state", "retire"),
                        models.Q(("retired_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "retire"), _negated=True), ("retired_on", None), ("retired_reason", "")
                    ),
                    _connector="OR",
                ),
                name="protocol_retired_for_a_reason",
                violation_error_message="Un protocole se retire un jour donné, avec une raison.",
            ),
        ),
    ]
