"""When a place closes, what happens then, and what a structure shows of itself to everyone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.structures.models import Site, Structure


class Closure(models.Model):
    """Days when a place is closed, both ends included."""

    class Kind(models.TextChoices):
        CONGES = "conges", "congés"
        TRAVAUX = "travaux", "travaux"
        AUTRE = "autre", "autre raison"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="closures")
    kind = models.CharField("raison", max_length=8, choices=Kind, default=Kind.CONGES)
    since = models.DateField("premier jour")
    until = models.DateField("dernier jour")
    note = models.CharField("à savoir", max_length=200, blank=True)

    class Meta:
        verbose_name = "fermeture"
        ordering = ["since", "site_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="closure_ends_after_it_starts",
                violation_error_message="Une fermeture ne finit pas avant d'avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["site", "since", "until"],
                name="closure_once",
                violation_error_message="Cette fermeture est déjà notée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%d/%m/%Y} – {self.until:%d/%m/%Y}"


class SchoolHoliday(models.Model):
    """A period of school holidays where the structure is, as the team knows it: no source of ours gives them."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="school_holidays")
    name = models.CharField("nom", max_length=80)
    since = models.DateField("premier jour")
    until = models.DateField("dernier jour")

    class Meta:
        verbose_name = "vacances scolaires"
        verbose_name_plural = "vacances scolaires"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="school_holiday_ends_after_it_starts",
                violation_error_message="Des vacances ne finissent pas avant d'avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["structure", "since"],
                name="school_holiday_once",
                violation_error_message="Une période commence déjà ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Continuity(models.Model):
    """What a place does for those who come without an appointment, or find it closed. ``None``: not told."""

    class OnHolidays(models.TextChoices):
        FERME = "ferme", "fermé les jours fériés"
        OUVERT = "ouvert", "ouvert aux heures habituelles les jours fériés"

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="continuity")
    unscheduled = models.BooleanField("soins non programmés organisés chaque jour ouvré", null=True, blank=True)
    unscheduled_by = models.TextField("qui reçoit les soins non programmés, et comment", blank=True)
    derogation = models.BooleanField("dérogation aux horaires (permanence des soins)", null=True, blank=True)
    derogation_until = models.DateField("dérogation accordée jusqu'au", null=True, blank=True)
    on_holidays = models.CharField("jours fériés", max_length=8, choices=OnHolidays, blank=True)
    when_closed = models.TextField("que faire quand c'est fermé", blank=True)
    phone = models.CharField("téléphone du lieu", max_length=20, blank=True)
    how_to_come = models.TextField("comment venir", blank=True)
    accessibility = models.TextField("accessibilité", blank=True)
    link = models.URLField("prise de rendez-vous", max_length=250, blank=True)

    class Meta:
        verbose_name = "continuité des soins d'un lieu"
        verbose_name_plural = "continuité des soins des lieux"
        constraints = [
            models.CheckConstraint(
                condition=Q(derogation=True) | Q(derogation_until=None),
                name="continuity_date_of_a_derogation",
                violation_error_message="Seule une dérogation accordée a une date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)


class PublicPage(models.Model):
    """What a structure shows to everyone, at /s/<slug>/. ``published_at`` is empty while nobody outside sees it."""

    structure = models.OneToOneField(Structure, on_delete=models.CASCADE, related_name="public_page")
    slug = models.SlugField("fin de l'adresse", max_length=60, unique=True)
    intro = models.TextField("présentation", blank=True)
    when_closed = models.TextField("que faire quand tout est fermé", blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "page publique"
        verbose_name_plural = "pages publiques"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug=""),
                name="public_page_has_an_address",
                violation_error_message="Une page publique a une adresse.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
