"""What is known of each indicator that official files give: the file indicateurs.yaml beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from maillage.apps.territories.models import Indicator

FILE = Path(__file__).with_name("indicateurs.yaml")
FAMILIES = ("libelle", "code", "unite", "ponderation", "decimales", "methode")


def indicator(code: str) -> Indicator:
    """The indicator, not saved. Raises :class:`KeyError` when nobody described it."""
    return Indicator(**described()[code])


@cache
def described() -> dict[str, dict[str, Any]]:
    """Every indicator by code, as fields of the table."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    rows = [row for item in content["indicateurs"] for row in _unfolded(item, content["familles"])]
    return {row["code"]: row for row in rows}


def _unfolded(item: dict[str, Any], families: dict[str, dict[str, dict[str, str]]]) -> list[dict[str, Any]]:
    """An indicator, or one per member of the family that it stands for (« apl.{slug} »)."""
    if "famille" not in item:
        return [_fields(item)]
    members = families[item["famille"]]
    return [
        _fields({key: _filled(key, value, {"slug": slug, **words}) for key, value in item.items()})
        for slug, words in members.items()
        if slug not in item.get("sauf", ())
    ]


def _filled(key: str, value: Any, words: dict[str, str]) -> Any:
    return value.format(**words) if key in FAMILIES and isinstance(value, str) else value


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": item["code"],
        "label": item["libelle"],
        "theme": item["theme"],
        "unit": item["unite"],
        "producer": item["producteur"],
        "direction": item["sens"],
        "aggregation": item["agregation"],
        "weight": item.get("ponderation", ""),
        "decimals": int(item.get("decimales", 0)),
        "method": item.get("methode", ""),
        "secrecy": item.get("secret", ""),
    }
