"""From the values read to the diagnosis."""

from maillage.core.territory.diagnosis.computed import Computed
from maillage.core.territory.diagnosis.material import Material
from maillage.core.territory.diagnosis.missing import missing
from maillage.core.territory.diagnosis.results import CommuneRow, Diagnosis
from maillage.core.territory.diagnosis.sections import key_figures, sections
from maillage.core.territory.diagnosis.zoning import classes_by_commune


def build(material: Material) -> Diagnosis:
    """The diagnosis of a territory; the same material gives the same diagnosis."""
    computed = Computed(material)
    return Diagnosis(
        title=material.title,
        day=material.day,
        territory=material.territory,
        key_figures=key_figures(computed),
        sections=sections(computed),
        warnings=material.warnings,
        missing=missing(computed),
        communes=_communes(computed),
        sources=material.sources,
        recipe=material.recipe,
    )


def _communes(computed: Computed) -> tuple[CommuneRow, ...]:
    zonings = classes_by_commune(computed.material.zonings)
    return tuple(
        CommuneRow(
            code=place.code,
            name=place.name,
            department=place.department,
            epci=place.epci,
            latitude=place.latitude,
            longitude=place.longitude,
            values={each.indicator.code: each.by_place.get(place.code) for each in computed.every()},
            zonings=zonings.get(place.code, {}),
        )
        for place in computed.material.places
    )
