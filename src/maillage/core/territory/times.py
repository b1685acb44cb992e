"""The correction of estimated minutes and how far they are from what is published, read from the parameters."""

import datetime
from dataclasses import dataclass

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.regions import REGIONS
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText
from maillage.core.territory.correction import Correction

ROOT = "territoire.temps"
MEASURED = ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute")
"""The professions whose published values were used."""


@dataclass(frozen=True)
class TimeError:
    """How far estimated times lead from the published APL of a profession, on places kept apart from the calibration.

    Correlations are weighted by inhabitants; the mean absolute gaps are in ``unit``. ``*_before``: without correction.
    """

    profession: str
    correlation: float
    correlation_before: float
    gap: float
    gap_before: float
    unit: str


def correction_of(day: datetime.date) -> Correction:
    """The correction in force on ``day``; a région without a factor of its own has none in it.

    Raises ``UnknownValue`` before its first date.
    """
    regions = {code: _known(f"correction.region.r{code}", day) for code in REGIONS}
    return Correction(
        radius_km=float(_text("correction.rayon").at(day).value),
        bounds=tuple(_text("correction.densites").at(day).value),
        by_class=tuple(_text("correction.par_densite").at(day).value),
        by_region={code: factor for code, factor in regions.items() if factor is not None},
    )


def error_of(profession: str, day: datetime.date) -> TimeError | None:
    """The error measured for a profession; ``None`` when none could be (its published values are not at hand)."""
    if profession not in MEASURED:
        return None
    return TimeError(
        profession,
        correlation=_error(profession, "correlation", day),
        correlation_before=_error(profession, "correlation_sans_correction", day),
        gap=_error(profession, "ecart_absolu", day),
        gap_before=_error(profession, "ecart_absolu_sans_correction", day),
        unit=_text(f"erreur.{profession}.ecart_absolu").unit,
    )


def texts() -> list[ParameterText]:
    """Every parameter of the estimated times, for the pages that tell the method."""
    return [text for text in system().texts() if text.path.startswith(f"{ROOT}.")]


def _error(profession: str, name: str, day: datetime.date) -> float:
    return float(_text(f"erreur.{profession}.{name}").at(day).value)


def _text(name: str) -> ParameterText:
    return system().text(f"{ROOT}.{name}")


def _known(name: str, day: datetime.date) -> float | None:
    try:
        return float(_text(name).at(day).value)
    except UnknownValue:
        return None
