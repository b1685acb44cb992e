"""FINESS+ as JSON: the open flow « activités » of the ANS, read one legal entity at a time.

What each establishment carries on (« activitesExercees »), by code: neither flow gives a label. Two editions of the
schema are known: one member per nature (« natureASMR »), or one member « nature » with its code; both are read.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from maillage.apps.territories.directories import json_stream
from maillage.apps.territories.directories.finess_json import ACTIVE, EVERY, as_code, as_text, lowered
from maillage.apps.territories.directories.finess_rows import day_of
from maillage.apps.territories.directories.keys import finess_fault
from maillage.apps.territories.official.files import Member
from maillage.apps.territories.tables import Report, silent

NATURE = "nature"
STARTS_ON, ENDS_ON = "datedebutactiviteautorisee", "datefinactiviteautorisee"
LONGEST_NATURE, LONGEST_CODE = 8, 12


class ActivityRow(NamedTuple):
    """A row of the table FacilityActivity, the source apart."""

    finess: str
    nature: str
    activite: str
    since: datetime.date | None
    until: datetime.date | None


@dataclass
class Tally:
    """What is counted while reading."""

    lines: int = 0
    ended: int = 0


def rows(member: Member, tally: Tally, report: Report = silent) -> Iterator[tuple[int, ActivityRow | str]]:
    """Each activity carried on today, by its rank in the flow. Raises :class:`LoadError` when the flow is cut."""
    entities = 0
    with member.open() as raw:
        for key, entity in json_stream.members(raw, member.name):
            if key != "pmej":
                continue
            entities += 1
            if entities % EVERY == 0:
                report("FINESS+ : activités, entités juridiques", entities, 0)
            for site in lowered(entity).get("ege") or []:
                yield from _site(lowered(site), tally)


def _site(site: Mapping[str, Any], tally: Tally) -> Iterator[tuple[int, ActivityRow | str]]:
    finess = as_text(site.get("numfinessege"))
    fault = finess_fault(finess)
    for item in site.get("activitesexercees") or []:
        tally.lines += 1
        nature, general, kind = _parts(lowered(item))
        if fault:
            yield tally.lines, fault
        elif not nature or not general:
            yield tally.lines, "activité sans nature ou sans « caracteristiquesGeneriques »"
        elif as_code(general.get("etatobjet")) != ACTIVE:
            tally.ended += 1
        else:
            days = (day_of(as_text(general.get(name))) for name in (STARTS_ON, ENDS_ON))
            yield tally.lines, ActivityRow(finess, nature[:LONGEST_NATURE], kind[:LONGEST_CODE], *days)


def _parts(item: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], str]:
    """The nature, what all activities have, and the code of the regulated activity."""
    nature = lowered(item.get(NATURE))
    if nature:
        code = as_text(nature.get("codenature"))
        specific = nature.get("caracteristiquesspecifiques")
        return code, lowered(item.get("caracteristiquesgeneriques")), _regulated(specific)
    for name, value in item.items():
        if name.startswith(NATURE) and value:
            known = lowered(value)
            specific = next((known[key] for key in known if key.startswith("caracteristiquesspecifiques")), None)
            general = lowered(known.get("caracteristiquesgeneriques"))
            return name.removeprefix(NATURE).upper(), general, _regulated(specific)
    return "", {}, ""


def _regulated(specific: Any) -> str:
    """The code of the regulated activity: the first « activite… » of the member « typeActivite… »."""
    for name, value in lowered(specific).items():
        if name.startswith("typeactivite"):
            return next((as_text(code) for key, code in lowered(value).items() if key.startswith("activite")), "")
    return ""
