"""The regional packs as a person reads them: which region, who to ask, what the regional money is called.

``packs/<code>/pack.yaml`` describes a region, ``packs/national.yaml`` what stands where no pack does.
"""

import functools
from pathlib import Path
from typing import Any

import yaml

PACKS = Path(__file__).parent.parent / "packs"
NATIONAL = "national"


@functools.cache
def pack_codes() -> tuple[str, ...]:
    """Codes of the regions whose policy is written, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/pack.yaml")))


@functools.cache
def description(code: str) -> dict[str, Any]:
    """What ``pack.yaml`` (or ``national.yaml`` when ``code`` is « national ») says. Read once: never change it."""
    path = PACKS / "national.yaml" if code == NATIONAL else PACKS / code / "pack.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def pack_of_region(region: str) -> str | None:
    """The pack that governs a region (INSEE code), or ``None`` when its policy is not written."""
    return next((code for code in pack_codes() if region in description(code)["regions"]), None)
