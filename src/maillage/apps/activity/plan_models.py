"""What follows an action: its dated steps, what is noted of it; and the trainees whom the team welcomes."""

import uuid

from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.structures.models import Member, Structure


class ActionStep(models.Model):
    """A step of an action: what, by whom, for when; ``done_on`` once it is done."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey("activity.Action", on_delete=models.CASCADE, related_name="dated_steps")
    title = models.CharField("étape", max_length=200)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField("pour le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "étape d'une action"
        verbose_name_plural = "étapes d'une action"
        ordering = [F("due_on").asc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="action_step_has_a_title", violation_error_message="Une étape a un nom."
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActionNote(models.Model):
    """What is noted of an action on a day: money spent, people reached, or the value of one of its indicators.

    ``indicator`` is the name of the indicator, empty for the two others. People are counted, never named.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", "public touché"
        VALEUR = "valeur", "valeur d'un indicateur"
        DEPENSE = "depense", "dépense"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey("activity.Action", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("nature", max_length=8, choices=Kind)
    day = models.DateField("jour")
    amount = models.DecimalField("valeur", max_digits=14, decimal_places=2)
    indicator = models.CharField("indicateur", max_length=200, blank=True)
    label = models.CharField("précision", max_length=200, blank=True)

    class Meta:
        verbose_name = "relevé d'une action"
        verbose_name_plural = "relevés d'une action"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="action_note_not_negative",
                violation_error_message="Un relevé n'est pas négatif.",
            ),
            models.CheckConstraint(
                condition=(Q(kind="valeur") & ~Q(indicator="")) | (~Q(kind="valeur") & Q(indicator="")),
                name="action_note_names_its_indicator",
                violation_error_message="Une valeur nomme son indicateur, et elle seule.",
            ),
            models.UniqueConstraint(
                fields=["action", "indicator", "day"],
                condition=Q(kind="valeur"),
                name="action_value_once_a_day",
                violation_error_message="Cet indicateur a déjà une valeur ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day.isoformat()}"


class Traineeship(models.Model):
    """A trainee whom a member of the team supervised: who, of which school, when, with which proof.

    ``metier`` is the slug of the profession that the trainee learns. An apprentice préparateur of a pharmacy is noted
    but does not count for the ACI (MSP-2.4).
    """

    class Kind(models.TextChoices):
        STAGE = "stage", "stage"
        PREPARATEUR = "preparateur", "apprentissage de préparateur en pharmacie"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="traineeships")
    nom = models.CharField("nom", max_length=80)
    prenom = models.CharField("prénom", max_length=80)
    kind = models.CharField("nature", max_length=12, choices=Kind, default=Kind.STAGE)
    metier = models.CharField("métier préparé", max_length=40)
    school = models.CharField("école ou université", max_length=200, blank=True)
    supervisor = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    certificate = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "stage"
        ordering = ["-starts_on", "nom", "prenom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom="") & ~Q(prenom=""),
                name="traineeship_names_its_trainee",
                violation_error_message="Un stagiaire a un nom et un prénom.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="traineeship_ends_after_it_starts",
                violation_error_message="Un stage ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}"
