"""When a centre de santé may have a demographic contract, and until when."""

from typing import Any

import numpy as np

from maillage.core.rules.base import Truth, at_least
from maillage.core.rules.cds.formulas import Days, after, at_days, day_of, earlier, kind_is
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import known

OPEN = "cds.contrats.signature_ouverte"
AGES = {"cai": "cds.contrats.cai.anciennete_maximale", "cosco": "cds.contrats.cosco.anciennete_minimale"}
ALREADY_MIXED = ("medical", "polyvalent")


def is_mixed(structure: Any, period: Any) -> Truth:
    """Whether the centre is already médical or polyvalent."""
    return kind_is(structure("centre_type_de_centre", period), ALREADY_MIXED)


def in_zone(structure: Any, period: Any, *zones: str) -> Truth:
    """Whether the zone of doctors is one of ``zones``."""
    return kind_is(structure("centre_zone", period), zones)


def joins_doctors(etp: Truth) -> Truth:
    """Whether a dental or nursing centre has a general practitioner, so becomes polyvalent."""
    return at_least(etp, np.nextafter(0, 1))


def open_to_signature(parameters: Any, period: Any, size: int) -> Truth:
    """Whether CAI, COSCO and CST may be signed on the day."""
    return np.full(size, known(parameters(period), OPEN))


def running(structure: Any, period: Any, parameters: Any, name: str) -> Any:
    """Whether contract ``name`` was signed while it was open, and has not ended."""
    signed = structure(f"centre_{name}_signe_le", period)
    was_open = at_days(lambda day: known(parameters(day), OPEN), signed)
    end, today = end_of(structure, period, parameters, name), day_of(period, len(signed))
    return (was_open == 1) & (earlier(signed, today) == 1) & (earlier(today, end) == 1)


def has_reached(structure: Any, period: Any, parameters: Any, name: str) -> Truth:
    """Whether the centre had the age of contract ``name`` on its signature, else has it on the day."""
    signed = structure(f"centre_{name}_signe_le", period)
    reference = np.where(given(signed), signed, day_of(period, len(signed)))
    months = at_days(lambda day: known(parameters(day), AGES[name]), reference)
    return earlier(after(structure("centre_ouverture_le", period), months=months), reference)


def end_of(structure: Any, period: Any, parameters: Any, name: str) -> Days:
    """Anniversary of the signature of contract ``name`` that ends it, by the text of the day of signature."""
    signed = structure(f"centre_{name}_signe_le", period)
    return after(signed, years=at_days(lambda day: known(parameters(day), f"cds.contrats.{name}.duree"), signed))


def recently_asked(structure: Any, period: Any, parameters: Any) -> Truth:
    """Whether a dental or nursing centre asked to become polyvalent, and not too long ago."""
    asked = structure("centre_demande_polyvalence_le", period)
    today = day_of(period, len(asked))
    limit = after(asked, months=known(parameters(period), "cds.contrats.cosco.delai_polyvalence"))
    return np.where(given(asked), (earlier(asked, today) == 1) & (earlier(today, limit) == 1), np.nan)
