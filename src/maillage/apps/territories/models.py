"""Official territories, and the sources they were loaded from."""

from typing import Any

from django.db import models
from django.db.models import Q

CODE_COMMUNE = r"^([0-9]{2}|2A|2B)[0-9]{3}$"


def _has_form(field: str, pattern: str, name: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": pattern}), name=name, violation_error_message=message
    )


def _not_negative(name: str, message: str, *fields: str) -> models.CheckConstraint:
    """No field is under 0; an unknown value stays null."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


class Named(models.Model):
    """A place with a French name: « Le Havre » has the article « Le  » and the link « du  »."""

    nom = models.CharField("nom", max_length=120)
    article = models.CharField("article compris dans le nom", max_length=8, blank=True)
    charniere = models.CharField("charnière", max_length=8, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nom

    @property
    def avec_charniere(self) -> str:
        """The name as it follows a noun: (la mairie) « du Havre », « de l'Haÿ-les-Roses »."""
        return self.charniere + self.nom.removeprefix(self.article)


class Region(Named):
    """One of the 18 regions."""

    code = models.CharField("code INSEE", max_length=2, primary_key=True)

    class Meta:
        verbose_name = "région"
        ordering = ["code"]
        constraints = [_has_form("code", r"^[0-9]{2}$", "region_code_format", "Le code d'une région a deux chiffres.")]


class Departement(Named):
    """One of the 101 départements."""

    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departements")

    class Meta:
        verbose_name = "département"
        ordering = ["code"]
        constraints = [
            _has_form(
                "code",
                r"^([0-9]{2}|2A|2B|97[0-9])$",
                "departement_code_format",
                "Le code d'un département a deux caractères (01, 2A), trois outre-mer (974).",
            )
        ]


