"""The accessibility that the DREES publishes, the reference of every page (APL-T8): which variant is shown first."""

import datetime
from collections.abc import Iterator

from maillage.apps.territories import figures
from maillage.apps.territories.models import Series
from maillage.core.rules.system import system
from maillage.core.territory.method import GP

PUBLISHED_AGES = (65, 62, 60)
"""The limits of age of the variants that the DREES publishes, the widest first."""
NO_LIMIT = "sans limite d'âge"


def age_of_zonage(profession: str, day: datetime.date) -> int | None:
    """The age up to which the zonage counts professionals: only that of doctors has one (ZON-17-03)."""
    return int(system().text("territoire.apl.age_limite_du_zonage").at(day).value) if profession == GP else None


def reference(profession: str, day: datetime.date) -> Series | None:
    """The latest published series: that of the zonage, else every age, else the widest variant; ``None`` without."""
    found = (figures.latest(code) for code in _codes(profession, day))
    return next((series for series in found if series is not None), None)


def age_told(series: Series) -> str:
    """The limit of age of a published series: « 65 ans et moins », « sans limite d'âge »."""
    age = series.indicator_id.rpartition(".")[2].removesuffix("_ans")
    return f"{age} ans et moins" if age.isdigit() else NO_LIMIT


def _codes(profession: str, day: datetime.date) -> Iterator[str]:
    limit, start = age_of_zonage(profession, day), f"apl.{profession}"
    if limit is not None:
        yield f"{start}.{limit}_ans"
    yield start
    yield from (f"{start}.{age}_ans" for age in PUBLISHED_AGES)
