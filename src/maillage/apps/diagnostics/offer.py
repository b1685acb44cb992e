"""The professionals and the structures of a territory: counts to compare, and the list of the structures."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial

from django.db.models import Count, OuterRef, QuerySet, Subquery

from maillage.apps.diagnostics.kept_figures import Elsewhere
from maillage.apps.diagnostics.references import FRANCE, References, summed
from maillage.apps.territories.directories.professions import plurals
from maillage.apps.territories.models import Commune, DataSource, Facility, Practice
from maillage.apps.territories.offer import persons_elsewhere
from maillage.core.kernel.spelling import spelled
from maillage.core.territory.diagnosis.measures import Indicator, Layer, Place
from maillage.core.territory.diagnosis.results import Column, Table
from maillage.core.territory.diagnosis.sections import CARERS

LEFT_OUT = "territoire.offre.secteurs_exclus"
METHOD = (
    "Professionnels distincts ayant au moins une activité dans le territoire, hors hôpital et téléconsultation. Le "
    "fichier ne donne ni l'âge ni le volume d'activité."
)
FINESS = "FINESS"
PHARMACY = "620"
PRODUCER = "ANS, Annuaire Santé (RPPS)"
STRUCTURES = {
    "maison_de_sante": ("603", "Maisons de santé"),
    "centre_de_sante": ("124", "Centres de santé"),
    "cpts": ("604", "CPTS"),
    "pharmacie": ("620", "Pharmacies d'officine"),
}
"""Categories of FINESS that a diagnosis counts: code, label."""
LISTED = tuple(code for code, _ in STRUCTURES.values())
DEPARTMENT = Subquery(Commune.objects.filter(code=OuterRef("commune")).values("departement_id")[:1])


def layers_of(places: Sequence[Place], references: References, *, today: datetime.date) -> list[Layer]:
    """The number of professionals by profession, and of structures by kind."""
    codes = [code for place in places for code in (place.code, *place.parts)]
    return [*_professionals(codes, references, today), *_structures(codes, references)]


def tables_of(places: Sequence[Place]) -> tuple[Table, ...]:
    """The structures, by name, and how many establishments of each category."""
    rows = Facility.objects.filter(commune__in=[code for place in places for code in (place.code, *place.parts)])
    if not rows.exists():
        return ()
    source = _source_of(rows)
    return _named(rows, places, source), _by_category(rows, source)


def in_town(rows: "QuerySet[Practice]", today: datetime.date) -> "QuerySet[Practice]":
    """The practices that a diagnosis counts, by the sectors of the parameters."""
    return rows.exclude(secteur__in=_left_out(today))


def _left_out(today: datetime.date) -> list[str]:
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    return list(system().text(LEFT_OUT).at(today).value)


def _professionals(codes: Sequence[str], references: References, today: datetime.date) -> Iterator[Layer]:
    vintage = _vintage("rpps")
    if vintage is None:
        return
    rows = in_town(Practice.objects.filter(commune__in=codes), today)
    by_place: dict[str, dict[str, float | None]] = {}
    counted = rows.values_list("metier", "commune").annotate(_count()).order_by()
    for metier, commune, count in counted:
        by_place.setdefault(metier, {})[commune] = count
    whole = dict(rows.values_list("metier").annotate(_count()).order_by())
    everywhere = _Elsewhere(today)
    for metier in [*CARERS, *sorted(set(whole) - set(CARERS) - {""})]:
        elsewhere = references.kept(f"offre {metier}", partial(everywhere.of, metier), "rpps")
        if whole.get(metier) or any(elsewhere.values()):
            yield Layer(
                _profession(metier),
                vintage,
                by_place.get(metier, {}),
                elsewhere,
                True,
                whole=float(whole.get(metier, 0)),
            )


class _Elsewhere:
    """Distinct professionals of every département, région and of France: one of two places counts in each."""

    def __init__(self, today: datetime.date) -> None:
        self._today = today

    def of(self, metier: str) -> Elsewhere:
        """The counts of a profession by place."""
        return self._all.get(metier, {})

    @cached_property
    def _all(self) -> dict[str, Elsewhere]:
        return {
            metier: {
                FRANCE if level == FRANCE[0] else (level, code): float(count) for (level, code), count in of.items()
            }
            for metier, of in persons_elsewhere(self._today).items()
        }


def _count() -> Count:
    return Count("rpps", distinct=True)


def _profession(metier: str) -> Indicator:
    label = f"{_first_upper(plurals().get(metier, spelled(metier)))} en exercice"
    return Indicator(
        f"offre.{metier}", label, "professionnels", PRODUCER, direction="haut", method=METHOD, theme="offre"
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _structures(codes: Sequence[str], references: References) -> Iterator[Layer]:
    vintage = _vintage("finess")
    if vintage is None:
        return
    rows = Facility.objects.filter(categorie__in=LISTED)
    here: dict[str, dict[str, float | None]] = {}
    for category, commune, count in _by_place(rows.filter(commune__in=codes), "commune"):
        here.setdefault(category, {})[commune] = count
    everywhere = rows.exclude(commune="").annotate(place=DEPARTMENT)
    for slug, (category, label) in STRUCTURES.items():
        counted = everywhere.filter(categorie=category)
        elsewhere = references.kept(f"structure {slug}", partial(_departments, counted), "finess")
        about = Indicator(f"structure.{slug}", label, "établissements", FINESS, direction="haut", theme="equipement")
        yield Layer(about, vintage, here.get(category, {}), elsewhere, True)


def _departments(rows: "QuerySet[Facility]") -> Elsewhere:
    return summed({place: count for _, place, count in _by_place(rows, "place") if place is not None})


def _by_place(rows: "QuerySet[Facility]", place: str) -> Iterable[tuple[str, str, int]]:
    return rows.values_list("categorie", place).annotate(Count("pk")).order_by()


def _named(rows: "QuerySet[Facility]", places: Sequence[Place], source: str) -> Table:
    names = {code: place.name for place in places for code in (place.code, *place.parts)}
    kept = rows.filter(categorie__in=[code for code in LISTED if code != PHARMACY]).order_by(
        "categorie", "commune", "nom"
    )
    lines = tuple((row.finess, row.nom, row.categorie_libelle, names[row.commune]) for row in kept)
    columns = (Column("FINESS"), Column("Nom"), Column("Catégorie"), Column("Commune"))
    return Table("structures", "Les structures d'exercice coordonné", columns, lines, source)


def _by_category(rows: "QuerySet[Facility]", source: str) -> Table:
    counted = (
        rows.values_list("categorie", "categorie_libelle").annotate(total=Count("pk")).order_by("-total", "categorie")
    )
    lines = tuple((label or f"Catégorie {code}", total) for code, label, total in counted)
    columns = (Column("Catégorie"), Column("Établissements", 0))
    return Table("etablissements", "Les établissements par catégorie", columns, lines, source)


def _vintage(kind: str) -> str | None:
    """The vintage of an official file that is loaded, ``None`` when there is none."""
    rows = DataSource.objects.loaded().filter(source=kind).order_by("-vintage")
    return rows.values_list("vintage", flat=True).first()


def _source_of(rows: "QuerySet[Facility]") -> str:
    vintages = sorted(set(rows.values_list("source__vintage", flat=True)))
    return f"{FINESS}, {' ; '.join(vintages)}"
