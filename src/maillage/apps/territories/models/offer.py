"""Who cares for people and where: professionals of the RPPS, establishments of FINESS. Public files only."""

from django.db import models

from maillage.apps.territories.models.constraints import CODE_COMMUNE, has_form, not_negative
from maillage.apps.territories.models.sources import DataSource


class Practice(models.Model):
    """One activity of a health professional at one site, as the open extraction of the RPPS gives it.

    A professional with two sites has two rows. The file has no age and no volume of activity. ``metier`` is ours
    (« medecin_generaliste »), from the profession and the savoir-faire.
    """

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="practices")
    rpps = models.CharField("identifiant RPPS", max_length=12, db_index=True)
    nom = models.CharField("nom d'exercice", max_length=120)
    prenom = models.CharField("prénom d'exercice", max_length=120, blank=True)
    metier = models.CharField("métier", max_length=40)
    profession = models.CharField("code profession", max_length=4)
    savoir_faire = models.CharField("code savoir-faire", max_length=10, blank=True)
    mode = models.CharField("mode d'exercice", max_length=4, blank=True)
    secteur = models.CharField("secteur d'activité", max_length=8, blank=True)
    finess = models.CharField("FINESS du site", max_length=9, blank=True)
    site = models.CharField("raison sociale du site", max_length=250, blank=True)
    commune = models.CharField("code INSEE de la commune", max_length=5, blank=True)

    class Meta:
        verbose_name = "activité d'un professionnel"
        verbose_name_plural = "activités des professionnels"
        indexes = [models.Index(fields=["metier", "commune"], name="practice_metier_commune")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(commune="") | models.Q(commune__regex=CODE_COMMUNE),
                name="practice_commune_format",
                violation_error_message="Le code INSEE d'une commune a cinq caractères.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.metier} {self.commune}"


class Facility(models.Model):
    """An establishment of FINESS. Its position is in WGS84 whatever the projection of the file."""

    finess = models.CharField("FINESS géographique", max_length=9, primary_key=True)
    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="facilities")
    finess_ej = models.CharField("FINESS juridique", max_length=9, blank=True)
    nom = models.CharField("raison sociale", max_length=250)
    categorie = models.CharField("code catégorie", max_length=8, db_index=True)
    categorie_libelle = models.CharField("catégorie", max_length=250, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune = models.CharField("code INSEE de la commune", max_length=5, blank=True, db_index=True)
    latitude = models.FloatField("latitude (WGS84)", null=True, blank=True)
    longitude = models.FloatField("longitude (WGS84)", null=True, blank=True)
    opened_on = models.DateField("date d'ouverture", null=True, blank=True)

    class Meta:
        verbose_name = "établissement"
        ordering = ["finess"]
        constraints = [
            has_form(
                "finess", r"^[0-9][0-9AB][0-9]{7}$", "facility_finess_format", "Un numéro FINESS a neuf caractères."
            )
        ]

    def __str__(self) -> str:
        return f"{self.finess} {self.nom}"


class FacilityActivity(models.Model):
    """An activity that an establishment carries on, by the codes of FINESS+; the flow gives no label.

    ``finess`` is no foreign key: activities and establishments come from two flows, loaded in any order.
    """

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="facility_activities")
    finess = models.CharField("FINESS géographique", max_length=9, db_index=True)
    nature = models.CharField("nature", max_length=8)
    activite = models.CharField("code d'activité régulée", max_length=12, blank=True)
    since = models.DateField("autorisée depuis le", null=True, blank=True)
    until = models.DateField("autorisée jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "activité d'un établissement"
        verbose_name_plural = "activités des établissements"
        constraints = [
            has_form(
                "finess",
                r"^[0-9][0-9AB][0-9]{7}$",
                "facility_activity_finess_format",
                "Un numéro FINESS a neuf caractères.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finess} {self.nature} {self.activite}"


class PracticeCount(models.Model):
    """Distinct professionals of a métier in a département, a région or France, hospitals and téléconsultation apart.

    Counted once when the RPPS is loaded: over two million activities it takes too long for a page.
    """

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="practice_counts")
    metier = models.CharField("métier", max_length=40)
    level = models.CharField("maille", max_length=13)
    code = models.CharField("code du lieu", max_length=12)
    persons = models.IntegerField("professionnels")

    class Meta:
        verbose_name = "effectif d'un métier"
        verbose_name_plural = "effectifs des métiers"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "metier", "level", "code"],
                name="practice_count_once",
                violation_error_message="Un métier n'a qu'un effectif par lieu.",
            ),
            not_negative("practice_count_positive", "Un effectif n'est jamais négatif.", "persons"),
        ]

    def __str__(self) -> str:
        return f"{self.metier} {self.code} : {self.persons}"
