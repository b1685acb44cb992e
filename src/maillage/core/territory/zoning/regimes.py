"""What the rules of a zonage fix on a day: mesh, thresholds, national shares, and what they leave to confirm."""

import datetime
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel.french import day as french_day
from maillage.core.rules.regions import REGIONS
from maillage.core.rules.system import system
from maillage.core.rules.texts import DatedValue, ParameterText

ROOT = "territoire.zonage"
GP = "medecin_generaliste"
PROFESSIONS = (GP, "infirmier", "masseur_kinesitherapeute", "sage_femme", "chirurgien_dentiste", "orthophoniste")
"""The professions that have a zonage."""
CLASSES = ("tres_sous_dotee", "sous_dotee", "intermediaire", "tres_dotee", "sur_dotee")
"""The classes by fixed shares, from the least provided."""


@dataclass(frozen=True)
class Regime:
    """The rules of a profession on a day, read one by one: ``reasons`` says why a value is not established."""

    profession: str
    day: datetime.date

    def text(self, name: str) -> ParameterText | None:
        """The parameter of this name; ``None`` when the profession has none."""
        try:
            return system().text(f"{ROOT}.{self.profession}.{name}")
        except KeyError:
            return None

    def dated(self, name: str) -> DatedValue | None:
        """The entry in force on the day, established or not; ``None`` before the first or without parameter."""
        text = self.text(name)
        return text.in_force(self.day) if text else None

    def value(self, name: str) -> Any:
        """The value in force, ``None`` when it is not established."""
        found = self.dated(name)
        return found.value if found else None

    def reason(self, name: str) -> str:
        """Why the value is not established, in French; empty when it is, or when there is nothing to say."""
        found = self.dated(name)
        return found.reason if found and found.value is None else ""

    def rules(self, name: str) -> str:
        """The ids of the rules of a parameter."""
        text = self.text(name)
        return ", ".join(text.ids) if text else ""

    @property
    def begun(self) -> bool:
        """Whether a zonage exists on the day."""
        return self.value("maille") is not None

    @property
    def before(self) -> str:
        """Why there is no zonage on the day, in French."""
        text = self.text("maille")
        first = french_day(text.values[0].since) if text else ""
        return f"aucune règle de zonage n'est connue avant le {first}"

    def region_share(self, name: str, region: str) -> tuple[float | None, str]:
        """The share of the population of a région in a class (%), and why it is not known."""
        found = self.dated(f"{name}_regionale.r{region}")
        if found is not None and found.value is not None:
            return float(found.value), ""
        told = (found.reason if found else "") or f"{REGIONS.get(region, region)} : part régionale non établie"
        return None, told

    def used(self) -> list[ParameterText]:
        """The parameters of the profession, with their texts."""
        return [text for text in system().texts() if text.path.startswith(f"{ROOT}.{self.profession}.")]
