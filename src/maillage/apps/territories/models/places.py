"""Official territories: régions, départements, EPCI, communes, their former codes, their population by age."""

from django.db import models
from django.db.models import Q

from maillage.apps.territories.models.constraints import CODE_COMMUNE, has_form, not_negative


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
        constraints = [has_form("code", r"^[0-9]{2}$", "region_code_format", "Le code d'une région a deux chiffres.")]


class Departement(Named):
    """One of the 101 départements."""

    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departements")

    class Meta:
        verbose_name = "département"
        ordering = ["code"]
        constraints = [
            has_form(
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
            has_form("code", r"^[0-9]{9}$", "epci_code_format", "Un EPCI est désigné par son SIREN : neuf chiffres."),
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
        constraints = [has_form("code", r"^[0-9]{5}$", "code_postal_format", "Un code postal a cinq chiffres.")]

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
            has_form(
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
            not_negative("commune_population_positive", "Une population n'est jamais négative.", "population"),
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
            has_form("code", CODE_COMMUNE, "former_commune_code_format", "Un ancien code INSEE a cinq caractères."),
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
            not_negative(
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