class Epci(models.Model):
    """An EPCI à fiscalité propre, by its SIREN."""

    class Nature(models.TextChoices):
        CC = "CC", "communauté de communes"
        CA = "CA", "communauté d'agglomération"
        CU = "CU", "communauté urbaine"
        ME = "ME", "métropole"

    code = models.CharField("SIREN", max_length=9, primary_key=True)
    nom = models.CharField("nom", max_length=200)
    nature = models.CharField("nature", max_length=2, choices=Nature.choices)

    class Meta:
        verbose_name = verbose_name_plural = "EPCI"
        ordering = ["nom"]
        constraints = [
            _has_form("code", r"^[0-9]{9}$", "epci_code_format", "Un EPCI est désigné par son SIREN : neuf chiffres."),
            models.CheckConstraint(
                condition=Q(nature__in=["CC", "CA", "CU", "ME"]),
                name="epci_nature_known",
                violation_error_message="La nature d'un EPCI est l'une de : CC, CA, CU, ME.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class CodePostal(models.Model):
    """A postal code; several communes may share it, and a commune may have several."""

    code = models.CharField("code postal", max_length=5, primary_key=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ["code"]
        constraints = [_has_form("code", r"^[0-9]{5}$", "code_postal_format", "Un code postal a cinq chiffres.")]

    def __str__(self) -> str:
        return self.code


class Commune(Named):
    """A commune of today, or an arrondissement of Paris, Lyon or Marseille.

    ``nom_recherche`` is the folded name (« le havre »), ``nom_sans_article`` the same without its article.
    A value that no source gives is null: the population of a commune that nobody counted is not 0.
    ``found_as`` is not stored: a search says there under which former name it found the commune.
    """

    class Type(models.TextChoices):
        COM = "COM", "commune"
        ARM = "ARM", "arrondissement municipal"

    found_as: str = ""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    nom_recherche = models.CharField(max_length=120, db_index=True)
    nom_sans_article = models.CharField(max_length=120, db_index=True)
    type = models.CharField(max_length=3, choices=Type.choices, default=Type.COM)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="arrondissements")
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="communes")
    epci = models.ForeignKey(Epci, on_delete=models.PROTECT, null=True, blank=True, related_name="communes")
    population = models.IntegerField("population municipale", null=True, blank=True)
    population_vintage = models.CharField("millésime de la population", max_length=120, blank=True)
    latitude = models.FloatField("latitude de la mairie (WGS84)", null=True, blank=True)
    longitude = models.FloatField("longitude de la mairie (WGS84)", null=True, blank=True)
    codes_postaux = models.ManyToManyField(CodePostal, related_name="communes", blank=True)

    class Meta:
        verbose_name = "commune"
        ordering = ["code"]
        constraints = [
            _has_form(
                "code",
                CODE_COMMUNE,
                "commune_code_format",
                "Le code INSEE d'une commune a cinq caractères (35236, 2A004).",
            ),
            models.CheckConstraint(
                condition=Q(type="COM", parent__isnull=True) | Q(type="ARM", parent__isnull=False),
                name="commune_only_arrondissement_has_parent",
                violation_error_message="Un arrondissement municipal appartient à une commune, une commune à aucune.",
            ),
            _not_negative("commune_population_positive", "Une population n'est jamais négative.", "population"),
            models.CheckConstraint(
                condition=Q(population__isnull=True, population_vintage="")
                | (Q(population__isnull=False) & ~Q(population_vintage="")),
                name="commune_population_has_vintage",
                violation_error_message="Une population est toujours donnée avec son millésime.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="commune_coordinates_complete",
                violation_error_message="Une position a une latitude (−90 à 90) et une longitude (−180 à 180).",
            ),
        ]

    @property
    def libelle(self) -> str:
        """The name and its département, which tell homonyms apart: « Saint-Étienne (Loire) »."""
        return f"{self.nom} ({self.departement.nom})"


class FormerCommune(models.Model):
    """A code or a name of the past, and the commune of today that holds its territory.

    ``nom`` is empty when no source gives it: the list of merged codes comes without names.
    """

    class Kind(models.TextChoices):
        DELEGUEE = "deleguee", "commune déléguée"
        ASSOCIEE = "associee", "commune associée"
        FUSIONNEE = "fusionnee", "commune fusionnée ou code changé"

    code = models.CharField("ancien code INSEE", max_length=5)
    nom = models.CharField("ancien nom", max_length=120, blank=True)
    nom_recherche = models.CharField(max_length=120, blank=True, db_index=True)
    kind = models.CharField("nature", max_length=9, choices=Kind.choices)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="anciennes")

    class Meta:
        verbose_name = "ancienne commune"
        verbose_name_plural = "anciennes communes"
        ordering = ["code", "nom"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "nom"],
                name="former_commune_once",
                violation_error_message="Une ancienne commune ne figure qu'une fois.",
            ),
            _has_form("code", CODE_COMMUNE, "former_commune_code_format", "Un ancien code INSEE a cinq caractères."),
            models.CheckConstraint(
                condition=Q(kind__in=["deleguee", "associee", "fusionnee"]),
                name="former_commune_kind_known",
                violation_error_message="Une ancienne commune est déléguée, associée ou fusionnée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom or self.code}, aujourd'hui {self.commune_id}"


class PopulationByAge(models.Model):
    """Inhabitants of a commune in three ages. No row: not published for this commune (Mayotte), never 0.

    Counts are sums of IRIS rounded one by one, so the three ages may differ from the total by a few units.
    """

    commune = models.OneToOneField(Commune, on_delete=models.CASCADE, primary_key=True, related_name="ages")
    moins_de_20 = models.IntegerField("0 à 19 ans")
    de_20_a_64 = models.IntegerField("20 à 64 ans")
    plus_de_65 = models.IntegerField("65 ans et plus")
    total = models.IntegerField("ensemble")
    vintage = models.CharField("millésime", max_length=120)

    class Meta:
        verbose_name = "population par âge"
        verbose_name_plural = "populations par âge"
        constraints = [
            _not_negative(
                "population_by_age_positive",
                "Une population n'est jamais négative.",
                "moins_de_20",
                "de_20_a_64",
                "plus_de_65",
                "total",
            ),
            models.CheckConstraint(
                condition=~Q(vintage=""),
                name="population_by_age_has_vintage",
                violation_error_message="Une population est toujours donnée avec son millésime.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} : {self.total}"


class DataSource(models.Model):
    """Where data come from and what their last loading did; one row per source, shown on the page « Données ».

    ``checksum`` (SHA-256 of the files read) and ``loaded_at`` are those of the last loading that succeeded.
    """

    class State(models.TextChoices):
        RUNNING = "en_cours", "chargement en cours"
        COMPLETE = "complete", "chargée"
        FAILED = "en_erreur", "échec du chargement"
        ABSENT = "absente", "fichier absent"

    key = models.CharField("source", max_length=40, primary_key=True)
    label = models.CharField("contenu", max_length=200)
    producer = models.CharField("producteur", max_length=200)
    carrier = models.CharField("paquet et version", max_length=120)
    vintage = models.CharField("millésime", max_length=200)
    licence = models.CharField("licence", max_length=120)
    url = models.URLField("adresse", blank=True)
    rows_read = models.IntegerField("lignes lues", null=True, blank=True)
    rows_written = models.IntegerField("lignes retenues", null=True, blank=True)
    rejected = models.IntegerField("lignes écartées", null=True, blank=True)
    loaded_at = models.DateTimeField("chargée le", null=True, blank=True)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.RUNNING)
    message = models.TextField("remarque", blank=True)
    checksum = models.CharField("empreinte du fichier", max_length=64, blank=True)

    class Meta:
        verbose_name = "source de données"
        verbose_name_plural = "sources de données"
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["en_cours", "complete", "en_erreur", "absente"]),
                name="data_source_state_known",
                violation_error_message="L'état d'une source est : en cours, complète, en erreur ou absente.",
            ),
            _not_negative(
                "data_source_rows_positive",
                "Un nombre de lignes n'est jamais négatif.",
                "rows_read",
                "rows_written",
                "rejected",
            ),
            models.CheckConstraint(
                condition=~Q(state="complete")
                | Q(loaded_at__isnull=False, rows_written__isnull=False, checksum__regex="^[0-9a-f]{64}$"),
                name="data_source_complete_is_dated",
                violation_error_message="Une source chargée dit quand, combien de lignes et de quel fichier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.vintage})"

    def summary(self) -> dict[str, Any]:
        """What the log keeps of a loading."""
        return {
            "etat": self.state,
            "millesime": self.vintage,
            "lignes_retenues": self.rows_written,
            "empreinte": self.checksum,
        }
