"""Routes that several kinds share: their states and transitions, and what a kind changes in them.

``data/parcours/<name>.yaml`` holds a route. A kind names it (``parcours``), leaves out verbs that it has not (``sans``)
and gives what differs: a state of the same code, or transitions of the same verb, take the place of those of the route;
what an entry does not say stays as the route says it. A new state comes before the one that it names (``avant``), else
before the first one that closes.
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
        "transitions": overlaid(transitions, kind.get("transitions", []), "verbe", partly=True),
    }


def overlaid(before: list[Entry], more: list[Entry], by: str, *, partly: bool = False) -> list[Entry]:
    """A list where the entries of ``more`` take the place of those of the same name, at their place, or come last.

    ``partly``: one entry for one entry keeps what the new one does not say; otherwise it is replaced whole.
    """
    left = {each[by]: [other for other in more if other[by] == each[by]] for each in more}
    found: list[Entry] = []
    for name in dict.fromkeys(each[by] for each in before):
        own = [each for each in before if each[by] == name]
        new = left.pop(name, None)
        found += own if new is None else _changed(own, new, partly=partly)
    return [*found, *(each for entries in left.values() for each in entries)]


def _changed(own: list[Entry], new: list[Entry], *, partly: bool) -> list[Entry]:
    return [{**own[0], **new[0]}] if partly and len(own) == len(new) == 1 else new


def _with_states(route: list[Entry], more: list[Entry]) -> list[Entry]:
    known = {each["code"] for each in route}
    found = overlaid(route, [each for each in more if each["code"] in known], "code", partly=True)
    end = next(each["code"] for each in found if each["phase"] == "clos")
    for each in more:
        if each["code"] not in known:
            before = [state["code"] for state in found].index(each.get("avant", end))
            found.insert(before, {name: value for name, value in each.items() if name != "avant"})
    return found


@functools.cache
def _route(name: str) -> Entry:
    path = ROUTES / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(f"parcours inconnu : {name}")
    read: Entry = yaml.safe_load(path.read_text("utf-8"))
    return read
