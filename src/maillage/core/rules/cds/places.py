"""Where a centre de santé is, as the lists of the policies name places."""

from typing import Any

from maillage.core.rules.base import Truth, all_of, any_of, truth_of
from maillage.core.rules.cds.formulas import kind_is

ZONES = ("zip", "zac", "hors_zone")


def place_is(structure: Any, period: Any, names: list[str]) -> Truth:
    """Whether the centre is in one of the places named: a zone of doctors, « qpv », « ile », « qpv_en_zac »."""
    zone = structure("centre_zone", period)
    district = truth_of(structure("centre_quartier_prioritaire", period))
    places = {
        "qpv": district,
        "ile": truth_of(structure("centre_ile", period)),
        "qpv_en_zac": all_of(district, kind_is(zone, ("zac",))),
    } | {name: kind_is(zone, (name,)) for name in ZONES}
    return any_of(*(places[name] for name in names))
