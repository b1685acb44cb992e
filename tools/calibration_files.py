"""The parameters that the calibration of travel times writes: ``territoire.temps.correction`` and ``.erreur``."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.rules.regions import REGIONS
from maillage.core.rules.system import PARAMETERS
from maillage.core.territory.calibration import Error, Floats
from maillage.core.territory.correction import Correction
from maillage.core.territory.method import method_of

FOLDER = PARAMETERS / "territoire" / "temps"
SINCE = "2012-01-01"
VARIANTS = {"facteur_national": ("_sans_correction", "sans correction"), "densite_et_region": ("", "avec correction")}
"""Of the errors, those that a parameter keeps: how its name ends, how its label says it."""
ON_METRIC = {"formule": ("_formule_seule", "formule seule"), **VARIANTS}
ON_GIRONDE = (
    "La formule seule a été ajustée sur ces mêmes trajets : son écart n'est pas mesuré à part. La correction rapproche "
    "de l'APL publiée, et éloigne de ces temps : ne lisez pas ces minutes comme celles d'un trajet."
)
STUDY = ("Maillage, calibrage des temps de trajet (docs/explications/temps-de-trajet.md)",)
METRIC = ("INSEE, comparaison des distanciers (METRIC), 13 février 2020",)
GIRONDE = (*METRIC, "INSEE, temps METRIC de 2 500 trajets de Gironde", *STUDY)
FOUND = ("DREES, fichiers communaux de l'APL 2021", "INSEE, base permanente des équipements 2018", *STUDY)
NO_REGION = (
    "aucune valeur publiée n'a servi à trouver un facteur pour cette région : celui de la densité s'applique seul"
)
KEPT = "Mesuré sur les départements gardés à part du calibrage, chaque commune pesant sa population."
OF = {"medecin_generaliste": "du médecin généraliste", "infirmier": "de l'infirmier"} | {
    "masseur_kinesitherapeute": "du masseur-kinésithérapeute"
}


@dataclass(frozen=True)
class Written:
    """A parameter to write: its path under ``territoire.temps``, and what its file says."""

    path: str
    label: str
    unit: str
    value: Any
    titles: Sequence[str]
    rule: str
    note: str = ""

    def text(self, read_on: datetime.date) -> str:
        """The file in the layout of the rules."""
        note = f"documentation: |\n  {self.note}\n" if self.note else ""
        head = f"description: {quoted(self.label)}\n{note}metadata:\n  unite: {quoted(self.unit)}\n"
        dated = f"  verifie_le: {read_on}\n  regles: [{self.rule}]\nvalues:\n  {SINCE}:\n"
        value = f"    value: {'null' if self.value is None else self.value}\n    metadata:\n"
        return head + dated + value + self._source()

    def _source(self) -> str:
        if self.value is None:
            return f"      motif: {quoted(NO_REGION)}\n"
        titles = "".join(f"        - title: {quoted(title)}\n          href: null\n" for title in self.titles)
        return f"      confiance: B\n      reference:\n{titles}"


def quoted(text: str) -> str:
    """The text as YAML writes it between single quotes."""
    return "'" + text.replace("'", "''") + "'"


def write(
    read_on: datetime.date, found: Correction, errors: Mapping[str, Sequence[Error]], minutes: Mapping[str, Floats]
) -> None:
    """Write every parameter; ``errors`` (places kept apart) and ``minutes`` (METRIC) are by variant."""
    for one in (*_correction(found), *_errors(read_on, errors), *_minutes(minutes)):
        file = (FOLDER / one.path).with_suffix(".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.text(read_on), "utf-8")


def _correction(found: Correction) -> Iterator[Written]:
    start, folder, rule = "Correction des temps estimés :", "correction", "TT-P5"
    radius = f"{start} rayon du disque où se compte la densité"
    bounds = f"{start} densités à partir desquelles la classe change"
    factors = f"{start} facteur de chaque classe de densité"
    yield Written(f"{folder}/rayon", radius, "kilomètres à vol d'oiseau", found.radius_km, STUDY, rule)
    yield Written(f"{folder}/densites", bounds, "habitants par km²", list(found.bounds), METRIC, "TT-01")
    unit = "facteur (de la classe la moins dense à la plus dense)"
    yield Written(f"{folder}/par_densite", factors, unit, list(found.by_class), FOUND, rule)
    for code, name in sorted(REGIONS.items()):
        label, value = f"{start} facteur de la région {name}", found.by_region.get(code)
        yield Written(f"{folder}/region/r{code}", label, "facteur", value, FOUND, rule)


def _errors(read_on: datetime.date, errors: Mapping[str, Sequence[Error]]) -> Iterator[Written]:
    for variant, (suffix, words) in VARIANTS.items():
        for one in errors[variant]:
            of, folder = OF[one.profession], f"erreur/{one.profession}"
            label = f"Temps estimés, {words} : corrélation avec l'APL publiée {of}"
            near = f"Temps estimés, {words} : écart absolu moyen à l'APL publiée {of}"
            unit, absolute = method_of(one.profession, read_on).unit, float(f"{one.absolute:.3g}")
            yield Written(
                f"{folder}/correlation{suffix}", label, "corrélation", round(one.correlation, 3), FOUND, "APL-T8", KEPT
            )
            yield Written(f"{folder}/ecart_absolu{suffix}", near, unit, absolute, FOUND, "APL-T8", KEPT)


def _minutes(minutes: Mapping[str, Floats]) -> Iterator[Written]:
    for variant, (suffix, words) in ON_METRIC.items():
        for rank, (name, how) in enumerate((("ecart_moyen", "écart moyen"), ("ecart_absolu", "écart absolu moyen"))):
            label = f"Temps estimés, {words} : {how} aux temps METRIC de Gironde"
            value = round(float(minutes[variant][rank]), 1)
            yield Written(f"erreur/metric/{name}{suffix}", label, "minutes", value, GIRONDE, "TT-P1", ON_GIRONDE)
