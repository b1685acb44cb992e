"""What an assembly votes on: resolutions and elections, the voices given."""

import uuid

from django.db import models
from django.db.models import F, Q

from maillage.apps.governance.models.assemblies import Assembly, Voter
from maillage.apps.governance.models.bodies import Body, College
from maillage.apps.structures.models import Member


class Resolution(models.Model):
    """A text or an election put to the vote.

    ``way``: a show of hands and a secret vote keep counts only; a vote by name keeps who said what. ``entitled``: how
    many voices were there when it was voted; ``outcome``: what the rules of the statutes make of the voices.
    """

    class Kind(models.TextChoices):
        TEXTE = "texte", "résolution"
        ELECTION = "election", "élection"

    class Way(models.TextChoices):
        MAIN_LEVEE = "main_levee", "à main levée"
        NOMINAL = "nominal", "par appel nominal"
        SECRET = "secret", "à bulletin secret"

    class State(models.TextChoices):
        A_VOTER = "a_voter", "à voter"
        VOTEE = "votee", "votée"
        RETIREE = "retiree", "retirée"

    class Outcome(models.TextChoices):
        ADOPTEE = "adoptee", "adoptée"
        REJETEE = "rejetee", "rejetée"
        A_DEPARTAGER = "a_departager", "à départager"
        A_CONFIRMER = "a_confirmer", "à confirmer"
        ELUS = "elus", "élection faite"
        PERSONNE = "personne", "personne n'est élu"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    assembly = models.ForeignKey(
        Assembly, on_delete=models.CASCADE, related_name="resolutions", verbose_name="assemblée"
    )
    position = models.PositiveIntegerField("rang")
    kind = models.CharField("nature", max_length=8, choices=Kind, default=Kind.TEXTE)
    title = models.CharField("intitulé", max_length=200)
    text = models.TextField("texte", blank=True)
    way = models.CharField("manière de voter", max_length=12, choices=Way, default=Way.MAIN_LEVEE)
    state = models.CharField("état", max_length=8, choices=State, default=State.A_VOTER)
    elects = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="elections", verbose_name="organe à élire"
    )
    pour = models.PositiveIntegerField("voix pour", null=True, blank=True)
    contre = models.PositiveIntegerField("voix contre", null=True, blank=True)
    abstention = models.PositiveIntegerField("abstentions", null=True, blank=True)
    entitled = models.PositiveIntegerField("voix présentes ou représentées", null=True, blank=True)
    outcome = models.CharField("résultat", max_length=12, choices=Outcome, blank=True)

    class Meta:
        verbose_name = "résolution"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="resolution_has_a_title",
                violation_error_message="Une résolution a un intitulé.",
            ),
            models.CheckConstraint(
                condition=~Q(state="votee") | (Q(entitled__isnull=False) & ~Q(outcome="")),
                name="resolution_voted_has_an_outcome",
                violation_error_message="Une résolution votée a un résultat.",
            ),
            models.CheckConstraint(
                condition=Q(kind="election", elects__isnull=False) | Q(kind="texte", elects=None),
                name="resolution_elects_a_body",
                violation_error_message="Une élection dit pour quel organe.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Ballot(models.Model):
    """The voice of a member, in a vote by name; cast by who holds their power when they are away."""

    class Choice(models.TextChoices):
        POUR = "pour", "pour"
        CONTRE = "contre", "contre"
        ABSTENTION = "abstention", "abstention"

    resolution = models.ForeignKey(
        Resolution, on_delete=models.CASCADE, related_name="ballots", verbose_name="résolution"
    )
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="ballots", verbose_name="membre")
    choice = models.CharField("voix", max_length=12, choices=Choice)

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        ordering = ["voter__member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "voter"],
                name="ballot_once",
                violation_error_message="Ce membre a déjà voté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.voter} : {self.get_choice_display()}"


class CollegeVoices(models.Model):
    """The voices of a collège in a vote; ``college`` is ``None`` for those who are in none."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.CASCADE, related_name="by_college", verbose_name="résolution"
    )
    college = models.ForeignKey(
        College, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collège"
    )
    pour = models.PositiveIntegerField("voix pour")
    contre = models.PositiveIntegerField("voix contre")
    abstention = models.PositiveIntegerField("abstentions")
    entitled = models.PositiveIntegerField("voix présentes ou représentées")

    class Meta:
        verbose_name = "voix d'un collège"
        verbose_name_plural = "voix d'un collège"
        ordering = ["college__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "college"],
                name="college_voices_once",
                violation_error_message="Les voix de ce collège sont déjà comptées.",
            ),
            models.UniqueConstraint(
                fields=["resolution"],
                condition=Q(college=None),
                name="voices_outside_colleges_once",
                violation_error_message="Les voix de ceux qui n'ont pas de collège sont déjà comptées.",
            ),
            models.CheckConstraint(
                condition=Q(entitled__gte=F("pour") + F("contre") + F("abstention")),
                name="college_voices_within_those_present",
                violation_error_message="Un collège ne donne pas plus de voix qu'il n'en a de présentes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.college or 'sans collège'} : {self.pour} pour, {self.contre} contre"


class Candidate(models.Model):
    """Someone who stands in an election, for which function; the voices they had, whether they are elected."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.CASCADE, related_name="candidates", verbose_name="élection"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="membre")
    function = models.CharField("fonction", max_length=120)
    voices = models.PositiveIntegerField("voix", null=True, blank=True)
    is_elected = models.BooleanField("élu", default=False)

    class Meta:
        verbose_name = "candidature"
        ordering = ["function", "member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "member", "function"],
                name="candidate_once",
                violation_error_message="Cette candidature est déjà notée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.function}"
