"""The regional policies that are written: folders of ``packs/``. No OpenFisca here."""

import functools
from pathlib import Path

from maillage.core.kernel.problems import nearest

PACKS = Path(__file__).parent / "packs"
NATIONAL = "national"
REGIONS = {
    "01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte",
    "11": "Île-de-France", "24": "Centre-Val de Loire", "27": "Bourgogne-Franche-Comté", "28": "Normandie",
    "32": "Hauts-de-France", "44": "Grand Est", "52": "Pays de la Loire", "53": "Bretagne",
    "75": "Nouvelle-Aquitaine", "76": "Occitanie", "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d'Azur", "94": "Corse",
}  # fmt: skip
"""Regions by their INSEE code (code officiel géographique)."""


@functools.cache
def pack_codes() -> tuple[str, ...]:
    """Codes of the regions whose policy is written, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/pack.yaml")))


def known_pack(code: str | None) -> str | None:
    """``code`` when it is a pack, « national » or nothing. Raises ``ValueError`` with the nearest one, in French."""
    accepted = (*pack_codes(), NATIONAL)
    if code is None or code in accepted:
        return code
    near = nearest(code, accepted)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    raise ValueError(f"l'un de : {', '.join(accepted)}{proposal}")
