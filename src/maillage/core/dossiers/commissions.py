"""The commissions that texts name: who runs them, their colleges. What no source says (quorum, votes) is not here."""

import functools
from pathlib import Path
from typing import Literal

import yaml

from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import AdviceData, Definition, Sourced
from maillage.core.rules.orientation import packs

DATA = Path(__file__).parent / "data" / "commissions"


class CollegeData(Sourced):
    """A college, and the bodies that it is made of: one seat is proposed for each."""

    nom: str
    sieges: tuple[str, ...]


class CommissionData(Sourced):
    """A commission of a region (``pack``), run by one of these kinds of organisation."""

    code: str
    nom: str
    pack: str
    tenue_par: tuple[Literal["ars", "cpam", "collectivite"], ...]
    colleges: tuple[CollegeData, ...]


@functools.cache
def described() -> tuple[CommissionData, ...]:
    """Every commission that a source describes."""
    read = (yaml.safe_load(path.read_text("utf-8")) for path in sorted(DATA.glob("*.yaml")))
    return tuple(CommissionData.model_validate(each) for each in read)


def commission(code: str, region: str) -> CommissionData | None:
    """What the sources say of a commission in a region (INSEE code); ``None`` when they say nothing."""
    pack = packs.pack_of_region(region) or ""
    return next((each for each in described() if each.code == code and each.pack == pack), None)


def named(region: str, body: str) -> dict[str, str]:
    """The commissions that the kinds of dossier of a region name, run by this kind of organisation: code and name."""
    pack = packs.pack_of_region(region) or ""
    codes = {advice.commission for each in kinds.all_kinds(pack) if each.autorite == body for advice in each.avis}
    codes |= {each.code for each in described() if each.pack == pack and body in each.tenue_par}
    found = {code: commission(code, region) for code in sorted(codes)}
    return {code: data.nom if data else code for code, data in found.items()}


def advices(definition: Definition, code: str) -> tuple[AdviceData, ...]:
    """What a kind of dossier asks of a commission: an avis, that it be told, or both at two moments."""
    return tuple(each for each in definition.avis if each.commission == code)
