"""The crisis plan of a structure, its sealed versions, its exercises and the real events."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.structures.models import Member, Structure


class CrisisPlan(models.Model):
    """What the team does when a serious crisis comes. ``version``: the number of the last sealed one (0: none)."""

    structure = models.OneToOneField(
        Structure, on_delete=models.CASCADE, verbose_name="structure", related_name="crisis_plan"
    )
    alert = models.TextField("alerte", blank=True)
    cell = models.TextField("cellule de crise", blank=True)
    coordination = models.TextField("articulation avec les autres", blank=True)
    information = models.TextField("information du public et de l'équipe", blank=True)
    recovery = models.TextField("retour à la normale", blank=True)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    version = models.PositiveIntegerField("version scellée", default=0)

    class Meta:
        verbose_name = "plan de crise"
        verbose_name_plural = "plans de crise"

    def __str__(self) -> str:
        return f"plan de crise de {self.structure}"


class CrisisRole(models.Model):
    """A seat of the crisis cell: who holds it, who replaces them."""

    plan = models.ForeignKey(CrisisPlan, on_delete=models.CASCADE, verbose_name="plan de crise", related_name="roles")
    function = models.CharField("fonction", max_length=120)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, verbose_name="titulaire", related_name="+"
    )
    deputy = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, verbose_name="remplaçant", related_name="+"
    )
    tasks = models.CharField("ce que fait cette personne", max_length=300, blank=True)

    class Meta:
        verbose_name = "fonction de la cellule de crise"
        verbose_name_plural = "fonctions de la cellule de crise"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(function=""),
                name="crisis_role_has_a_name",
                violation_error_message="Une fonction a un nom.",
            ),
            models.CheckConstraint(
                condition=Q(member=None) | Q(deputy=None) | ~Q(member=F("deputy")),
                name="crisis_role_replaced_by_another",
                violation_error_message="Une personne ne se remplace pas elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return self.function


class Mobilisable(models.Model):
    """A member who may be called in a crisis: what for, when, how to reach them. ``agreed_on``: when they agreed."""

    plan = models.ForeignKey(
        CrisisPlan, on_delete=models.CASCADE, verbose_name="plan de crise", related_name="mobilisables"
    )
    member = models.ForeignKey(Member, on_delete=models.CASCADE, verbose_name="membre", related_name="+")
    skills = models.CharField("pour quoi faire", max_length=200, blank=True)
    availability = models.CharField("disponibilité", max_length=200, blank=True)
    reach = models.CharField("comment joindre cette personne", max_length=200, blank=True)
    agreed_on = models.DateField("d'accord depuis le", null=True, blank=True)

    class Meta:
        verbose_name = "personne mobilisable"
        verbose_name_plural = "personnes mobilisables"
        ordering = ["member__nom", "member__prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "member"],
                name="mobilisable_once",
                violation_error_message="Ce membre est déjà sur la liste.",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class CrisisContact(models.Model):
    """A body to call: never a patient, and no person's own number where the body has one."""

    plan = models.ForeignKey(
        CrisisPlan, on_delete=models.CASCADE, verbose_name="plan de crise", related_name="contacts"
    )
    organisation = models.CharField("organisme", max_length=200)
    purpose = models.CharField("pour quoi", max_length=200, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("adresse électronique", blank=True)

    class Meta:
        verbose_name = "contact de crise"
        verbose_name_plural = "contacts de crise"
        ordering = ["organisation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=""),
                name="crisis_contact_has_a_name",
                violation_error_message="Un contact a un nom.",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="crisis_contact_may_be_reached",
                violation_error_message="Donnez un téléphone ou une adresse électronique.",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation


class CrisisProcedure(models.Model):
    """What is done for a kind of risk (code of core/activity/risks, empty for all of them)."""

    plan = models.ForeignKey(
        CrisisPlan, on_delete=models.CASCADE, verbose_name="plan de crise", related_name="procedures"
    )
    risk = models.CharField("risque", max_length=40, blank=True)
    title = models.CharField("intitulé", max_length=200)
    steps = models.TextField("ce que fait chacun", blank=True)

    class Meta:
        verbose_name = "procédure de crise"
        verbose_name_plural = "procédures de crise"
        ordering = ["risk", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="crisis_procedure_has_a_title",
                violation_error_message="Une procédure a un intitulé.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CrisisPlanVersion(models.Model):
    """A plan as it was sealed: nothing in it changes any more."""

    plan = models.ForeignKey(
        CrisisPlan, on_delete=models.PROTECT, verbose_name="plan de crise", related_name="versions"
    )
    number = models.PositiveIntegerField("numéro")
    review_on = models.DateField("à revoir le", null=True, blank=True)
    content = models.JSONField("contenu")
    pdf = models.BinaryField("document")
    fingerprint = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("scellée le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="scellée par", related_name="+"
    )

    class Meta:
        verbose_name = "version d'un plan de crise"
        verbose_name_plural = "versions d'un plan de crise"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="crisis_plan_version_once",
                violation_error_message="Cette version existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="crisis_plan_version_fingerprint_format",
                violation_error_message="Une version scellée porte l'empreinte de son document.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} (version {self.number})"


class CrisisEvent(models.Model):
    """An exercise or a real event, and what the team learnt. ``declared_by``: the authority that declared the crisis.

    ``people``: how many professionals took part, ``None`` when nobody counted them.
    """

    class Kind(models.TextChoices):
        EXERCICE = "exercice", "exercice"
        REEL = "reel", "événement réel"

    class State(models.TextChoices):
        PREVU = "prevu", "prévu"
        FAIT = "fait", "fait"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(
        Structure, on_delete=models.CASCADE, verbose_name="structure", related_name="crisis_events"
    )
    kind = models.CharField("nature", max_length=8, choices=Kind, default=Kind.EXERCICE)
    state = models.CharField("état", max_length=8, choices=State, default=State.PREVU)
    risk = models.CharField("risque", max_length=40, blank=True)
    title = models.CharField("intitulé", max_length=200)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    declared_by = models.CharField("crise déclarée par", max_length=200, blank=True)
    people = models.PositiveIntegerField("professionnels engagés", null=True, blank=True)
    done = models.TextField("ce qui a été fait", blank=True)
    worked = models.TextField("ce qui a marché", blank=True)
    to_improve = models.TextField("ce qui est à améliorer", blank=True)
    next_steps = models.TextField("ce que l'équipe décide", blank=True)

    class Meta:
        verbose_name = "exercice ou événement de crise"
        verbose_name_plural = "exercices et événements de crise"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="crisis_event_has_a_title",
                violation_error_message="Un exercice ou un événement a un intitulé.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="crisis_event_ends_after_it_starts",
                violation_error_message="Un événement ne finit pas avant d'avoir commencé.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reel", state="prevu"),
                name="crisis_event_real_is_not_foreseen",
                violation_error_message="Un événement réel n'est pas prévu : il a lieu.",
            ),
            models.CheckConstraint(
                condition=Q(kind="reel") | Q(declared_by=""),
                name="crisis_event_declared_is_real",
                violation_error_message="Seul un événement réel est déclaré par une autorité.",
            ),
            models.CheckConstraint(
                condition=Q(people=None) | Q(people__lte=10_000),
                name="crisis_event_people_within_reason",
                violation_error_message="Comptez au plus 10 000 professionnels.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
