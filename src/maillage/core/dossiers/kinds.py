"""The kinds of dossier of a region on a day: the files of the nation, and what a regional pack adds or replaces.

``data/nation/*.yaml`` holds what stands everywhere. A file of ``data/<pack>/`` has the code of a national one and
gives only what changes: its lists add to those of the nation, and an entry of the same name (``code``, ``verbe`` of a
transition, ``pour`` of a letter…) replaces it; or it is a kind that only this region has. The path of states comes from
a shared route (``parcours``), that the file then changes: see :mod:`.routes`.
"""

import datetime
import functools
from pathlib import Path
from typing import Any

import yaml

from maillage.core.dossiers import routes
from maillage.core.dossiers.definition import Definition
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.orientation import packs

DATA = Path(__file__).parent / "data"
NATION = "nation"
OTHERS = ("commissions", "courriers", "parcours")
"""Folders of ``data/`` that hold something else than kinds."""
ADDED = {
    "champs": "code",
    "pieces": "code",
    "verifications": "code",
    "motifs_de_refus": "code",
    "avis": "commission",
    "courriers": "pour",
    "etats": "code",
    "transitions": "verbe",
}
"""Lists to which a region adds, and what names their entries."""
PARTLY = ("etats", "transitions")
"""Among them, those whose entries keep what the region does not say; the others are replaced whole."""


@functools.cache
def all_kinds(pack: str = "") -> tuple[Definition, ...]:
    """Every kind of the nation, or of a pack, by family and code."""
    national = _raw(NATION)
    regional = _raw(pack) if pack else {}
    codes = sorted({*national, *regional})
    found = [Definition.model_validate(_merged(national.get(code), regional.get(code), pack)) for code in codes]
    return tuple(sorted(found, key=lambda each: (each.famille, each.code)))


def kinds(structure: str, region: str, day: datetime.date) -> tuple[Definition, ...]:
    """What a structure (« msp ») of a region (INSEE code) may file on a day."""
    found = all_kinds(packs.pack_of_region(region) or "")
    return tuple(each for each in found if structure.upper() in each.structures and each.exists_on(day))


def kind(code: str, region: str) -> Definition:
    """A kind in a region (INSEE code; empty for the nation), whatever the day: a dossier outlives its definition.

    Raises :class:`BadInput` when it does not exist.
    """
    found = all_kinds(packs.pack_of_region(region) or "")
    named = next((each for each in found if each.code == code), None)
    if named is None:
        near = nearest(code, [each.code for each in found])
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise BadInput([Problem("nature", code, f"une nature de dossier de cette région{proposal}")])
    return named


@functools.cache
def every_kind() -> tuple[Definition, ...]:
    """Those of the nation, then what each region changes or adds: a code may appear several times."""
    return tuple(each for pack in ("", *known_packs()) for each in all_kinds(pack) if each.pack == pack)


def known_packs() -> tuple[str, ...]:
    """The regions that change a kind of dossier or add one."""
    return tuple(sorted(each.name for each in DATA.iterdir() if each.is_dir() and each.name not in (NATION, *OTHERS)))


def _raw(folder: str) -> dict[str, dict[str, Any]]:
    read = (yaml.safe_load(path.read_text("utf-8")) for path in sorted((DATA / folder).glob("*.yaml")))
    return {each["code"]: {name: value for name, value in each.items() if not name.startswith("_")} for each in read}


def _merged(national: dict[str, Any] | None, regional: dict[str, Any] | None, pack: str) -> dict[str, Any]:
    before, more = national or {}, regional or {}
    added = {
        name: routes.overlaid(before.get(name, []), more[name], by, partly=name in PARTLY)
        for name, by in ADDED.items()
        if name in more
    }
    return routes.routed({**before, **more, **added, "pack": pack if regional else ""})
