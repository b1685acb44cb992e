"""A commission: its seats by college, its sessions, who was there, conflicts of interest, votes, minutes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models.dossiers import Dossier

HOLDERS = (("titulaire", "titulaire"), ("suppleant", "suppléant"))


class Commission(models.Model):
    """A body that gives avis (CARPEC, commission régionale des CPTS…), run by an organisation.

    ``code`` is that of the definitions (« carpec »). ``quorum_share`` is a share of the seats, ``None`` when no text
    of the region sets it; ``conflicts_leave_quorum`` is ``None`` while nobody said what its text says; ``votes`` says
    whether its rule makes it vote.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commissions")
    code = models.CharField("code", max_length=40)
    nom = models.CharField("nom", max_length=200)
    quorum_share = models.DecimalField(
        "quorum (part des sièges)", max_digits=4, decimal_places=3, null=True, blank=True
    )
    conflicts_leave_quorum = models.BooleanField(
        "un siège en conflit d'intérêts ne compte plus pour le quorum", null=True, blank=True
    )
    quorum_once = models.BooleanField("pas de quorum à la nouvelle séance", default=False)
    votes = models.BooleanField("vote", default=False)
    notice_days = models.PositiveIntegerField("délai de convocation (jours)", null=True, blank=True)
    rules_source = models.CharField("texte qui fixe ces règles", max_length=250, blank=True)
    created_at = models.DateTimeField("créée le")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "commission"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom=""), name="commission_has_a_name", violation_error_message="Une commission a un nom."
            ),
            models.CheckConstraint(
                condition=Q(quorum_share=None) | Q(quorum_share__gt=0, quorum_share__lte=1),
                name="commission_quorum_is_a_share",
                violation_error_message="Le quorum est une part des sièges, entre 0 et 1.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(closed_at=None),
                name="commission_code_once",
                violation_error_message="Cette commission existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Seat(models.Model):
    """A seat: a college, the organisation that it represents, its titulaire and its suppléant (with an account or by
    name)."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="seats")
    college = models.CharField("collège", max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    represents = models.CharField("organisme représenté", max_length=200)
    titulaire = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    titulaire_nom = models.CharField("titulaire", max_length=200, blank=True)
    titulaire_email = models.EmailField("adresse du titulaire", blank=True)
    suppleant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="substitute_seats"
    )
    suppleant_nom = models.CharField("suppléant", max_length=200, blank=True)
    suppleant_email = models.EmailField("adresse du suppléant", blank=True)
    votes = models.BooleanField("a voix délibérative", default=True)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    position = models.PositiveIntegerField("rang", default=0)

    class Meta:
        verbose_name = "siège"
        ordering = ["position", "college", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(represents=""),
                name="seat_represents_someone",
                violation_error_message="Un siège dit quel organisme il représente.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="seat_ends_after_it_starts",
                violation_error_message="Un siège ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.represents} ({self.college})"


class Session(models.Model):
    """A session of a commission. ``minutes`` are generated once it was held, then approved and sealed in a PDF.

    ``sequence`` grows with each change told to the members; ``follows`` is the session that lacked its quorum.
    """

    class State(models.TextChoices):
        PREPAREE = "preparee", "en préparation"
        CONVOQUEE = "convoquee", "convoquée"
        OUVERTE = "ouverte", "ouverte"
        TENUE = "tenue", "tenue, procès-verbal à approuver"
        APPROUVEE = "approuvee", "procès-verbal approuvé"
        ANNULEE = "annulee", "annulée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField("le")
    minutes_long = models.PositiveIntegerField("durée (minutes)", default=120)
    place = models.CharField("lieu", max_length=200, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.PREPAREE)
    sequence = models.PositiveIntegerField("rang de la convocation", default=0)
    convoked_at = models.DateTimeField("convoquée le", null=True, blank=True)
    convocation = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="remplace"
    )
    minutes = models.TextField("procès-verbal", blank=True)
    proposed_at = models.DateTimeField("procès-verbal proposé le", null=True, blank=True)
    minutes_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "séance"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approuvee")
                | Q(approved_at__isnull=False, approved_by__isnull=False, minutes_file__isnull=False),
                name="session_approved_is_whole",
                violation_error_message="Un procès-verbal approuvé dit par qui, quand, et a son PDF.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission} {self.starts_at:%d/%m/%Y}"


class AgendaItem(models.Model):
    """A dossier on the agenda of a session; ``sense`` is the avis that it ended with."""

    class Purpose(models.TextChoices):
        AVIS = "avis", "pour avis"
        INFORMATION = "information", "pour information"

    class Sense(models.TextChoices):
        FAVORABLE = "favorable", "favorable"
        RESERVE = "reserve", "favorable avec réserves"
        DEFAVORABLE = "defavorable", "défavorable"
        AJOURNE = "ajourne", "ajourné"
        INFORMEE = "informee", "commission informée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField("rang")
    purpose = models.CharField("objet", max_length=12, choices=Purpose, default=Purpose.AVIS)
    rapporteur = models.CharField("rapporteur", max_length=200, blank=True)
    sense = models.CharField("avis", max_length=12, choices=Sense, blank=True)
    reasons = models.TextField("motifs", blank=True)
    debate = models.TextField("compte rendu du point", blank=True)
    given_at = models.DateTimeField("rendu le", null=True, blank=True)

    class Meta:
        verbose_name = "point de l'ordre du jour"
        verbose_name_plural = "points de l'ordre du jour"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "dossier"],
                name="agenda_item_once",
                violation_error_message="Ce dossier est déjà à l'ordre du jour.",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None, sense="") | (Q(given_at__isnull=False) & ~Q(sense="")),
                name="agenda_item_given_is_whole",
                violation_error_message="Un avis rendu dit son sens et quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.dossier}"


class SessionDocument(models.Model):
    """A document for the members of a session only; of one item when it is set (then hidden by a conflict)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="documents")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("déposé le")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "document de séance"
        verbose_name_plural = "documents de séance"
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return str(self.file)


