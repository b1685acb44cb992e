"""Regional policies: values laid over the national ones, one folder each.

Each is also an OpenFisca reform named after its folder, for the YAML cases
(``reforms: maillage.core.rules.packs.Bretagne`` for ``bretagne/``) and for whoever composes systems. The reform is
made when it is asked for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.core.rules.packs.reforms import RegionalPack


def __getattr__(name: str) -> "type[RegionalPack]":
    """The reform of this name. Raises ``AttributeError`` when no folder has it."""
    from maillage.core.rules.packs.reforms import reform_named  # It reads the descriptions of this package.

    try:
        return reform_named(name)
    except KeyError:
        raise AttributeError(f"module {__name__} has no attribute {name}") from None
