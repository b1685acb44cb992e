"""The diagnosis of a territory, for pages, API and command line."""

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from maillage.apps.diagnostics import offer, reading, shapes
from maillage.apps.diagnostics.chosen import Chosen, communes_of
from maillage.apps.diagnostics.compared import compared_with, department_of, reason
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.references import References
from maillage.apps.diagnostics.selection import Selection, read_selection
from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.diagnosis.builder import build
from maillage.core.territory.diagnosis.changes import Change, changes
from maillage.core.territory.diagnosis.computed import PEOPLE
from maillage.core.territory.diagnosis.material import Material
from maillage.core.territory.diagnosis.measures import Layers, Measured, Place
from maillage.core.territory.diagnosis.results import Diagnosis, SourceRow
from maillage.core.territory.diagnosis.rules import Facts, Overlap, warnings

LEAST_SHARE = "territoire.diagnostic.couverture_minimale"
RECIPE = 1


def diagnose(selection: Selection, *, today: datetime.date) -> Diagnosis:
    """The diagnosis of a territory on a day. Raises :class:`BadInput` when the selection makes no territory."""
    return build(material(selection, today=today))


def material(selection: Selection, *, today: datetime.date) -> Material:
    """All that the diagnosis is made from. Raises :class:`BadInput`."""
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    chosen = communes_of(selection, today=today)
    department = department_of(chosen)
    places, compared = reading.places_of(chosen), compared_with(department)
    least = system().text(LEAST_SHARE).at(today).value
    references = References(least)
    layers = [
        *reading.layers_of(places, compared, chosen.exactly, references),
        *shapes.surface(places, references),
        *offer.layers_of(places, references, today=today),
    ]
    references.keep()
    rows = reading.sources()
    people = Layers((each for each in layers if each.indicator.code == PEOPLE), places).measure(PEOPLE)
    told = warnings(_facts(chosen, places, people, department.region_id, today), selection.structure)
    used = {LEAST_SHARE: least, **{each.parameter: each.value for each in told if each.parameter}}
    return Material(
        title=chosen.name,
        day=today,
        territory=reading.territory_of(chosen, compared) | {"comparaison": reason(chosen, department)},
        places=places,
        layers=tuple(layers),
        compared=compared,
        exactly=chosen.exactly,
        zonings=reading.zonings_of(places),
        districts=reading.districts_of(places),
        tables={
            "offre": offer.tables_of(places),
            "autres": reading.published_by_epci(places, chosen.exactly),
            "territoire": reading.groupings_of(places),
        },
        warnings=told,
        sources=rows,
        loaded=reading.loaded_kinds(),
        recipe=recipe(selection, rows, used, today=today),
    )


def recipe(
    selection: Selection, rows: Sequence[SourceRow], parameters: dict[str, Any], *, today: datetime.date
) -> dict[str, Any]:
    """What makes the same diagnosis again: the choice, the day, the vintages read, the figures of method."""
    import maillage

    return {
        "format": RECIPE,
        "version": maillage.__version__,
        "jour": today.isoformat(),
        "selection": selection.as_dict(),
        "millesimes": {row.key: {"millesime": row.vintage, "empreinte": row.checksum} for row in rows},
        "parametres": parameters,
    }


def _facts(
    chosen: Chosen, places: Sequence[Place], people: Measured | None, region: str, today: datetime.date
) -> Facts:
    is_known = people is not None and people.total.known == people.total.total and ";" not in people.vintage
    overlaps = reading.overlaps_of(places)
    pieces, by = shapes.pieces(places)
    return Facts(
        day=today,
        region=region,
        population=people.total.value if people and is_known else None,
        vintage=people.vintage if people else "",
        departments=_whole_departments(chosen),
        overlaps=None if overlaps is None else tuple(Overlap(*each) for each in overlaps),
        pieces=pieces,
        pieces_by=by,
        other_regions=tuple(sorted({place.region for place in places} - {region})),
    )


def _whole_departments(chosen: Chosen) -> tuple[str, ...]:
    held: dict[str, set[str]] = {}
    for commune in chosen.communes:
        held.setdefault(commune.departement_id, set()).add(commune.code)
    names = {commune.departement_id: commune.departement.nom for commune in chosen.communes}
    every = Commune.objects.filter(departement_id__in=held, parent=None).values_list("departement_id", "code")
    whole: dict[str, set[str]] = {}
    for department, code in every:
        whole.setdefault(department, set()).add(code)
    return tuple(names[code] for code in sorted(held) if whole.get(code, {""}) <= held[code])


def selection_of(recipe: Mapping[str, Any]) -> Selection:
    """The selection of a recipe. Raises :class:`BadInput` when it is not one."""
    return read_selection(_checked(recipe)["selection"])


def from_recipe(recipe: Mapping[str, Any]) -> tuple[Diagnosis, tuple[str, ...]]:
    """The diagnosis of a recipe, on its day, and what is no longer as the recipe says (French sentences).

    With the same vintages loaded it is the same diagnosis. Raises :class:`BadInput`.
    """
    checked = _checked(recipe)
    diagnosis = diagnose(read_selection(checked["selection"]), today=_day(checked))
    return diagnosis, tuple(_differences(checked, diagnosis.recipe))


def kept_diagnosis(identifier: uuid.UUID) -> KeptDiagnosis | None:
    """The kept diagnosis at this address, ``None`` when there is none."""
    return KeptDiagnosis.objects.filter(pk=identifier).first()


def again(kept: KeptDiagnosis, *, today: datetime.date) -> tuple[Diagnosis, tuple[Change, ...]]:
    """A kept diagnosis made again with what is loaded today, and what changed. Nothing is written.

    Raises :class:`BadInput` when one of its communes no longer exists.
    """
    diagnosis = diagnose(selection_of(kept.recipe), today=today)
    return diagnosis, changes(kept.result, diagnosis.as_dict())


def _checked(recipe: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(recipe.get("selection"), Mapping):
        raise BadInput([Problem("selection", recipe.get("selection"), "ce qui compose le territoire (objet JSON)")])
    if recipe.get("format", RECIPE) != RECIPE:
        raise BadInput([Problem("format", recipe.get("format"), f"{RECIPE}, le format des recettes de cette version")])
    return recipe


def _day(recipe: Mapping[str, Any]) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(recipe.get("jour")))
    except ValueError:
        raise BadInput([Problem("jour", recipe.get("jour"), "une date de la forme AAAA-MM-JJ")]) from None


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Why the diagnosis may not be the one that the recipe was taken from."""
    then = before.get("millesimes") or {}
    for key in sorted(then.keys() | now["millesimes"].keys()):
        old, new = then.get(key), now["millesimes"].get(key)
        if old != new:
            told = [each["millesime"] if each else "non chargé" for each in (old, new)]
            yield f"{key} : {told[0]} dans la recette, {told[1]} aujourd'hui."
    for path, value in (before.get("parametres") or {}).items():
        if now["parametres"].get(path) != value:
            yield f"{path} : {value} dans la recette, {now['parametres'].get(path)} aujourd'hui."
