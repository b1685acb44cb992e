"""Sets of communes sent to the tables, and which commune of a merger says where the whole one goes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from maillage.apps.territories.models import Grouping, GroupMember
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import number, plural

Said = TypeVar("Said")
NAMES = {
    Grouping.Kind.TVS: ("territoire de vie-santé", "territoires de vie-santé"),
    Grouping.Kind.BASSIN: ("bassin de vie", "bassins de vie"),
    Grouping.Kind.BVCV: ("bassin de vie ou canton-ou-ville", "bassins de vie ou cantons-ou-villes"),
    Grouping.Kind.CPTS: ("territoire de CPTS", "territoires de CPTS"),
}
OTHER = "Les {kind} viennent déjà de « {source} » : ceux de ce fichier ne sont pas repris."


class ByCommune(dict[str, Said]):
    """What is said of each commune of today. A merged commune has what its own code had, else what the first had.

    The decree on zonages says so: the new commune goes with the commune of which it keeps the code.
    """

    def __init__(self) -> None:
        super().__init__()
        self.own: set[str] = set()

    def say(self, sink: Sink, line: int, code: str, said: Said) -> None:
        """Keep what a line says of the commune ``code``; the line is left out when the code is unknown."""
        today = sink.commune(line, code)
        if today is None:
            return
        if code == today:
            if today in self.own and self[today] != said:
                sink.reject(line, f"« {code} » figure déjà plus haut avec une autre valeur")
                return
            self.own.add(today)
            self[today] = said
        else:
            self.setdefault(today, said)


def write_groupings(
    sink: Sink, kind: str, names: Mapping[str, str], members: Iterable[tuple[str, str]], *, first: bool = True
) -> None:
    """Write groupings: ``names`` by code, ``members`` as pairs of a commune and the code of its grouping.

    A source that is not the ``first`` in the matter leaves those of another source alone; the first one replaces them.
    """
    other = Grouping.objects.filter(kind=kind).exclude(source_id=sink.key)
    if not first and (row := other.first()):
        sink.note(OTHER.format(kind=NAMES[Grouping.Kind(kind)][1], source=row.source_id))
        return
    pairs = sorted(set(members))
    used = {code for _commune, code in pairs}
    if sink.source is not None:
        if first and kind != Grouping.Kind.CPTS:
            other.delete()
        rows = [
            Grouping(source=sink.source, kind=kind, code=code, nom=names.get(code) or code) for code in sorted(used)
        ]
        made = {row.code: row.pk for row in Grouping.objects.bulk_create(rows, batch_size=500)}
        links = ((made[code], commune) for commune, code in pairs)
        sink.insert(GroupMember, ["grouping_id", "commune"], links)
    else:
        sink.written += len(pairs)
    sink.note(f"{number(len(used))} {plural(len(used), *NAMES[Grouping.Kind(kind)])}{_overlaps(pairs)}.")


def _overlaps(pairs: list[tuple[str, str]]) -> str:
    several = sum(count > 1 for count in Counter(commune for commune, _code in pairs).values())
    return f", {number(several)} {plural(several, 'commune')} dans plusieurs" if several else ""
