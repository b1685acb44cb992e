"""Where the data come from."""

from typing import Any

from django.db import models
from django.db.models import Q

from maillage.apps.territories.models.constraints import not_negative


class DataSources(models.QuerySet["DataSource"]):
    """Rows of sources."""

    def loaded(self) -> "DataSources":
        """Those of which data are in place: a later loading that runs, failed or was killed takes nothing away."""
        return self.filter(loaded_at__isnull=False)


class DataSource(models.Model):
    """Where data come from and what their last loading did; one row per source, shown on the page « Données ».

    ``checksum`` (SHA-256 of the files read) and ``loaded_at`` are those of the last loading that succeeded.
    ``source`` is the kind of file (« apl »), the key adds what tells two of its files apart (« apl-infirmier-2021 »);
    a source that comes with a package has only its key. ``rejects`` holds the first lines left out, as
    ``[line number, reason]``. ``file`` names what was prepared from it under the data folder (travel times).
    """

    class State(models.TextChoices):
        RUNNING = "en_cours", "chargement en cours"
        COMPLETE = "complete", "chargée"
        FAILED = "en_erreur", "échec du chargement"
        STOPPED = "arretee", "chargement interrompu"
        ABSENT = "absente", "fichier absent"

    key = models.CharField("clé", max_length=80, primary_key=True)
    source = models.CharField("source", max_length=40, blank=True, db_index=True)
    label = models.CharField("contenu", max_length=200)
    producer = models.CharField("producteur", max_length=200)
    carrier = models.CharField("paquet et version", max_length=120)
    vintage = models.CharField("millésime", max_length=200)
    licence = models.CharField("licence", max_length=120)
    url = models.URLField("adresse", blank=True)
    rows_read = models.IntegerField("lignes lues", null=True, blank=True)
    rows_written = models.IntegerField("lignes retenues", null=True, blank=True)
    rejected = models.IntegerField("lignes écartées", null=True, blank=True)
    loaded_at = models.DateTimeField("chargée le", null=True, blank=True)
    started_at = models.DateTimeField("dernier chargement commencé le", null=True, blank=True)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.RUNNING)
    message = models.TextField("remarque", blank=True)
    checksum = models.CharField("empreinte du fichier", max_length=64, blank=True)
    file = models.CharField("fichier préparé", max_length=120, blank=True)
    rejects = models.JSONField("lignes écartées, avec le motif", default=list, blank=True)

    objects = DataSources.as_manager()

    class Meta:
        verbose_name = "source de données"
        verbose_name_plural = "sources de données"
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["en_cours", "complete", "en_erreur", "arretee", "absente"]),
                name="data_source_state_known",
                violation_error_message="L'état d'une source est : en cours, complète, en erreur, arrêtée ou absente.",
            ),
            not_negative(
                "data_source_rows_positive",
                "Un nombre de lignes n'est jamais négatif.",
                "rows_read",
                "rows_written",
                "rejected",
            ),
            models.CheckConstraint(
                condition=~Q(state="complete")
                | Q(loaded_at__isnull=False, rows_written__isnull=False, checksum__regex="^[0-9a-f]{64}$"),
                name="data_source_complete_is_dated",
                violation_error_message="Une source chargée dit quand, combien de lignes et de quel fichier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.vintage})"

    def summary(self) -> dict[str, Any]:
        """What the log keeps of a loading."""
        return {
            "etat": self.state,
            "millesime": self.vintage,
            "lignes_retenues": self.rows_written,
            "empreinte": self.checksum,
        }
