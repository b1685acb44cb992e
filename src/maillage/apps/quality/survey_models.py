"""How a structure listens to its users: surveys that anyone answers without a name, and what is done with users."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.structures.models import Structure


class Survey(models.Model):
    """A survey of the users. ``secret`` is the end of its public address; a draft has no ``opened_on``.

    It takes answers from ``opened_on`` to ``closes_on``, both included, or until someone closes it (``closed_on``).
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="surveys")
    title = models.CharField("titre", max_length=200)
    intro = models.TextField("présentation", blank=True)
    secret = models.CharField("fin de l'adresse publique", max_length=43, unique=True)
    closes_on = models.DateField("dernier jour")
    opened_on = models.DateField("ouverte le", null=True, blank=True)
    closed_on = models.DateField("close le", null=True, blank=True)
    created_at = models.DateTimeField("créée le")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="créée par"
    )

    class Meta:
        verbose_name = "enquête"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="survey_has_a_title", violation_error_message="Une enquête a un titre."
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on__isnull=False),
                name="survey_closes_after_it_opens",
                violation_error_message="Une enquête ne se clôt qu'une fois ouverte.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """A question of a survey; ``choices`` are the answers that are offered, for those that offer some."""

    class Kind(models.TextChoices):
        NOTE = "note", "note de 1 à 5"
        CHOIX = "choix", "un seul choix"
        MULTIPLE = "multiple", "plusieurs choix"
        TEXTE = "texte", "texte libre"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField("rang")
    kind = models.CharField("nature", max_length=8, choices=Kind)
    title = models.CharField("question", max_length=200)
    choices = models.JSONField("réponses proposées", default=list, blank=True)
    is_required = models.BooleanField("obligatoire", default=False)

    class Meta:
        verbose_name = "question"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="survey_question_has_words",
                violation_error_message="Une question a un énoncé.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyAnswer(models.Model):
    """What someone answered, without who: the day alone, and the choices by question. Texts are kept apart."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    day = models.DateField("jour")
    choices = models.JSONField("choix", default=dict)
    on_paper = models.BooleanField("réponse sur papier, saisie par l'équipe", default=False)

    class Meta:
        verbose_name = "réponse"
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.day.isoformat()


class SurveyText(models.Model):
    """What someone wrote freely, tied to the question and not to the rest of their answer; hidden until it is read."""

    class State(models.TextChoices):
        A_LIRE = "a_lire", "à lire"
        MONTRE = "montre", "montré"
        ECARTE = "ecarte", "écarté"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField("texte")
    state = models.CharField("état", max_length=8, choices=State, default=State.A_LIRE)

    class Meta:
        verbose_name = "texte d'une réponse"
        verbose_name_plural = "textes des réponses"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="survey_text_is_not_empty",
                violation_error_message="Un texte n'est pas vide.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class UserInvolvement(models.Model):
    """Something that the structure did with its users or their associations, with its proof. People are counted.

    The first three kinds are the level 1 of the indicator of the ACI (MSP-1.7), the others its level 2.
    """

    class Kind(models.TextChoices):
        INFORMATION = "information", "information"
        SENSIBILISATION = "sensibilisation", "sensibilisation"
        CONSULTATION = "consultation", "consultation, recueil d'avis"
        COCONSTRUCTION = "coconstruction", "co-construction"
        PARTENARIAT = "partenariat", "partenariat"
        CODECISION = "codecision", "co-décision"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="involvements")
    day = models.DateField("jour")
    kind = models.CharField("nature", max_length=16, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    partners = models.CharField("avec qui", max_length=200, blank=True)
    people = models.PositiveIntegerField("usagers présents ou consultés", null=True, blank=True)
    outcome = models.TextField("ce qui en est sorti", blank=True)
    proof = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="preuve"
    )

    class Meta:
        verbose_name = "participation des usagers"
        verbose_name_plural = "participations des usagers"
        ordering = [F("day").desc(), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="involvement_has_a_title",
                violation_error_message="Une participation des usagers a un intitulé.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
