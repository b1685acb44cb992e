"""What goes with a meeting: its series, who is expected, its guests, the files that a concertation studied."""

import uuid

from django.db import models
from django.db.models import F, Q

from maillage.apps.structures.models import Member, Structure


class MeetingSeries(models.Model):
    """Meetings that come again. ``rule`` is the recurrence (RFC 5545), without its first day.

    ``skipped``: the days off that it would have fallen on, as ``{"jour": ISO day, "nom": name}``.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="meeting_series")
    rule = models.CharField("répétition", max_length=120)
    first_on = models.DateField("premier jour")
    until = models.DateField("dernier jour possible")
    skipped = models.JSONField("jours fériés sautés", default=list, blank=True)

    class Meta:
        verbose_name = "série de réunions"
        verbose_name_plural = "séries de réunions"
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("first_on")),
                name="meeting_series_ends_after_it_starts",
                violation_error_message="Une série ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.first_on})"


class Expected(models.Model):
    """A member who is expected at a meeting; a meeting where nobody is named expects the whole team."""

    meeting = models.ForeignKey("activity.Meeting", on_delete=models.CASCADE, related_name="expected")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "personne attendue"
        verbose_name_plural = "personnes attendues"
        ordering = ["member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="expected_once",
                violation_error_message="Cette personne est déjà attendue à cette réunion.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class MeetingGuest(models.Model):
    """People from outside who came to a meeting: how many, of which profession and organisation; never a name."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey("activity.Meeting", on_delete=models.CASCADE, related_name="guests")
    organisation = models.CharField("organisation", max_length=120, blank=True)
    profession = models.CharField("profession", max_length=120, blank=True)
    count = models.PositiveIntegerField("nombre", default=1)

    class Meta:
        verbose_name = "personne invitée"
        verbose_name_plural = "personnes invitées"
        ordering = ["organisation", "profession", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=999),
                name="meeting_guest_counted",
                violation_error_message="De 1 à 999 personnes invitées.",
            ),
            models.CheckConstraint(
                condition=~Q(organisation="", profession=""),
                name="meeting_guest_told",
                violation_error_message="Dites l'organisation ou la profession des personnes invitées.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.profession, self.organisation) if part)


class Concertation(models.Model):
    """What a concertation studied, in counts: no patient is in it.

    ``eligible``: how many of these files are those of patients in ALD or of 75 and more, ``None`` when not counted;
    ``themes``: codes (``core/activity/data/themes.yaml``).
    """

    meeting = models.OneToOneField("activity.Meeting", on_delete=models.CASCADE, related_name="concertation")
    files = models.PositiveIntegerField("dossiers étudiés")
    eligible = models.PositiveIntegerField("dont patients en ALD ou de 75 ans et plus", null=True, blank=True)
    themes = models.JSONField("thèmes", default=list, blank=True)

    class Meta:
        verbose_name = "concertation"
        constraints = [
            models.CheckConstraint(
                condition=Q(files__lte=500),
                name="concertation_files_of_a_meeting",
                violation_error_message="500 dossiers au plus dans une réunion.",
            ),
            models.CheckConstraint(
                condition=Q(eligible=None) | Q(eligible__lte=F("files")),
                name="concertation_eligible_among_files",
                violation_error_message="Pas plus de patients en ALD ou de 75 ans que de dossiers étudiés.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} : {self.files}"


class ConcertationYear(models.Model):
    """How many patients of the doctors of a structure are in ALD or 75 and more, on 31 December of a year."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="concertation_years")
    year = models.PositiveIntegerField("année")
    patients = models.PositiveIntegerField("patients en ALD ou de 75 ans et plus")

    class Meta:
        verbose_name = "base de la concertation d'une année"
        verbose_name_plural = "bases de la concertation"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "year"],
                name="concertation_year_once",
                violation_error_message="Cette année a déjà sa base de concertation.",
            ),
            models.CheckConstraint(
                condition=Q(patients__gte=1),
                name="concertation_year_has_patients",
                violation_error_message="Au moins un patient.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} : {self.patients}"
