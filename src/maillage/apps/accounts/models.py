"""People, organisations, and who is what in which organisation."""

import datetime
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail is kept in lower case, so that two spellings are one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add an account; without a password, it can only be entered through an identity provider or an invitation."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in, by e-mail. A forgotten account keeps its identifier and nothing of the person."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    nom = models.CharField("nom", max_length=120, blank=True)
    prenom = models.CharField("prénom", max_length=120, blank=True)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_administrator = models.BooleanField("administre cette installation", default=False)
    created_at = models.DateTimeField("créé le")
    forgotten_at = models.DateTimeField("oublié le", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    by_token: uuid.UUID | None = None
    """The token of the API by which this person acts now; never kept with the account."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nom", "prenom"]

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.CheckConstraint(
                condition=~Q(email=""),
                name="user_has_an_email",
                violation_error_message="Un compte a une adresse électronique.",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(is_active=False),
                name="user_forgotten_is_closed",
                violation_error_message="Un compte oublié est fermé.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name and name; the account itself when neither is known, never the e-mail."""
        if self.forgotten_at is not None:
            return "Une personne dont le compte est fermé"
        return f"{self.prenom} {self.nom}".strip() or "Une personne sans nom"

    @property
    def event_actor(self) -> str:
        """How the log names who acts: a key, so that forgetting the person forgets it there too; or their token."""
        return f"jeton:{self.by_token}" if self.by_token else f"personne:{self.pk}"


class Organisation(models.Model):
    """A body whose people have roles: a structure of exercice coordonné, or who accompanies, decides, steers."""

    class Kind(models.TextChoices):
        STRUCTURE = "structure", "structure d'exercice coordonné"
        ARS = "ars", "agence régionale de santé (siège)"
        DELEGATION = "delegation", "délégation départementale de l'ARS"
        CPAM = "cpam", "caisse primaire d'assurance maladie"
        URPS = "urps", "union régionale des professionnels de santé"
        FEDERATION = "federation", "fédération"
        COLLECTIVITE = "collectivite", "collectivité"
        CABINET = "cabinet", "cabinet de conseil"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=16, choices=Kind)
    nom = models.CharField("nom", max_length=200)
    region = models.CharField("code INSEE de la région", max_length=3, blank=True)
    departement = models.CharField("code INSEE du département", max_length=3, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="fait partie de"
    )
    created_at = models.DateTimeField("créée le")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "organisation"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom=""),
                name="organisation_has_a_name",
                violation_error_message="Une organisation a un nom.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["ars", "delegation", "cpam", "urps"], region=""),
                name="organisation_has_its_region",
                violation_error_message="Une ARS, une CPAM ou une URPS a une région.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["delegation", "cpam"], departement=""),
                name="organisation_has_its_departement",
                violation_error_message="Une délégation ou une CPAM a un département.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Role(models.Model):
    """What a person is in an organisation, from a day to a day. Ending a role never removes it."""

    class Name(models.TextChoices):
        PORTEUR = "porteur", "porteur de projet"
        MEMBRE = "membre", "membre"
        SIGNATAIRE = "signataire", "signataire"
        COORDINATEUR = "coordinateur", "coordinateur"
        TRESORIER = "tresorier", "trésorier"
        GERANT = "gerant", "gérant ou président"
        ACCOMPAGNATEUR = "accompagnateur", "accompagnateur"
        INSTRUCTEUR = "instructeur", "instructeur"
        DECIDEUR = "decideur", "décideur (direction, ou par délégation)"
        COMMISSION = "commission", "membre de commission"
        PILOTE = "pilote", "pilote régional"
        ADMINISTRATEUR = "administrateur", "administrateur"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField("rôle", max_length=16, choices=Name)
    writes = models.BooleanField("peut écrire", default=False)
    since = models.DateTimeField("depuis le")
    until = models.DateTimeField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "rôle"
        ordering = ["organisation__nom", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "name"],
                condition=Q(until=None),
                name="role_is_held_once",
                violation_error_message="Cette personne a déjà ce rôle dans cette organisation.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="role_ends_after_it_starts",
                violation_error_message="Un rôle ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} — {self.organisation}"


class Invitation(models.Model):
    """A role offered by e-mail. The link holds a secret of which only the hash (SHA-256, hexadecimal) is kept."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField("rôle", max_length=16, choices=Role.Name)
    writes = models.BooleanField("peut écrire", default=False)
    secret_hash = models.CharField("empreinte du secret", max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("faite le")
    sent_at = models.DateTimeField("partie le", null=True, blank=True)
    expires_at = models.DateTimeField("valable jusqu'au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    refused_at = models.DateTimeField("refusée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
                violation_error_message="Une invitation acceptée ne se retire plus.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(refused_at=None),
                name="invitation_accepted_or_refused",
                violation_error_message="Une invitation acceptée ne se refuse plus.",
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "name"],
                condition=Q(accepted_at=None, revoked_at=None, refused_at=None),
                name="invitation_pending_once",
                violation_error_message="Cette personne est déjà invitée à ce rôle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} — {self.organisation}"

    def is_open(self, now: datetime.datetime) -> bool:
        """Whether it can still be accepted at this aware moment."""
        return self.is_pending and now < self.expires_at

    @property
    def is_pending(self) -> bool:
        """Whether nobody answered it nor took it back; it may have expired, and can be sent again."""
        return self.accepted_at is None and self.revoked_at is None and self.refused_at is None
