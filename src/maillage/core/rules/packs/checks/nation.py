"""What a pack may name: the parameters, the steps, the helps and the aids of the nation, the regions of the country."""

import functools
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel.problems import nearest
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText


@dataclass(frozen=True)
class Known:
    """Names that exist: parameters by path, groups of parameters, steps by structure, helps, aids, conditions."""

    parameters: dict[str, ParameterText]
    groups: frozenset[str]
    steps: dict[str, tuple[str, ...]]
    supports: frozenset[str]
    rules: frozenset[str]


@functools.cache
def known() -> Known:
    """What the nation names, read once."""
    texts = {text.path: text for text in system().texts()}
    parts = [path.split(".") for path in texts]
    return Known(
        parameters=texts,
        groups=frozenset(".".join(path[:depth]) for path in parts for depth in range(1, len(path))),
        steps={code: tuple(step.id for step in packs.nation().etapes[code]) for code in STRUCTURE_CODES},
        supports=frozenset(support.id for support in packs.nation().accompagnements),
        rules=frozenset(system().variables),
    )


def one_of(value: Any, accepted: Any, what: str) -> str:
    """What is expected in the place of ``value``, with the nearest name."""
    names = tuple(sorted(accepted))
    same_end = (name for name in names if "." in name and name.rsplit(".", 1)[1] == str(value).rsplit(".", 1)[-1])
    near = nearest(str(value), names) or next(same_end, None)
    return f"{what}{f' (vouliez-vous dire « {near} » ?)' if near else ''}"
