"""What may be wrong in a file of ``parametres/``: its path, its unit, its values, their dates and their texts."""

import datetime
from typing import Any

from pydantic import Field

from maillage.core.rules.packs.checks.document import Document
from maillage.core.rules.packs.checks.nation import known, one_of
from maillage.core.rules.packs.data import Confidence, Data

KINDS: tuple[tuple[str, Any], ...] = (
    ("vrai ou faux (true ou false)", bool),
    ("un nombre", int | float),
    ("un texte", str),
    ("une liste", list),
)


class ReferenceFile(Data):
    """A text: its title, and its address or ``null``."""

    title: str
    href: str | None


class ValueMetadata(Data):
    """How sure a value is, and of which texts; why it is weak or unknown."""

    confiance: Confidence | None = None
    reference: tuple[ReferenceFile, ...] = ()
    motif: str = ""


class ValueFile(Data):
    """A value from a day on."""

    value: Any
    metadata: ValueMetadata


class ParameterMetadata(Data):
    """What is said of the whole parameter."""

    unite: str
    verifie_le: datetime.date
    a_verifier_depuis: datetime.date | None = None
    a_verifier_motif: str = ""
    regles: tuple[str, ...] = ()


class ParameterFile(Data):
    """A parameter of a region, in the layout of docs/guides/ecrire-un-parametre.md."""

    description: str
    documentation: str = ""
    metadata: ParameterMetadata
    values: dict[datetime.date, ValueFile] = Field(min_length=1)


def check_parameter(document: Document, path: str) -> None:
    """Note everything that is wrong in the file of the parameter ``path``."""
    if document.data is None and document.findings:
        return
    document.check(ParameterFile)
    national = known().parameters.get(path)
    if national is None:
        words = "un fichier dont le chemin est celui d'un paramètre national"
        document.refuse((), path, one_of(path, known().parameters, words))
    if not isinstance(document.data, dict):
        return
    metadata = _dict(document.data.get("metadata"))
    if national and isinstance(metadata.get("unite"), str) and metadata["unite"] != national.unit:
        document.refuse(("metadata", "unite"), metadata["unite"], f"l'unité nationale, « {national.unit} »")
    if bool(metadata.get("a_verifier_depuis")) != bool(metadata.get("a_verifier_motif")):
        document.refuse(("metadata",), None, "a_verifier_depuis et a_verifier_motif ensemble")
    kind = _kind_of(path)
    for day, dated in _dict(document.data.get("values")).items():
        _check_value(document, ("values", day), _dict(dated), kind)


def _check_value(
    document: Document, place: tuple[Any, ...], dated: dict[str, Any], kind: tuple[str, Any] | None
) -> None:
    metadata, value = _dict(dated.get("metadata")), dated.get("value")
    if "value" not in dated or "metadata" not in dated:
        return
    if value is None:
        if not metadata.get("motif"):
            document.refuse((*place, "metadata", "motif"), None, "pourquoi la valeur n'est pas connue")
        return
    if kind and not _is(value, kind[1]):
        document.refuse((*place, "value"), value, kind[0])
    if not metadata.get("confiance"):
        document.refuse((*place, "metadata", "confiance"), None, "A, B ou C : combien la valeur est sûre")
    if not metadata.get("reference"):
        document.refuse((*place, "metadata", "reference"), None, "au moins un texte (title, href)")


def _kind_of(path: str) -> tuple[str, Any] | None:
    """What the values of a national parameter are; ``None`` when none of them is established."""
    text = known().parameters.get(path)
    if text is None:
        return None
    if text.unit.startswith("euros"):
        return KINDS[1]
    values = [dated.value for dated in text.values if dated.value is not None]
    return next((kind for kind in KINDS if values and _is(values[0], kind[1])), None)


def _is(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _dict(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
