"""Orientation of a team: the situation as it was given, the territory as it is stored, the rules of the core."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.apps.territories import queries as territories
from maillage.core.kernel.problems import read
from maillage.core.rules.orientation.results import Orientation, Territory
from maillage.core.rules.orientation.situation import SituationOrientation


def orient(data: Mapping[str, Any], *, today: datetime.date) -> dict[str, Any]:
    """The answer, as JSON, to a situation as a form gives it.

    Raises :class:`BadInput` when a field is wrong, a commune unknown or merged, or the date outside the rules.
    """
    return answer(read(SituationOrientation, data), today=today).as_dict()


def answer(situation: SituationOrientation, *, today: datetime.date) -> Orientation:
    """The answer to a situation already read. Raises :class:`BadInput`."""
    territory = territory_of(situation)
    from maillage.core.rules.orientation.answer import orient as apply_rules  # OpenFisca costs a second to import.

    return apply_rules(situation, territory, today=today)


def territory_of(situation: SituationOrientation) -> Territory:
    """Where the team is. Raises :class:`BadInput` with every commune that is unknown or merged."""
    commune, *others = territories.communes_by_code([situation.commune, *(situation.communes or ())], _field)
    population, vintage = territories.population_of([place.code for place in others] or [commune.code])
    region = commune.departement.region
    return Territory(
        commune_code=commune.code,
        commune_name=commune.nom,
        department=commune.departement_id,
        region=region.code,
        population=population,
        population_vintage=vintage,
        region_name=region.nom,
    )


def _field(rank: int) -> str:
    return f"communes.{rank - 1}" if rank else "commune"
