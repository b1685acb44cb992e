"""The regional policies that are written: folders of ``packs/``. No OpenFisca here."""

import functools
from pathlib import Path

from maillage.core.kernel.problems import nearest

PACKS = Path(__file__).parent / "packs"
NATIONAL = "national"


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
