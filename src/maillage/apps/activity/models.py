"""What a structure does: its meetings and who was there, its protocols, its actions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.activity.followup_models import FollowUp as FollowUp
from maillage.apps.activity.followup_models import Topic as Topic
from maillage.apps.activity.meeting_models import Concertation as Concertation
from maillage.apps.activity.meeting_models import ConcertationYear as ConcertationYear
from maillage.apps.activity.meeting_models import Expected as Expected
from maillage.apps.activity.meeting_models import MeetingGuest as MeetingGuest
from maillage.apps.activity.meeting_models import MeetingSeries as MeetingSeries
from maillage.apps.activity.plan_models import ActionNote as ActionNote
from maillage.apps.activity.plan_models import ActionStep as ActionStep
from maillage.apps.activity.plan_models import Traineeship as Traineeship
from maillage.apps.activity.poll_models import DatePoll as DatePoll
from maillage.apps.activity.poll_models import PollAnswer as PollAnswer
from maillage.apps.activity.poll_models import PollDate as PollDate
from maillage.apps.activity.poll_models import PollVoter as PollVoter
from maillage.apps.activity.protocol_models import Cooperation as Cooperation
from maillage.apps.activity.protocol_models import CooperationMember as CooperationMember
from maillage.apps.activity.protocol_models import Protocol as Protocol
from maillage.apps.activity.protocol_models import ProtocolOpinion as ProtocolOpinion
from maillage.apps.activity.protocol_models import ProtocolUse as ProtocolUse
from maillage.apps.activity.protocol_models import ProtocolVersion as ProtocolVersion
from maillage.apps.activity.protocol_models import ProtocolWriter as ProtocolWriter
from maillage.apps.structures.models import Member, Structure


class Meeting(models.Model):
    """A meeting of the team. Once held, its attendance says how long each stayed (minutes).

    ``sequence`` grows each time its day or its place changes: agendas replace the invitation that they hold.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", "réunion d'équipe"
        CONCERTATION = "concertation", "concertation pluriprofessionnelle"
        BUREAU = "bureau", "bureau"
        ASSEMBLEE = "assemblee", "assemblée générale"
        GROUPE = "groupe", "groupe de travail"
        FORMATION = "formation", "formation"
        PARTENAIRES = "partenaires", "rencontre de partenaires"
        REPRESENTATION = "representation", "représentation extérieure"
        PROJET = "projet", "élaboration du projet de santé"

    class State(models.TextChoices):
        PREVUE = "prevue", "prévue"
        CLOSE = "close", "close"
        ANNULEE = "annulee", "annulée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name="série"
    )
    kind = models.CharField("nature", max_length=16, choices=Kind, default=Kind.PROJET)
    title = models.CharField("sujet", max_length=200)
    starts_at = models.DateTimeField("début")
    minutes = models.PositiveIntegerField("durée (minutes)")
    place = models.CharField("lieu", max_length=200, blank=True)
    agenda = models.TextField("ordre du jour", blank=True)
    report = models.TextField("compte rendu", blank=True)
    state = models.CharField("état", max_length=8, choices=State, default=State.PREVUE)
    sequence = models.PositiveIntegerField("rang de l'invitation", default=0)

    class Meta:
        verbose_name = "réunion"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60),
                name="meeting_lasts",
                violation_error_message="Une réunion dure de 1 minute à 24 heures.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="meeting_has_a_title", violation_error_message="Une réunion a un sujet."
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether a member came to a meeting, how, and for how long (minutes there, then minutes spent to prepare it).

    ``mandated_by`` names the body (URPS, Ordre…) that sent this person, empty when they came for themselves.
    ``arrived_at`` and ``left_at`` are hours of the place of the meeting, for who was late or left early; ``source``
    says who noted the presence: the team, or the member, by the code shown in the room or by their own link.
    """

    class Source(models.TextChoices):
        EQUIPE = "equipe", "noté par l'équipe"
        CODE = "code", "noté par la personne, avec le code affiché"
        LIEN = "lien", "noté par la personne, avec son lien"

    class Presence(models.TextChoices):
        PRESENT = "present", "présent"
        DISTANCE = "distance", "présent à distance"
        EXCUSE = "excuse", "excusé"
        ABSENT = "absent", "absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField("présence", max_length=8, choices=Presence)
    minutes = models.PositiveIntegerField("temps passé (minutes)", default=0)
    preparation = models.PositiveIntegerField("temps de préparation (minutes)", default=0)
    mandated_by = models.CharField("organisme représenté", max_length=120, blank=True)
    arrived_at = models.TimeField("arrivée", null=True, blank=True)
    left_at = models.TimeField("départ", null=True, blank=True)
    source = models.CharField("noté par", max_length=8, choices=Source, default=Source.EQUIPE)

    class Meta:
        verbose_name = "présence"
        ordering = ["member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="attendance_once",
                violation_error_message="Ce membre est déjà sur la feuille de présence.",
            ),
            models.CheckConstraint(
                condition=Q(presence__in=["present", "distance"]) | Q(minutes=0),
                name="attendance_minutes_of_who_came",
                violation_error_message="Qui n'est pas venu n'a pas passé de temps.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=24 * 60),
                name="attendance_a_day_at_most",
                violation_error_message="Une présence dure 24 heures au plus.",
            ),
            models.CheckConstraint(
                condition=Q(preparation__lte=24 * 60),
                name="attendance_prepared_a_day_at_most",
                violation_error_message="Une préparation dure 24 heures au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.get_presence_display()}"


class AttendanceSheet(models.Model):
    """The sheet of a meeting as it was when someone closed it: nothing in it changes any more.

    ``content`` is what it says, ``pdf`` the document, ``fingerprint`` the SHA-256 of that document. A meeting opened
    again and closed again has another sheet; ``reopened_*`` say who opened it again, and why.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField("numéro")
    content = models.JSONField("contenu")
    pdf = models.BinaryField("document")
    fingerprint = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("close le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("rouverte le", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_reason = models.CharField("raison de la réouverture", max_length=300, blank=True)

    class Meta:
        verbose_name = "feuille de présence"
        verbose_name_plural = "feuilles de présence"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="attendance_sheet_once",
                violation_error_message="Cette feuille existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="attendance_sheet_fingerprint_format",
                violation_error_message="Une feuille scellée porte l'empreinte de son document.",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_reason="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_reason="")),
                name="attendance_sheet_reopened_for_a_reason",
                violation_error_message="Une feuille se rouvre avec une raison.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.number})"


class Action(models.Model):
    """An action sheet. ``need`` points to a figure of the diagnosis; ``missions`` are those of the agreement.

    ``need``: ``{"cle": code of the figure, "libelle": its words, "valeur": as shown, "millesime": …}`` or ``{}``.
    ``indicators``: list of ``{"nom": …, "cible": …, "source": …}``. ``budget`` in euros, ``None`` when not established.
    ``theme``: code of the public-health theme that the agreement names (``core/activity/data/themes.yaml``).
    """

    class State(models.TextChoices):
        PREVUE = "prevue", "prévue"
        EN_COURS = "en_cours", "en cours"
        FINIE = "finie", "finie"
        ABANDONNEE = "abandonnee", "abandonnée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField("intitulé", max_length=200)
    objective = models.TextField("objectif", blank=True)
    need = models.JSONField("besoin du diagnostic", default=dict, blank=True)
    need_text = models.TextField("besoin, en mots", blank=True)
    population = models.TextField("population concernée", blank=True)
    partners = models.TextField("partenaires", blank=True)
    pilot = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    steps = models.TextField("étapes", blank=True)
    means = models.TextField("moyens", blank=True)
    budget = models.DecimalField("budget (€)", max_digits=12, decimal_places=2, null=True, blank=True)
    funding = models.TextField("financements", blank=True)
    indicators = models.JSONField("indicateurs", default=list, blank=True)
    evaluation = models.TextField("évaluation", blank=True)
    missions = models.JSONField("missions de l'accord", default=list, blank=True)
    theme = models.CharField("thème de santé publique", max_length=60, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.PREVUE)
    position = models.PositiveIntegerField("rang", default=0)

    class Meta:
        verbose_name = "fiche action"
        verbose_name_plural = "fiches actions"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="action_has_a_title",
                violation_error_message="Une fiche action a un intitulé.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_it_starts",
                violation_error_message="Une action ne finit pas avant d'avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0),
                name="action_budget_not_negative",
                violation_error_message="Un budget n'est pas négatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
