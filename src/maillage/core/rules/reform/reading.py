"""A reform as a person writes it: a YAML of changed parameters, from a day on. Everything wrong is told at once."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from openfisca_core.parameters import Parameter
from openfisca_core.periods import instant
from pydantic import BaseModel, ConfigDict, Field

from maillage.core.kernel.problems import BadInput, Problem, nearest, read
from maillage.core.rules.reform.simulators import CODES
from maillage.core.rules.regions import known_pack
from maillage.core.rules.system import CountryTaxBenefitSystem, system
from maillage.core.rules.texts import ParameterText

Number = float | int


class ReformFile(BaseModel):
    """The fields of a reform, as the YAML gives them (docs/guides/reformes.md)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    libelle: str = Field(min_length=1, max_length=200, description="Le nom de la réforme.")
    description: str = Field("", max_length=2000, description="Ce qu'elle veut changer, en clair.")
    simulateur: str = Field(description="Le simulateur à appliquer : aci-msp, aci-cpts…")
    a_partir_du: datetime.date = Field(description="Le premier jour des nouvelles valeurs.")
    region_pack: str | None = Field(
        None, description="La politique régionale de départ ; rien : les règles nationales."
    )
    parametres: dict[str, Any] = Field(
        min_length=1, max_length=500, description="Le chemin de chaque paramètre changé, et sa nouvelle valeur."
    )


@dataclass(frozen=True)
class Change:
    """One changed parameter: its text, its value on the first day (``None`` when not established), what it becomes."""

    text: ParameterText
    before: Any
    after: Any


@dataclass(frozen=True)
class Reform:
    """A reform that can be applied: every parameter exists and every value has the kind of the one it replaces."""

    file: ReformFile
    changes: tuple[Change, ...]

    def system(self) -> CountryTaxBenefitSystem:
        """New rules with the changed values, from the first day on and for ever after."""
        changed = CountryTaxBenefitSystem(self.pack)
        for change in self.changes:
            _parameter(changed, change.text.path).update(start=instant(str(self.file.a_partir_du)), value=change.after)
        return changed

    @property
    def pack(self) -> str:
        """The regional policy that the reform starts from, empty for the nation."""
        return "" if self.file.region_pack in (None, "national") else str(self.file.region_pack)


def read_reform(raw: bytes) -> Reform:
    """The reform of a YAML document. Raises :class:`BadInput` with everything that is wrong."""
    file = read(ReformFile, _document(raw))
    problems = list(_problems(file))
    if problems:
        raise BadInput(problems)
    rules = system("" if file.region_pack in (None, "national") else str(file.region_pack))
    found = [(rules.text(path), value) for path, value in file.parametres.items()]
    wrong = [problem for text, value in found if (problem := _wrong_value(text, value))]
    if wrong:
        raise BadInput(wrong)
    return Reform(file, tuple(Change(text, _before(text, file.a_partir_du), value) for text, value in found))


def _document(raw: bytes) -> Any:
    try:
        document = yaml.safe_load(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput([Problem("réforme", "un octet", "du texte en UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line if mark else 0
        found = raw.decode("utf-8").splitlines()[line : line + 1]
        expected = f"du YAML valide, à la ligne {line + 1}"
        raise BadInput([Problem("réforme", found[0].strip() if found else "la fin du texte", expected)]) from None
    if not isinstance(document, dict):
        raise BadInput([Problem("réforme", document, "des champs libelle, simulateur, a_partir_du et parametres")])
    return document


def _problems(file: ReformFile) -> Iterator[Problem]:
    if file.simulateur not in CODES:
        near = nearest(file.simulateur, CODES)
        yield Problem("simulateur", file.simulateur, f"l'un de : {', '.join(CODES)}{_meant(near)}")
    try:
        known_pack(file.region_pack)
    except ValueError as wrong:
        yield Problem("region_pack", file.region_pack, str(wrong))
        return
    paths = [text.path for text in system().texts()]
    for path in file.parametres:
        if path not in paths:
            yield Problem(
                f"parametres.{path}", path, f"le chemin d'un paramètre (voir /regles/){_meant(_near(path, paths))}"
            )


def _near(path: str, paths: list[str]) -> str | None:
    """The known path that looks most like this one: by its end first, then as a whole."""
    ends = {known.rpartition(".")[2]: known for known in paths}
    return ends.get(path.rpartition(".")[2]) or nearest(path, paths)


def _meant(near: str | None) -> str:
    return f" (vouliez-vous dire « {near} » ?)" if near else ""


def _wrong_value(text: ParameterText, value: Any) -> Problem | None:
    known = next((dated.value for dated in text.values if dated.value is not None), None)
    expected = _kind(known)
    fits = expected is None or (
        isinstance(value, bool) if expected is bool else isinstance(value, expected) and not isinstance(value, bool)
    )
    if fits and (known is not None or isinstance(value, bool | int | float | list)):
        return None
    words = {bool: "oui ou non (true ou false)", list: "une liste"}
    said = words.get(expected, f"un nombre ({text.unit})") if isinstance(expected, type) else f"un nombre ({text.unit})"
    return Problem(f"parametres.{text.path}", value, said)


def _kind(value: Any) -> Any:
    if isinstance(value, bool):
        return bool
    if isinstance(value, list):
        return list
    return (int, float) if isinstance(value, int | float) else None


def _before(text: ParameterText, day: datetime.date) -> Any:
    dated = next((dated for dated in reversed(text.values) if dated.since <= day), None)
    return dated.value if dated else None


def _parameter(rules: CountryTaxBenefitSystem, path: str) -> Parameter:
    node: Any = rules.parameters
    for part in path.split("."):
        node = node.children[part]
    return node
