"""What a visitor declared of a team, in the words of the form."""

from collections.abc import Mapping
from typing import Any

from maillage.core.kernel import french


def declared(situation: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each answer given, ``{nom, valeur}`` in French. ``situation`` is one that the engine accepts, as JSON."""
    # Imported here: it brings OpenFisca, which costs half a second to those who only want a chart.
    from maillage.core.rules.orientation.situation import SituationOrientation

    fields = SituationOrientation.model_fields
    return [
        {"nom": fields[name].title or name, "valeur": _written(name, situation[name])}
        for name in fields
        if situation.get(name) not in (None, "") and name not in ("date", "commune")
    ]


def team(groups: list[Mapping[str, Any]]) -> str:
    """The team in words: « 2 médecins généralistes en libéral, 1 infirmier »; "" when it is of nobody."""
    return ", ".join(_group(group) for group in groups if group["nombre"])


def _group(group: Mapping[str, Any]) -> str:
    from maillage.core.rules.orientation.situation import LABELS, PROFESSIONS

    one, many = PROFESSIONS[group["profession"]]
    way = LABELS["exercice"].get(group.get("exercice") or "", "")
    return f"{french.number(group['nombre'])} {french.plural(group['nombre'], one, many)} {way}".strip()


def _written(name: str, value: Any) -> str:
    from maillage.core.rules.orientation.situation import choices_of

    if name == "professionnels":
        return team(value) or "personne pour l'instant"
    if name == "communes" and len(value) > 1:
        return f"{french.number(len(value))} communes"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return french.number(value)
    labels = choices_of(name)
    return ", ".join(labels.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))
