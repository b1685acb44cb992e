"""Zonages of the health professions, priority neighbourhoods, and the groupings of communes they rest on."""

from django.db import models

from maillage.apps.territories.models.constraints import CODE_COMMUNE, has_form
from maillage.apps.territories.models.sources import DataSource


class Grouping(models.Model):
    """A set of communes: territoire de vie-santé, bassin de vie, BVCV, or the territory of a known CPTS."""

    class Kind(models.TextChoices):
        TVS = "tvs", "territoire de vie-santé"
        BASSIN = "bassin_de_vie", "bassin de vie"
        BVCV = "bvcv", "bassin de vie ou canton-ou-ville"
        CPTS = "cpts", "territoire d'une CPTS"

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="groupings")
    kind = models.CharField("nature", max_length=13, choices=Kind.choices)
    code = models.CharField("code", max_length=40)
    nom = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "regroupement de communes"
        verbose_name_plural = "regroupements de communes"
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="grouping_once",
                violation_error_message="Un regroupement ne figure qu'une fois.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["tvs", "bassin_de_vie", "bvcv", "cpts"]),
                name="grouping_kind_known",
                violation_error_message="La nature est l'une de : tvs, bassin_de_vie, bvcv, cpts.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class GroupMember(models.Model):
    """A commune of a grouping."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="members")
    commune = models.CharField("code INSEE de la commune", max_length=5, db_index=True)

    class Meta:
        verbose_name = "commune d'un regroupement"
        verbose_name_plural = "communes d'un regroupement"
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "commune"],
                name="group_member_once",
                violation_error_message="Une commune ne figure qu'une fois dans un regroupement.",
            ),
            has_form("commune", CODE_COMMUNE, "group_member_commune_format", "Un code INSEE a cinq caractères."),
        ]

    def __str__(self) -> str:
        return self.commune


class Zoning(models.Model):
    """The class of a commune in the zonage of a profession.

    ``classe`` is ours (« zip », « tres_sous_dotee »), ``brut`` what the file says; ``since`` is the day of the arrêté.
    """

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="zonings")
    profession = models.CharField("profession", max_length=40)
    commune = models.CharField("code INSEE de la commune", max_length=5)
    classe = models.CharField("classe", max_length=30)
    brut = models.CharField("classe écrite dans le fichier", max_length=80)
    since = models.DateField("date de l'arrêté", null=True, blank=True)

    class Meta:
        verbose_name = "zonage d'une commune"
        verbose_name_plural = "zonages des communes"
        indexes = [models.Index(fields=["commune", "profession"], name="zoning_of_commune")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "profession", "commune"],
                name="zoning_once",
                violation_error_message="Une commune n'a qu'une classe par profession dans un fichier.",
            ),
            has_form("commune", CODE_COMMUNE, "zoning_commune_format", "Un code INSEE a cinq caractères."),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.profession} : {self.classe}"


class Qpv(models.Model):
    """A quartier prioritaire de la politique de la ville; ``geometry`` is GeoJSON in WGS84."""

    code = models.CharField("code", max_length=8, primary_key=True)
    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="qpv")
    nom = models.CharField("nom", max_length=250)
    communes = models.JSONField("codes INSEE des communes", default=list)
    geometry = models.JSONField("contour", null=True, blank=True)

    class Meta:
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.nom
