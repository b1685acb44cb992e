"""The communes of a selection: what each way of choosing brings, and how to say it."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count, QuerySet

from maillage.apps.diagnostics.reach import km_from, positions, within_minutes
from maillage.apps.diagnostics.selection import MOST_COMMUNES, Selection
from maillage.apps.territories.models import Commune, Epci
from maillage.apps.territories.queries import commune_by_code, communes_by_code
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem, nearest

NOWHERE = "une commune dont la position est connue"


@dataclass(frozen=True)
class Chosen:
    """The communes of a territory, by code, how they were chosen (a French sentence), and what to know of it.

    ``exactly`` is the level and the code of the official place that these communes make: an EPCI, a département, a
    région, one commune; ``None`` for any other set. ``centre`` is the commune around which they were taken.
    """

    communes: tuple[Commune, ...]
    name: str
    how: str
    notes: tuple[str, ...] = ()
    exactly: tuple[str, str] | None = None
    codes: frozenset[str] = field(default_factory=frozenset)
    centre: Commune | None = None


def communes_of(selection: Selection, *, today: datetime.date) -> Chosen:
    """The communes of a selection. Raises :class:`BadInput` with every code that is unknown, and when there are none
    or too many of them."""
    problems: list[Problem] = []
    found: dict[str, Commune] = {}
    said, notes = [], []
    for bring in (_listed, _of_epci, _around, _drawn):
        try:
            communes, sentence, note = bring(selection, today)
        except BadInput as error:
            problems.extend(error.problems)
            continue
        found.update((commune.code, commune) for commune in communes)
        said.append(sentence)
        notes.append(note)
    if problems:
        raise BadInput(problems)
    kept = _once(found)
    _check_size(kept, selection)
    return Chosen(
        kept,
        selection.nom or _name(kept, selection),
        " ".join(filter(None, said)),
        tuple(filter(None, notes)),
        _exactly(kept),
        frozenset(commune.code for commune in kept),
        next((commune for commune in kept if commune.code == selection.centre), None),
    )


Brought = tuple[list[Commune], str, str]
"""Communes, how they were chosen in words, and what to know of it."""


def _listed(selection: Selection, _today: datetime.date) -> Brought:
    communes = communes_by_code(selection.communes)
    if not communes:
        return [], "", ""
    names = ", ".join(commune.nom for commune in communes[:6])
    left = len(communes) - 6
    more = f" et {left} {french.plural(left, 'autre')}" if left > 0 else ""
    noun = french.plural(len(communes), "Commune choisie", "Communes choisies")
    return communes, f"{noun} : {names}{more}.", ""


def _of_epci(selection: Selection, _today: datetime.date) -> Brought:
    if not selection.epci:
        return [], "", ""
    known = {row.code: row for row in Epci.objects.filter(code__in=selection.epci)}
    wrong = [(rank, code) for rank, code in enumerate(selection.epci) if code not in known]
    if wrong:
        raise BadInput([Problem(f"epci.{rank}", code, _expected_epci(code)) for rank, code in wrong])
    rows = _with_places().filter(epci_id__in=known, type=Commune.Type.COM)
    names = ", ".join(known[code].nom for code in dict.fromkeys(selection.epci))
    return (
        list(rows),
        f"{french.plural(len(known), 'Intercommunalité entière', 'Intercommunalités entières')} : {names}.",
        "",
    )


def _expected_epci(code: str) -> str:
    near = nearest(code, list(Epci.objects.values_list("code", flat=True)))
    said = f" (le plus proche : {near}, {Epci.objects.get(code=near).nom})" if near else ""
    return f"le SIREN d'un EPCI à fiscalité propre{said}"


def _around(selection: Selection, today: datetime.date) -> Brought:
    if selection.centre is None:
        return [], "", ""
    centre = commune_by_code(selection.centre, "centre")
    if centre.latitude is None or centre.longitude is None:
        raise BadInput([Problem("centre", selection.centre, NOWHERE)])
    if selection.minutes is not None:
        codes, how = within_minutes(centre, selection.minutes, today=today)
        minutes = french.number(selection.minutes)
        noun = french.plural(selection.minutes, "minute")
        return list(_with_places().filter(code__in=codes)), f"À {minutes} {noun} au plus {_of(centre)}.", how
    codes = _within_km(centre, selection.rayon_km or 0)
    sentence = (
        f"À {french.number(selection.rayon_km or 0)} km au plus {_of(centre)}, à vol d'oiseau, de mairie à mairie."
    )
    return list(_with_places().filter(code__in=codes)), sentence, ""


def _drawn(selection: Selection, _today: datetime.date) -> Brought:
    if not selection.contour:
        return [], "", ""
    import shapely

    codes, points = positions()
    polygon = shapely.Polygon(selection.contour)
    shapely.prepare(polygon)
    inside = shapely.intersects_xy(polygon, points[:, 0], points[:, 1])
    kept = [codes[rank] for rank in np.flatnonzero(inside)]
    return list(_with_places().filter(code__in=kept)), "Communes dont la mairie est dans le contour dessiné.", ""


def _within_km(centre: Commune, km: float) -> list[str]:
    codes, points = positions()
    far = km_from((centre.longitude or 0, centre.latitude or 0), points)
    return [centre.code, *(codes[rank] for rank in np.flatnonzero(far <= km))]


def _with_places() -> QuerySet[Commune]:
    return Commune.objects.select_related("departement__region", "epci")


def _once(found: dict[str, Commune]) -> tuple[Commune, ...]:
    """By code, without the arrondissements of a city that is there."""
    return tuple(commune for code, commune in sorted(found.items()) if commune.parent_id not in found)


def _check_size(communes: tuple[Commune, ...], selection: Selection) -> None:
    first = next(iter(selection.as_dict()), "communes")
    if not communes:
        raise BadInput(
            [Problem("contour" if selection.contour else first, None, "un territoire d'au moins une commune")]
        )
    if len(communes) > MOST_COMMUNES:
        count, most = french.number(len(communes)), french.number(MOST_COMMUNES)
        raise BadInput([Problem("communes", f"{count} communes", f"un territoire d'au plus {most} communes")])


def _exactly(communes: tuple[Commune, ...]) -> tuple[str, str] | None:
    """The official place that these communes make together, the smallest first."""
    if len(communes) == 1:
        return "commune", communes[0].code
    for level, place in (("epci", "epci_id"), ("departement", "departement_id"), ("region", "departement__region_id")):
        held = {_value(commune, place) for commune in communes}
        code = held.pop() if len(held) == 1 else None
        whole = code and Commune.objects.filter(**{place: code}, type=Commune.Type.COM).count()
        if whole == len(communes) and all(commune.type == Commune.Type.COM for commune in communes):
            return level, str(code)
    return None


def _value(commune: Commune, place: str) -> str | None:
    return commune.departement.region_id if place == "departement__region_id" else getattr(commune, place)


def epci_sizes(codes: Iterable[str]) -> dict[str, int]:
    """How many communes each EPCI has."""
    rows = Commune.objects.filter(epci_id__in=set(codes), type=Commune.Type.COM).values("epci_id")
    return {row["epci_id"]: row["count"] for row in rows.annotate(count=Count("code")).order_by()}


def _name(communes: tuple[Commune, ...], selection: Selection) -> str:
    if selection.epci and not (selection.communes or selection.centre or selection.contour):
        return " et ".join(Epci.objects.filter(code__in=selection.epci).values_list("nom", flat=True)[:3])
    if selection.centre and not (selection.communes or selection.epci or selection.contour):
        return f"Autour {_of(next(commune for commune in communes if commune.code == selection.centre))}"
    largest = sorted(communes, key=lambda commune: -(commune.population or 0))
    return _joined([commune.nom for commune in largest[:3]], len(communes) - 3)


def _joined(names: list[str], more: int) -> str:
    if more > 0:
        return f"{', '.join(names)} et {more} {french.plural(more, 'autre commune', 'autres communes')}"
    return " et ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _of(commune: Commune) -> str:
    """« de Redon », « du Havre », « d'Arles »."""
    return commune.avec_charniere


def places(communes: Iterable[Commune]) -> Iterator[tuple[str, str]]:
    """The départements of communes, (code, name), the most populous here first."""
    inhabitants: dict[tuple[str, str], int] = {}
    for commune in communes:
        key = (commune.departement_id, commune.departement.nom)
        inhabitants[key] = inhabitants.get(key, 0) + (commune.population or 0)
    yield from sorted(inhabitants, key=lambda key: (-inhabitants[key], key))
