"""The official sources that can be loaded from a file: who, where, which formats, what they bring to a diagnosis."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from maillage.apps.territories.catalogue import LICENCE
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.core.kernel.problems import BadInput, Problem, nearest

READERS = "maillage.apps.territories.official.readers"
Read = Callable[[OfficialFile, Asked], Iterable[Dataset]]
"""Checks the columns and the vintage, then gives the datasets; raises LoadError before anything is written."""


@dataclass(frozen=True)
class OfficialSource:
    """A kind of official file. ``needed``: a diagnosis lacks a whole section without it; ``use`` says which.

    ``reader`` names a module of the readers and its function, « read » when not said (« regroupements:read_tvs »).
    """

    code: str
    label: str
    producer: str
    url: str
    formats: str
    use: str
    reader: str
    needed: bool = False
    licence: str = LICENCE

    def read(self, file: OfficialFile, asked: Asked) -> list[Dataset]:
        """The datasets of a file. Raises :class:`LoadError` when it is not one of this source."""
        module, _, function = self.reader.partition(":")
        read: Read = getattr(import_module(f"{READERS}.{module}"), function or "read")
        return list(read(file, asked))


SOURCES: tuple[OfficialSource, ...] = (
    OfficialSource(
        code="apl",
        label="Accessibilité potentielle localisée (APL), par profession",
        producer="DREES",
        url="https://data.drees.solidarites-sante.gouv.fr/explore/dataset/530_l-accessibilite-potentielle-localisee-apl/",
        formats="Excel (xlsx) d'une profession, d'une année ou de deux",
        use="L'accessibilité aux soins de chaque commune : la référence de tout diagnostic.",
        reader="apl",
        needed=True,
    ),
    OfficialSource(
        code="bpe",
        label="Base permanente des équipements (BPE)",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/8217525",
        formats="CSV, zip ou Parquet, anciens et nouveaux codes, API Melodi",
        use="Les professionnels, pharmacies, laboratoires, urgences et maternités de chaque commune, et leur tendance.",
        reader="bpe",
        needed=True,
    ),
    OfficialSource(
        code="populations",
        label="Populations de référence (population municipale)",
        producer="INSEE",
        url="https://catalogue-donnees.insee.fr/fr/catalogue/recherche/DS_POPULATIONS_REFERENCE",
        formats="CSV ou zip de l'API Melodi, ou tableau avec une colonne par année",
        use="La tendance de la population : celle d'aujourd'hui vient déjà avec l'installation.",
        reader="populations",
    ),
    OfficialSource(
        code="populations-ages",
        label="Population par âge (recensement)",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/8268806",
        formats="CSV base-cc-evol-struct-pop, CSV ou Parquet par IRIS",
        use="Le vieillissement, des âges plus fins que les trois de l'installation, la part de chaque âge.",
        reader="populations_ages",
    ),
    OfficialSource(
        code="estimations",
        label="Estimations de population des départements, par âge",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/1893198",
        formats="Excel (xls) par département, sexe et grande classe d'âge, une feuille par année",
        use="Le vieillissement du département et de la France, année après année.",
        reader="estimations",
    ),
    OfficialSource(
        code="filosofi",
        label="Revenus et pauvreté (FILOSOFI)",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/7756729",
        formats="CSV, zip, Excel ou Parquet ; communes, EPCI, départements, régions",
        use="La précarité : niveau de vie médian, taux de pauvreté, déciles.",
        reader="filosofi",
        needed=True,
    ),
    OfficialSource(
        code="zonage",
        label="Zonages des professions de santé",
        producer="Agences régionales de santé (Atlasanté)",
        url="https://www.data.gouv.fr/datasets/zonages-des-professionnels-de-sante-liberaux",
        formats="CSV d'Atlasanté : une ligne par commune, une classe par profession",
        use="Le zonage de chaque commune (ZIP, ZAC, très sous-dotée…) et les aides qu'il ouvre.",
        reader="zonage",
        needed=True,
    ),
    OfficialSource(
        code="qpv",
        label="Quartiers prioritaires de la politique de la ville (QPV)",
        producer="ANCT",
        url="https://www.data.gouv.fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
        formats="GeoJSON en EPSG:4326, ou liste CSV",
        use="Les quartiers prioritaires du territoire, qui ouvrent des aides, et leur contour sur la carte.",
        reader="qpv",
    ),
    OfficialSource(
        code="densite",
        label="Grille communale de densité",
        producer="INSEE",
        url="https://www.insee.fr/fr/information/8571524",
        formats="Excel ou CSV, trois ou sept niveaux",
        use="Le caractère rural ou urbain de chaque commune.",
        reader="densite",
    ),
    OfficialSource(
        code="tvs",
        label="Territoires de vie-santé",
        producer="DREES",
        url="https://data.drees.solidarites-sante.gouv.fr/",
        formats="Excel ou CSV : INSEE_COM, Code_TVS, Nom_TVS",
        use="La maille du zonage des médecins et des dentistes : l'accessibilité moyenne de chaque territoire.",
        reader="regroupements:read_tvs",
    ),
    OfficialSource(
        code="bassins-de-vie",
        label="Bassins de vie",
        producer="INSEE",
        url="https://www.insee.fr/fr/information/6676988",
        formats="Excel ou CSV de l'INSEE, Parquet ; colonne BV2022",
        use="Les comparaisons par bassin de vie.",
        reader="regroupements:read_bassins",
    ),
    OfficialSource(
        code="cpts",
        label="Territoires des CPTS connues",
        producer="à confirmer : qui fournit la liste",
        url="",
        formats="CSV : code_commune, code, nom",
        use="L'alerte quand le territoire d'une CPTS en recouvre une autre.",
        reader="regroupements:read_cpts",
        licence="à confirmer : celle de la liste chargée",
    ),
    OfficialSource(
        code="indicateur",
        label="Tout autre indicateur, avec sa description",
        producer="à confirmer : donné par la description",
        url="",
        formats="CSV, Excel ou Parquet par commune, EPCI, département ou région, et un fichier YAML ou JSON",
        use="ALD, C2S, consommation de soins, enquête locale : sans une ligne de code.",
        reader="indicateur",
        licence="à confirmer : donnée par la description",
    ),
    OfficialSource(
        code="rpps",
        label="Professionnels de santé et lieux d'exercice (RPPS, Annuaire Santé)",
        producer="Agence du numérique en santé (Annuaire Santé, RPPS)",
        url="https://www.data.gouv.fr/datasets/annuaire-sante-extractions-des-donnees-en-libre-acces-des-professionnels-intervenant-dans-le-systeme-de-sante-rpps/",
        formats="archive PS_LibreAcces_*.zip, ou ses fichiers texte (ps-libreacces-personne-activite.txt)",
        use="L'offre de soins : professionnels par métier, mode d'exercice et commune.",
        reader="rpps",
        needed=True,
    ),
    OfficialSource(
        code="finess",
        label="Établissements sanitaires, sociaux et médico-sociaux (FINESS)",
        producer="Agence du numérique en santé (FINESS)",
        url="https://www.data.gouv.fr/datasets/finess-structures-1/",
        formats="CSV historique (etalab-cs1100502, etalab_cs1100507_stock), CSV ou Parquet à en-tête, JSON FINESS+",
        use="Les structures : pharmacies, centres et maisons de santé, hôpitaux, médico-social.",
        reader="finess",
        needed=True,
    ),
    OfficialSource(
        code="temps",
        label="Temps de trajet entre communes",
        producer="à confirmer : le producteur de la table chargée",
        url="",
        formats="CSV, Excel ou Parquet : origine, destination (codes INSEE), minutes",
        use="Des temps par la route à la place de l'estimation à vol d'oiseau.",
        reader="temps",
        licence="à confirmer : celle de la table chargée",
    ),
)


def codes() -> list[str]:
    """The codes of the sources, in the order in which they are shown."""
    return [source.code for source in SOURCES]


def source_of(code: str) -> OfficialSource:
    """The source with this code. Raises :class:`BadInput`, which proposes the nearest one."""
    found = next((source for source in SOURCES if source.code == code), None)
    if found:
        return found
    near = nearest(code, codes())
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    raise BadInput([Problem("SOURCE", code, f"l'un de : {', '.join(codes())}{proposal}")])
