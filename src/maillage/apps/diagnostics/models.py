"""The diagnoses that someone kept, each as it was on its day."""

import uuid

from django.db import models
from django.db.models import Q


class KeptDiagnosis(models.Model):
    """A diagnosis at an address that cannot be guessed, with what makes it again.

    No account and no personal data: who has the address can read it, make it again and have it forgotten.
    ``result`` is ``Diagnosis.as_dict()``; ``fingerprint`` is that of the vintages it was made from; ``previous`` is the
    one that this one makes again.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("conservé le")
    name = models.CharField("territoire", max_length=400)
    recipe = models.JSONField("recette")
    result = models.JSONField("diagnostic")
    fingerprint = models.CharField("empreinte des millésimes", max_length=64)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="next", verbose_name="refait"
    )

    class Meta:
        verbose_name = "diagnostic conservé"
        verbose_name_plural = "diagnostics conservés"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="kept_diagnosis_has_a_name",
                violation_error_message="Un diagnostic conservé dit de quel territoire il est.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="kept_diagnosis_fingerprint_format",
                violation_error_message="Un diagnostic conservé dit de quels millésimes il est fait.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.created_at:%d/%m/%Y})"
