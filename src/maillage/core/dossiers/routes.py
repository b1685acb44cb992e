"""Routes that several kinds share: their states and transitions, and what a kind changes in them.

``data/parcours/<name>.yaml`` holds a route. A kind names it (``parcours``), leaves out verbs that it has not (``sans``)
and gives what differs: a state of the same code, or transitions of the same verb, take the place of those of the route;
what an entry does not say stays as the route says it. A new state comes before the first one that closes.
"""

import functools
from pathlib import Path
from typing import Any

import yaml

ROUTES = Path(__file__).parent / "data" / "parcours"
Entry = dict[str, Any]


def routed(kind: Entry) -> Entry:
    """A kind with its whole states and transitions. Raises ``ValueError`` when its route does not exist."""
    if "parcours" not in kind:
        return kind
    route = _route(kind["parcours"])
    left_out = kind.get("sans", [])
    transitions = [each for each in route["transitions"] if each["verbe"] not in left_out]
    own = {name: value for name, value in kind.items() if name not in ("parcours", "sans")}
    return {
        **own,
        "etats": _with_states(route["etats"], kind.get("etats", [])),
        "transitions": overlaid(transitions, kind.get("transitions", []), "verbe"),
    }


def overlaid(before: list[Entry], more: list[Entry], by: str) -> list[Entry]:
    """A list where the entries of ``more`` take the place of those of the same name, at their place, or come last.

    One entry for one entry: what it does not say is kept. Otherwise all those of the name are replaced.
    """
    left = {each[by]: [other for other in more if other[by] == each[by]] for each in more}
    found: list[Entry] = []
    for name in dict.fromkeys(each[by] for each in before):
        own = [each for each in before if each[by] == name]
        new = left.pop(name, None)
        found += own if new is None else _changed(own, new)
    return [*found, *(each for entries in left.values() for each in entries)]


def _changed(own: list[Entry], new: list[Entry]) -> list[Entry]:
    return [{**own[0], **new[0]}] if len(own) == len(new) == 1 else new


def _with_states(route: list[Entry], more: list[Entry]) -> list[Entry]:
    known = {each["code"] for each in route}
    changed = overlaid(route, [each for each in more if each["code"] in known], "code")
    end = next(index for index, each in enumerate(changed) if each["phase"] == "clos")
    return [*changed[:end], *(each for each in more if each["code"] not in known), *changed[end:]]


@functools.cache
def _route(name: str) -> Entry:
    path = ROUTES / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(f"parcours inconnu : {name}")
    read: Entry = yaml.safe_load(path.read_text("utf-8"))
    return read
