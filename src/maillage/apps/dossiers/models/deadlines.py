"""What was told of the deadlines of a dossier, so that nothing is told twice."""

from django.db import models

from maillage.apps.dossiers.models.dossiers import Dossier


class DeadlineAlert(models.Model):
    """That a deadline was told. ``subject`` says which (« delai », « avis:<uuid> », « condition:7 »); a deadline whose
    ``last_day`` moves is another. ``days_left``: the stage told, -1 once it was past."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="deadline_alerts")
    subject = models.CharField("échéance", max_length=60)
    last_day = models.DateField("dernier jour")
    days_left = models.IntegerField("jours restants")
    at = models.DateTimeField("annoncée le")

    class Meta:
        verbose_name = "alerte d'échéance"
        verbose_name_plural = "alertes d'échéance"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "subject", "last_day", "days_left"],
                name="deadline_alert_once",
                violation_error_message="Cette échéance est déjà annoncée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} : {self.days_left}"