class Convocation(models.Model):
    """That a person of a seat was written to about a session: ``sequence`` is what they were told, ``reached`` whether
    the message left."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="convocations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField("qui", max_length=10, choices=HOLDERS)
    sequence = models.PositiveIntegerField("rang")
    reached = models.BooleanField("message parti")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "envoi de convocation"
        verbose_name_plural = "envois de convocation"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.seat} ({self.get_holder_display()})"


class Presence(models.Model):
    """Who held a seat at a session; with ``item``, for that item only (the suppléant of who has an interest in it)."""

    class Holder(models.TextChoices):
        TITULAIRE = "titulaire", "titulaire présent"
        SUPPLEANT = "suppleant", "suppléant présent"
        EXCUSE = "excuse", "excusé"
        ABSENT = "absent", "absent"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="presences")
    holder = models.CharField("présence", max_length=10, choices=Holder)

    class Meta:
        verbose_name = "présence"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "seat"],
                condition=Q(item=None),
                name="presence_once",
                violation_error_message="Ce siège est déjà compté.",
            ),
            models.UniqueConstraint(
                fields=["item", "seat"],
                condition=Q(item__isnull=False),
                name="presence_once_of_an_item",
                violation_error_message="Ce siège est déjà compté pour ce point.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} : {self.get_holder_display()}"


class ConflictOfInterest(models.Model):
    """That the holder of a seat has an interest in a dossier: they neither see its debate nor vote on it.

    ``holder`` is who of the seat; ``of_user`` their account when they have one.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="conflicts")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="conflicts")
    holder = models.CharField("qui", max_length=10, choices=HOLDERS, default="titulaire")
    reason = models.CharField("motif", max_length=250, blank=True)
    declared_at = models.DateTimeField("déclaré le")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    of_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts_of_interest"
    )

    class Meta:
        verbose_name = "conflit d'intérêts"
        verbose_name_plural = "conflits d'intérêts"
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "dossier", "of_user"],
                condition=Q(of_user__isnull=False),
                name="conflict_once_of_a_person",
                violation_error_message="Ce conflit d'intérêts est déjà déclaré.",
            ),
            models.UniqueConstraint(
                fields=["seat", "dossier", "holder"],
                condition=Q(of_user=None),
                name="conflict_once_of_a_seat",
                violation_error_message="Ce conflit d'intérêts est déjà déclaré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} : {self.dossier}"


class Vote(models.Model):
    """The voice of a seat on an item, where the rule of the commission says that it votes."""

    class Choice(models.TextChoices):
        POUR = "pour", "pour"
        CONTRE = "contre", "contre"
        ABSTENTION = "abstention", "abstention"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField("voix", max_length=10, choices=Choice)
    at = models.DateTimeField("donnée le")

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "seat"], name="vote_once", violation_error_message="Ce siège a déjà voté."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} : {self.get_choice_display()}"


class SealedMinutes(models.Model):
    """The minutes of a session as they were approved once; opened again, they stay with the reason."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sealed")
    number = models.PositiveIntegerField("rang")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("approuvé le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("rouvert le", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_reason = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "procès-verbal scellé"
        verbose_name_plural = "procès-verbaux scellés"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="sealed_minutes_once",
                violation_error_message="Ce procès-verbal existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | ~Q(reopened_reason=""),
                name="sealed_minutes_reopened_says_why",
                violation_error_message="Un procès-verbal rouvert dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} ({self.number})"


class Remark(models.Model):
    """What a member says of the minutes proposed; of one item when it is set."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="remarks")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("remarque")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "remarque"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="remark_says_something", violation_error_message="Une remarque a un texte."
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
