"""Who belongs to which legal person of a structure, as what, since when; shares and fees; what each one shows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Partner(models.Model):
    """A partner organisation of a structure: a body, not a person. ``until`` ends the partnership; the row stays."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey("structures.Structure", on_delete=models.CASCADE, related_name="partners")
    nom = models.CharField("nom", max_length=200)
    nature = models.CharField("nature", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    web = models.URLField("site internet", blank=True)
    since = models.DateField("partenaire depuis le")
    until = models.DateField("partenaire jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "organisme partenaire"
        verbose_name_plural = "organismes partenaires"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom=""), name="partner_has_a_name", violation_error_message="Un organisme a un nom."
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="partner_ends_after_it_begins",
                violation_error_message="Un partenariat ne finit pas avant d'avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["structure", "nom"],
                condition=Q(until=None),
                name="partner_once",
                violation_error_message="Cet organisme est déjà partenaire.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Belonging(models.Model):
    """A member, or a partner organisation, in a legal person: as what, since when. ``until`` ends it.

    ``removed_at``: it was a mistake; the row stays, so that it can come back.
    """

    class Quality(models.TextChoices):
        ADHERENT = "adherent", "adhérent"
        ASSOCIE = "associe", "associé"
        SALARIE = "salarie", "salarié"
        VACATAIRE = "vacataire", "vacataire"
        COLLABORATEUR = "collaborateur", "collaborateur"
        PARTENAIRE = "partenaire", "partenaire"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey("structures.LegalEntity", on_delete=models.PROTECT, related_name="belongings")
    member = models.ForeignKey(
        "structures.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="belongings"
    )
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="belongings")
    quality = models.CharField("qualité", max_length=13, choices=Quality)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    half_days = models.DecimalField(
        "demi-journées de présence par semaine", max_digits=4, decimal_places=2, null=True, blank=True
    )
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "appartenance"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None) ^ Q(partner=None),
                name="belonging_of_one",
                violation_error_message="Une appartenance est celle d'un membre, ou d'un organisme.",
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | Q(quality__in=["adherent", "associe", "partenaire"]),
                name="belonging_quality_of_a_partner",
                violation_error_message="Un organisme est adhérent, associé ou partenaire.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="belonging_ends_after_it_begins",
                violation_error_message="Une appartenance ne finit pas avant d'avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(half_days=None) | Q(quality="vacataire", half_days__gt=0, half_days__lte=14),
                name="belonging_half_days_of_vacataires",
                violation_error_message="Un vacataire est présent de 0 à 14 demi-journées par semaine.",
            ),
            models.UniqueConstraint(
                fields=["entity", "member", "quality"],
                condition=Q(until=None, removed_at=None, member__isnull=False),
                name="belonging_member_once",
                violation_error_message="Cette personne a déjà cette qualité dans cette personne morale.",
            ),
            models.UniqueConstraint(
                fields=["entity", "partner", "quality"],
                condition=Q(until=None, removed_at=None, partner__isnull=False),
                name="belonging_partner_once",
                violation_error_message="Cet organisme a déjà cette qualité dans cette personne morale.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.get_quality_display()}"

    @property
    def holder(self) -> "models.Model":
        """Who belongs: the member, or the organisation."""
        found = self.member or self.partner
        if found is None:
            raise ValueError(f"belonging {self.pk} is of nobody")
        return found


class ShareMovement(models.Model):
    """Shares created, cancelled or handed over on a day. ``undone_at``: it was a mistake; the row stays."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey("structures.LegalEntity", on_delete=models.PROTECT, related_name="share_movements")
    giver = models.ForeignKey(
        Belonging, on_delete=models.PROTECT, null=True, blank=True, related_name="shares_given", verbose_name="cédant"
    )
    taker = models.ForeignKey(
        Belonging,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shares_taken",
        verbose_name="acquéreur",
    )
    shares = models.PositiveIntegerField("parts")
    day = models.DateField("date")
    reference = models.CharField("acte ou décision", max_length=200, blank=True)
    noted_at = models.DateTimeField("noté le")
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "mouvement de parts"
        verbose_name_plural = "mouvements de parts"
        ordering = ["day", "noted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | Q(taker__isnull=False),
                name="share_movement_has_a_side",
                violation_error_message="Un mouvement de parts a un cédant ou un acquéreur.",
            ),
            models.CheckConstraint(
                condition=Q(giver=None) | Q(taker=None) | ~Q(giver=F("taker")),
                name="share_movement_between_two",
                violation_error_message="On ne se cède pas ses parts à soi-même.",
            ),
            models.CheckConstraint(
                condition=Q(shares__gte=1),
                name="share_movement_of_shares",
                violation_error_message="Un mouvement porte sur une part au moins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shares} parts, {self.day.isoformat()}"


class DuesYear(models.Model):
    """The fees of a legal person for a year: when they are due. The amounts are beside, one by quality."""

    entity = models.ForeignKey("structures.LegalEntity", on_delete=models.PROTECT, related_name="dues")
    year = models.PositiveSmallIntegerField("année")
    due_on = models.DateField("à payer avant le", null=True, blank=True)

    class Meta:
        verbose_name = "cotisation de l'année"
        verbose_name_plural = "cotisations des années"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "year"],
                name="dues_once_a_year",
                violation_error_message="Les cotisations de cette année sont déjà fixées.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="dues_year_bounds",
                violation_error_message="Une année va de 1990 à 2100.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class DuesAmount(models.Model):
    """What each one of a quality owes for a year."""

    dues = models.ForeignKey(DuesYear, on_delete=models.CASCADE, related_name="amounts")
    quality = models.CharField("qualité", max_length=13, choices=Belonging.Quality)
    amount = models.DecimalField("montant", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "montant de cotisation"
        verbose_name_plural = "montants de cotisation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dues", "quality"],
                name="dues_amount_once",
                violation_error_message="Le montant de cette qualité est déjà fixé.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="dues_amount_positive",
                violation_error_message="Une cotisation n'est pas négative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quality} {self.amount}"


class DuesPayment(models.Model):
    """What someone paid for a year, or that they need not. ``undone_at``: it was a mistake; the row stays."""

    class Kind(models.TextChoices):
        PAYE = "paye", "payé"
        DISPENSE = "dispense", "dispensé"

    class Means(models.TextChoices):
        INCONNU = "", "non précisé"
        VIREMENT = "virement", "virement"
        CHEQUE = "cheque", "chèque"
        ESPECES = "especes", "espèces"
        CARTE = "carte", "carte"
        PRELEVEMENT = "prelevement", "prélèvement"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dues = models.ForeignKey(DuesYear, on_delete=models.PROTECT, related_name="payments")
    belonging = models.ForeignKey(Belonging, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField("nature", max_length=8, choices=Kind, default=Kind.PAYE)
    amount = models.DecimalField("montant", max_digits=9, decimal_places=2)
    means = models.CharField("moyen", max_length=11, choices=Means, blank=True)
    day = models.DateField("date")
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "cotisation payée"
        verbose_name_plural = "cotisations payées"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="paye", amount__gt=0) | Q(kind="dispense", amount=0),
                name="dues_payment_amount",
                violation_error_message="Un paiement a un montant ; une dispense n'en a pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class DuesReminder(models.Model):
    """A reminder that was sent to someone for a year."""

    dues = models.ForeignKey(DuesYear, on_delete=models.CASCADE, related_name="reminders")
    belonging = models.ForeignKey(Belonging, on_delete=models.CASCADE, related_name="reminders")
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "rappel de cotisation"
        verbose_name_plural = "rappels de cotisation"
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.sent_at.isoformat()


class DirectoryChoice(models.Model):
    """What a member accepts to show, to the team and to everyone; who wrote it, when. Nothing is public without it."""

    class Level(models.TextChoices):
        PERSONNE = "personne", "personne"
        EQUIPE = "equipe", "l'équipe"
        PUBLIC = "public", "tout le monde"

    member = models.OneToOneField("structures.Member", on_delete=models.CASCADE, related_name="directory_choice")
    telephone = models.CharField("téléphone professionnel", max_length=20, blank=True)
    presence = models.CharField("jours de présence", max_length=200, blank=True)
    show_name = models.CharField("nom et métier", max_length=8, choices=Level, default=Level.EQUIPE)
    show_telephone = models.CharField("téléphone", max_length=8, choices=Level, default=Level.PERSONNE)
    show_email = models.CharField("adresse électronique", max_length=8, choices=Level, default=Level.EQUIPE)
    show_presence = models.CharField("jours de présence", max_length=8, choices=Level, default=Level.PERSONNE)
    said_at = models.DateTimeField("dit le")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )

    class Meta:
        verbose_name = "choix d'annuaire"
        verbose_name_plural = "choix d'annuaire"
        constraints = [
            models.CheckConstraint(
                condition=~Q(show_name="personne"),
                name="directory_name_is_for_the_team",
                violation_error_message="Le nom d'un membre est toujours lu par l'équipe.",
            ),
            models.CheckConstraint(
                condition=Q(show_name="public")
                | (~Q(show_telephone="public") & ~Q(show_email="public") & ~Q(show_presence="public")),
                name="directory_public_with_a_name",
                violation_error_message="Rien n'est public sans le nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.show_name
