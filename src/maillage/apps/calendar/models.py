"""The letter that tells each person the week of their structure: which one was written, to send it once."""

from django.conf import settings
from django.db import models

from maillage.apps.structures.models import Structure


class WeeklyLetter(models.Model):
    """The letter of a week to a person of a structure. ``week`` is its Monday.

    A letter is claimed, then sent, then written as sent; one that had nothing to tell (``lines`` is 0) never leaves.
    """

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="weekly_letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField("semaine du", db_index=True)
    lines = models.PositiveIntegerField("lignes", default=0)
    claimed_at = models.DateTimeField("préparée le")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)

    class Meta:
        verbose_name = "lettre de la semaine"
        verbose_name_plural = "lettres de la semaine"
        ordering = ["-week", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "user", "week"],
                name="weekly_letter_once",
                violation_error_message="La lettre de cette semaine existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"semaine du {self.week:%d/%m/%Y}"


class HandoverNote(models.Model):
    """What who leaves tells who comes, under one heading: it is nowhere else in the site."""

    class Heading(models.TextChoices):
        HABITUDES = "habitudes", "Les habitudes de l’équipe"
        PERSONNES = "personnes", "Qui appeler, pour quoi"
        ACCES = "acces", "Où sont les accès et les clés (jamais un mot de passe)"
        EN_COURS = "en_cours", "Ce qui est en cours et n’est écrit nulle part"
        ATTENTION = "attention", "Ce à quoi il faut faire attention"

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="handover_notes")
    heading = models.CharField("rubrique", max_length=12, choices=Heading)
    text = models.TextField("texte", blank=True)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "note de passation"
        verbose_name_plural = "notes de passation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "heading"],
                name="handover_note_once",
                violation_error_message="Cette rubrique est déjà écrite.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_heading_display()
