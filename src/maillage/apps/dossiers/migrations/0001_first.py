import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_role_of_who_decides"),
        ("common", "0004_stored_files"),
        ("projets", "0002_step_imposed"),
        ("structures", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="clé")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="dernier numéro")),
            ],
            options={
                "verbose_name": "compteur",
            },
        ),
        migrations.CreateModel(
            name="Commission",
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
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("nom", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "quorum_share",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="quorum (part des sièges)"
                    ),
                ),
                ("votes", models.BooleanField(default=False, verbose_name="vote")),
                (
                    "rules_source",
                    models.CharField(blank=True, max_length=250, verbose_name="texte qui fixe ces règles"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermée le")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissions",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "commission",
                "ordering": ["nom", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                ("question", models.TextField(verbose_name="question")),
                ("answer_by", models.DateField(verbose_name="à rendre avant le")),
                ("is_independent", models.BooleanField(default=True, verbose_name="avis indépendants")),
                ("at", models.DateTimeField(verbose_name="demandée le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d'avis",
                "verbose_name_plural": "demandes d'avis",
                "ordering": ["-at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AvisRequest",
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
                (
                    "sense",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favorable", "favorable"),
                            ("reserve", "favorable avec réserves"),
                            ("defavorable", "défavorable"),
                            ("sans", "ne se prononce pas"),
                        ],
                        max_length=12,
                        verbose_name="sens",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="avis")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="rendu le")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="relancé le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="demande retirée le")),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avis_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="dossiers.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "avis demandé",
                "verbose_name_plural": "avis demandés",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("number", models.CharField(max_length=30, unique=True, verbose_name="numéro")),
                (
                    "sense",
                    models.CharField(
                        choices=[
                            ("accord", "accord"),
                            ("conditions", "accord sous conditions"),
                            ("refus", "refus"),
                            ("silence_accord", "accord par silence gardé"),
                            ("silence_refus", "refus par silence gardé"),
                        ],
                        max_length=16,
                        verbose_name="sens",
                    ),
                ),
                ("motives", models.TextField(blank=True, verbose_name="motifs")),
                ("appeal", models.TextField(blank=True, verbose_name="voies de recours")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                ("at", models.DateTimeField(verbose_name="enregistré le")),
                ("signatory", models.CharField(blank=True, max_length=200, verbose_name="signataire")),
                (
                    "signatory_quality",
                    models.CharField(blank=True, max_length=200, verbose_name="qualité du signataire"),
                ),
                ("body", models.JSONField(blank=True, default=dict, verbose_name="lettre")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                ("notified_at", models.DateTimeField(blank=True, null=True, verbose_name="notifiée le")),
                ("notified_how", models.CharField(blank=True, max_length=120, verbose_name="moyen de la notification")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                ("withdrawn_reason", models.TextField(blank=True, verbose_name="motif du retrait")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
                (
                    "signed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "décision",
                "ordering": ["-at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="condition")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="avant le")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="remplie le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="dossiers.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "condition",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("aci", "accord conventionnel interprofessionnel (ACI)"),
                            ("accord_national", "accord national des centres de santé"),
                        ],
                        max_length=16,
                        verbose_name="mode",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="structures.structure",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="dossiers.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "adhésion",
                "ordering": ["-since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
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
                ("kind", models.CharField(db_index=True, max_length=40, verbose_name="nature")),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="numéro")),
                ("region", models.CharField(max_length=3, verbose_name="code INSEE de la région")),
                ("departement", models.CharField(blank=True, max_length=3, verbose_name="code INSEE du département")),
                ("state", models.CharField(max_length=30, verbose_name="état")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("brouillon", "en préparation"),
                            ("instruction", "en instruction"),
                            ("attente", "en attente de pièces"),
                            ("commission", "devant la commission"),
                            ("decision", "à décider"),
                            ("suivi", "accordé, suivi"),
                            ("clos", "clos"),
                        ],
                        db_index=True,
                        default="brouillon",
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                ("created_at", models.DateTimeField(verbose_name="commencé le")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="déposé le")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="reçu le")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="complet le")),
                ("due_on", models.DateField(blank=True, db_index=True, null=True, verbose_name="échéance légale")),
                ("suspended_since", models.DateField(blank=True, null=True, verbose_name="délai suspendu depuis le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_dossiers",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "filer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_dossiers",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "projet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="projets.projet",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="structures.structure"
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="rang")),
                ("at", models.DateTimeField(verbose_name="déposé le")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deposits",
                        to="projets.version",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "dépôt",
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="dossiers.dossier"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consultations", to="dossiers.dossier"
            ),
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="étiquette")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="labels", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "étiquette",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="labels",
            field=models.ManyToManyField(blank=True, related_name="dossiers", to="dossiers.label"),
        ),
        migrations.CreateModel(
            name="Message",
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
                ("at", models.DateTimeField(verbose_name="écrit le")),
                ("text", models.TextField(verbose_name="texte")),
                ("is_internal", models.BooleanField(default=False, verbose_name="note interne")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="dossiers.dossier"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Piece",
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
                ("code", models.CharField(max_length=60, verbose_name="pièce")),
                ("added_at", models.DateTimeField(verbose_name="jointe le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="dossiers.dossier"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce",
                "ordering": ["code", "added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PieceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="demandées le")),
                ("text", models.TextField(blank=True, verbose_name="message")),
                ("items", models.JSONField(verbose_name="pièces demandées")),
                ("answer_by", models.DateField(verbose_name="à envoyer avant le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="piece_requests",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de pièces",
                "verbose_name_plural": "demandes de pièces",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("esp", "équipe de soins primaires (ESP)"),
                            ("msp", "maison de santé pluriprofessionnelle (MSP)"),
                            ("cds", "centre de santé (CDS)"),
                            ("ess", "équipe de soins spécialisés (ESS)"),
                            ("cpts", "communauté professionnelle territoriale de santé (CPTS)"),
                        ],
                        max_length=4,
                        verbose_name="nature",
                    ),
                ),
                ("nom", models.CharField(max_length=200, verbose_name="nom")),
                ("region", models.CharField(max_length=3, verbose_name="code INSEE de la région")),
                ("specialite", models.CharField(blank=True, max_length=80, verbose_name="spécialité")),
                ("finess_ej", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l'entité juridique")),
                ("finess_et", models.CharField(blank=True, max_length=9, verbose_name="FINESS de l'établissement")),
                ("since", models.DateField(verbose_name="reconnue depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                ("ended_reason", models.CharField(blank=True, max_length=250, verbose_name="motif de la fin")),
                ("is_published", models.BooleanField(default=True, verbose_name="publiée au registre")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recognition", to="dossiers.decision"
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="structures.structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "reconnaissance",
                "ordering": ["nom", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Perimeter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=4, verbose_name="nature")),
                ("specialite", models.CharField(blank=True, max_length=80, verbose_name="spécialité")),
                ("commune", models.CharField(max_length=5, verbose_name="code INSEE de la commune")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="perimeter", to="dossiers.recognition"
                    ),
                ),
            ],
            options={
                "verbose_name": "commune reconnue",
                "verbose_name_plural": "communes reconnues",
                "ordering": ["commune", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("college", models.CharField(max_length=120, verbose_name="collège")),
                ("represents", models.CharField(max_length=200, verbose_name="organisme représenté")),
                ("titulaire_nom", models.CharField(blank=True, max_length=200, verbose_name="titulaire")),
                ("titulaire_email", models.EmailField(blank=True, max_length=254, verbose_name="adresse du titulaire")),
                ("suppleant_nom", models.CharField(blank=True, max_length=200, verbose_name="suppléant")),
                ("suppleant_email", models.EmailField(blank=True, max_length=254, verbose_name="adresse du suppléant")),
                ("votes", models.BooleanField(default=True, verbose_name="a voix délibérative")),
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="dossiers.commission"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "suppleant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitute_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "titulaire",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "siège",
                "ordering": ["position", "college", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="motif")),
                ("declared_at", models.DateTimeField(verbose_name="déclaré le")),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "of_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts_of_interest",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="dossiers.dossier"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="dossiers.seat"
                    ),
                ),
            ],
            options={
                "verbose_name": "conflit d'intérêts",
                "verbose_name_plural": "conflits d'intérêts",
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="lu jusqu'au")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="dossiers.dossier"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "lecture",
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                ("starts_at", models.DateTimeField(verbose_name="le")),
                ("minutes_long", models.PositiveIntegerField(default=120, verbose_name="durée (minutes)")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparee", "en préparation"),
                            ("convoquee", "convoquée"),
                            ("ouverte", "ouverte"),
                            ("tenue", "tenue, procès-verbal à approuver"),
                            ("approuvee", "procès-verbal approuvé"),
                            ("annulee", "annulée"),
                        ],
                        default="preparee",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0, verbose_name="rang de la convocation")),
                ("convoked_at", models.DateTimeField(blank=True, null=True, verbose_name="convoquée le")),
                ("minutes", models.TextField(blank=True, verbose_name="procès-verbal")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approuvé le")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="dossiers.commission"
                    ),
                ),
                (
                    "convocation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
                (
                    "minutes_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "séance",
                "ordering": ["-starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("titulaire", "titulaire présent"),
                            ("suppleant", "suppléant présent"),
                            ("excuse", "excusé"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                        verbose_name="présence",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.seat"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="dossiers.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "présence",
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("position", models.PositiveIntegerField(verbose_name="rang")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("avis", "pour avis"), ("information", "pour information")],
                        default="avis",
                        max_length=12,
                        verbose_name="objet",
                    ),
                ),
                ("rapporteur", models.CharField(blank=True, max_length=200, verbose_name="rapporteur")),
                (
                    "sense",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favorable", "favorable"),
                            ("reserve", "favorable avec réserves"),
                            ("defavorable", "défavorable"),
                            ("ajourne", "ajourné"),
                            ("informee", "commission informée"),
                        ],
                        max_length=12,
                        verbose_name="avis",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="motifs")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="rendu le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda_items", to="dossiers.dossier"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="dossiers.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "point de l'ordre du jour",
                "verbose_name_plural": "points de l'ordre du jour",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SessionDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(verbose_name="déposé le")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="dossiers.agendaitem",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="dossiers.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "document de séance",
                "verbose_name_plural": "documents de séance",
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suspensions", to="dossiers.dossier"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.piecerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "ordering": ["since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("visite", "visite sur place"), ("reunion", "réunion")],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                ("people", models.TextField(blank=True, verbose_name="avec qui")),
                ("report", models.TextField(blank=True, verbose_name="compte rendu")),
                ("is_internal", models.BooleanField(default=False, verbose_name="pour l'instruction seulement")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "visite ou réunion",
                "verbose_name_plural": "visites et réunions",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("pour", "pour"), ("contre", "contre"), ("abstention", "abstention")],
                        max_length=10,
                        verbose_name="voix",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="donnée le")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="dossiers.agendaitem"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.seat"
                    ),
                ),
            ],
            options={
                "verbose_name": "voix",
                "verbose_name_plural": "voix",
            },
        ),
        migrations.AddConstraint(
            model_name="commission",
            constraint=models.CheckConstraint(
                condition=models.Q(("nom", ""), _negated=True),
                name="commission_has_a_name",
                violation_error_message="Une commission a un nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum_share", None), models.Q(("quorum_share__gt", 0), ("quorum_share__lte", 1)), _connector="OR"
                ),
                name="commission_quorum_is_a_share",
                violation_error_message="Le quorum est une part des sièges, entre 0 et 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("organisation", "code"),
                name="commission_code_once",
                violation_error_message="Cette commission existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("expert", None), ("withdrawn_at", None)),
                fields=("consultation", "organisation"),
                name="avis_asked_once_of_an_organisation",
                violation_error_message="Cet avis est déjà demandé à cette organisation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("expert__isnull", False), ("withdrawn_at", None)),
                fields=("consultation", "expert"),
                name="avis_asked_once_of_a_person",
                violation_error_message="Cet avis est déjà demandé à cette personne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_at", None), ("given_by", None), ("sense", "")),
                    models.Q(
                        ("given_at__isnull", False), ("given_by__isnull", False), models.Q(("sense", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="avis_given_is_whole",
                violation_error_message="Un avis rendu dit son sens, par qui et quand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="condition_says_something",
                violation_error_message="Une condition dit ce qu'elle demande.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("structure",),
                name="agreement_one_mode",
                violation_error_message="Cette structure adhère déjà à l'ACI ou à l'accord national : ils s'excluent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="agreement_ends_after_it_starts",
                violation_error_message="Une adhésion ne finit pas avant d'avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"), name="deposit_once", violation_error_message="Ce dépôt existe déjà."
            ),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.CheckConstraint(
                condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                name="deposit_fingerprint_format",
                violation_error_message="Un dépôt porte l'empreinte de son contenu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("dossier",),
                name="decision_in_force_once",
                violation_error_message="Ce dossier a déjà une décision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sense__in", ["refus", "conditions"]), _negated=True),
                    models.Q(("motives", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_refusal_has_motives",
                violation_error_message="Un refus, ou un accord sous conditions, dit ses motifs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", False), ("sense__in", ["silence_accord", "silence_refus"]), _connector="OR"
                ),
                name="decision_has_an_author",
                violation_error_message="Seul le silence décide sans personne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="consultation_asks_something",
                violation_error_message="Une demande d'avis pose une question.",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name"),
                name="label_once",
                violation_error_message="Cette étiquette existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="label_has_a_name",
                violation_error_message="Une étiquette a un nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="dossier_number_once",
                violation_error_message="Ce numéro de dossier est déjà pris.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phase", "brouillon"),
                    models.Q(("authority__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="dossier_filed_says_when_and_to_whom",
                violation_error_message="Un dossier déposé dit quand et à qui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("submitted_at", None), models.Q(("number", ""), _negated=True), _connector="OR"),
                name="dossier_filed_has_a_number",
                violation_error_message="Un dossier déposé a un numéro.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on", None), ("suspended_since", None), _connector="OR"),
                name="dossier_clock_runs_or_stands",
                violation_error_message="Un délai suspendu n'a pas d'échéance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="message_says_something",
                violation_error_message="Un message a un texte.",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True),
                name="piece_has_a_code",
                violation_error_message="Une pièce dit ce qu'elle est.",
            ),
        ),
        migrations.AddConstraint(
            model_name="piecerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)),
                fields=("dossier",),
                name="piece_request_open_once",
                violation_error_message="Des pièces sont déjà demandées pour ce dossier.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("structure",),
                name="recognition_once",
                violation_error_message="Cette structure est déjà reconnue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("finess_et", ""), _negated=True), ("until", None)),
                fields=("finess_et",),
                name="recognition_finess_et_once",
                violation_error_message="Ce numéro FINESS d'établissement est déjà celui d'une structure reconnue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="recognition_ends_after_it_starts",
                violation_error_message="Une reconnaissance ne finit pas avant d'avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="perimeter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "cpts"), ("until", None)),
                fields=("commune",),
                name="perimeter_one_cpts",
                violation_error_message="Une autre CPTS reconnue est déjà sur cette commune.",
            ),
        ),
        migrations.AddConstraint(
            model_name="perimeter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "ess"), ("until", None)),
                fields=("specialite", "commune"),
                name="perimeter_one_ess_by_speciality",
                violation_error_message="Une autre ESS reconnue de cette spécialité est déjà sur cette commune.",
            ),
        ),
        migrations.AddConstraint(
            model_name="perimeter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("recognition", "commune"),
                name="perimeter_once",
                violation_error_message="Cette commune est déjà dans le périmètre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("represents", ""), _negated=True),
                name="seat_represents_someone",
                violation_error_message="Un siège dit quel organisme il représente.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="seat_ends_after_it_starts",
                violation_error_message="Un siège ne finit pas avant d'avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of_user__isnull", False)),
                fields=("seat", "dossier", "of_user"),
                name="conflict_once_of_a_person",
                violation_error_message="Ce conflit d'intérêts est déjà déclaré.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of_user", None)),
                fields=("seat", "dossier"),
                name="conflict_once_of_a_seat",
                violation_error_message="Ce conflit d'intérêts est déjà déclaré.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(
                fields=("dossier", "user"), name="seen_once", violation_error_message="Cette lecture existe déjà."
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approuvee"), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False), ("approved_by__isnull", False), ("minutes_file__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="session_approved_is_whole",
                violation_error_message="Un procès-verbal approuvé dit par qui, quand, et a son PDF.",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("session", "seat"), name="presence_once", violation_error_message="Ce siège est déjà compté."
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("session", "dossier"),
                name="agenda_item_once",
                violation_error_message="Ce dossier est déjà à l'ordre du jour.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_at", None), ("sense", "")),
                    models.Q(("given_at__isnull", False), models.Q(("sense", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agenda_item_given_is_whole",
                violation_error_message="Un avis rendu dit son sens et quand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("dossier",),
                name="suspension_open_once",
                violation_error_message="Le délai de ce dossier est déjà suspendu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="suspension_ends_after_it_starts",
                violation_error_message="Une suspension ne finit pas avant d'avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                fields=("item", "seat"), name="vote_once", violation_error_message="Ce siège a déjà voté."
            ),
        ),
    ]
