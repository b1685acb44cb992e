"""What who reviews thinks of an automatic check, when a person has to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.dossiers.models.dossiers import Dossier


class Appraisal(models.Model):
    """A check held met or not met by a person, and why. The last of a check stands; the others are its history.

    Internal to the authority until the decision is notified.
    """

    class Verdict(models.TextChoices):
        ACCEPTE = "accepte", "tenue pour remplie"
        CONTESTE = "conteste", "tenue pour non remplie"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="appraisals")
    code = models.CharField("vérification", max_length=60)
    verdict = models.CharField("appréciation", max_length=10, choices=Verdict)
    reason = models.TextField("motif", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "appréciation d'une vérification"
        verbose_name_plural = "appréciations des vérifications"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code=""),
                name="appraisal_names_a_check",
                violation_error_message="Une appréciation dit de quelle vérification il s'agit.",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="conteste") | ~Q(reason=""),
                name="appraisal_against_says_why",
                violation_error_message="Une vérification tenue pour non remplie dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.get_verdict_display()}"
