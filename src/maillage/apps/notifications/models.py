"""What a person is told of, in the site and by e-mail, and how each wants to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """One thing that happened, for one person. ``group`` says which belong together (« dossier:<uuid> »).

    ``about`` names that subject (« PSC-53-2026-0007, CPTS du lac »). ``kind`` is what preferences are set by;
    ``address`` the path of the page to open. ``mailed_at`` is when an e-mail told it, alone or with others; a
    notification of which no mail is wanted keeps ``None``. A mail being sent pushes ``mail_due_at`` to its next try.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField("nature", max_length=40)
    group = models.CharField("sujet", max_length=80)
    about = models.CharField("à propos de", max_length=200, blank=True)
    title = models.CharField("texte", max_length=250)
    address = models.CharField("page", max_length=250, blank=True)
    at = models.DateTimeField("le", db_index=True)
    read_at = models.DateTimeField("lue le", null=True, blank=True)
    mail_due_at = models.DateTimeField("courriel à partir du", null=True, blank=True, db_index=True)
    mailed_at = models.DateTimeField("envoyée le", null=True, blank=True)

    class Meta:
        verbose_name = "notification"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="notification_unread")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="notification_says_something",
                violation_error_message="Une notification dit ce qui s'est passé.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants to be told of a kind of thing by e-mail; without a row, the default of the kind."""

    class Rhythm(models.TextChoices):
        AUSSITOT = "aussitot", "aussitôt"
        JOUR = "jour", "une fois par jour"
        SEMAINE = "semaine", "une fois par semaine"
        JAMAIS = "jamais", "jamais : dans le site seulement"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField("nature", max_length=40)
    rhythm = models.CharField("rythme", max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = "préférence"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="preference_once",
                violation_error_message="Cette préférence existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} : {self.get_rhythm_display()}"


class CalendarLink(models.Model):
    """The secret address by which the agenda of a person reads their deadlines. Only its SHA-256 is kept; there is one
    at a time, and removing it closes the address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link")
    secret_hash = models.CharField("empreinte", max_length=64, unique=True)
    created_at = models.DateTimeField("créé le")
    last_used_on = models.DateField("dernier usage", null=True, blank=True)

    class Meta:
        verbose_name = "lien d'agenda"
        verbose_name_plural = "liens d'agenda"

    def __str__(self) -> str:
        return f"lien d'agenda du {self.created_at:%d/%m/%Y}"
