"""Who else is on the communes of a dossier: recognised structures, dossiers of others in progress, agreements.

What the register publishes may be told to who files; a decision that is not told yet, or the dossier of another, is for
who reviews only. The database has the last word at the decision (see recognising.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from maillage.apps.dossiers.models import Agreement, Deposit, Dossier, Perimeter
from maillage.apps.dossiers.queries import definition_of, followed_by_a_definition
from maillage.apps.structures.models import Structure
from maillage.core.dossiers.checks.facts import PLACES, Neighbour, Request
from maillage.core.dossiers.definition import Definition

IN_PROGRESS = (
    Dossier.Phase.INSTRUCTION,
    Dossier.Phase.ATTENTE,
    Dossier.Phase.COMMISSION,
    Dossier.Phase.DECISION,
)
STANDING = (*IN_PROGRESS, Dossier.Phase.SUIVI)


def neighbours(structure: Structure, communes: Collection[str]) -> tuple[Neighbour, ...]:
    """The other structures of the same kind that the register shows on these communes."""
    return tuple(_recognised(structure, communes, is_published=True))


def rivals(dossier: Dossier, communes: Collection[str]) -> tuple[Neighbour, ...]:
    """What only who reviews may know: on these communes, the decisions not told yet, then the dossiers of others."""
    held = _recognised(dossier.structure, communes, is_published=False)
    return (*held, *_in_progress(dossier, set(communes)))


def agreements_of(structure: Structure) -> tuple[str, ...]:
    """The conventional modes that a structure adheres to, by decisions that are notified: who files reads them."""
    rows = Agreement.objects.filter(structure=structure, until=None, decision__notified_at__isnull=False)
    return tuple(rows.values_list("mode", flat=True))


def requests_of(dossier: Dossier) -> tuple[Request, ...]:
    """The other filed dossiers of the same structure that are neither refused nor closed."""
    rows = Dossier.objects.filter(structure=dossier.structure, phase__in=STANDING).exclude(pk=dossier.pk)
    rows = followed_by_a_definition(rows)
    return tuple(_request(each, definition_of(each)) for each in rows.order_by("number"))


def communes_in(definition: Definition, answers: dict[str, Any]) -> tuple[str, ...]:
    """The communes that answers give: those of the first question that asks some."""
    for each in definition.champs:
        given = answers.get(each.code)
        if each.type in PLACES and given:
            return tuple(given) if isinstance(given, list) else (str(given),)
    return ()


def _recognised(structure: Structure, communes: Collection[str], *, is_published: bool) -> Iterator[Neighbour]:
    rows = Perimeter.objects.filter(kind=structure.kind, until=None, commune__in=communes)
    rows = rows.filter(recognition__until=None, recognition__is_published=is_published)
    rows = rows.exclude(recognition__structure=structure).select_related("recognition__decision__dossier")
    found: dict[Any, list[str]] = defaultdict(list)
    for row in rows.order_by("recognition__nom", "recognition_id", "commune"):
        found[row.recognition].append(row.commune)
    for each, codes in found.items():
        number = "" if is_published else each.decision.dossier.number
        yield Neighbour(each.nom, tuple(codes), number, each.specialite)


def _in_progress(dossier: Dossier, communes: set[str]) -> Iterator[Neighbour]:
    if not communes:
        return
    rows = Dossier.objects.filter(structure__kind=dossier.structure.kind, phase__in=IN_PROGRESS)
    rows = followed_by_a_definition(rows)
    rows = rows.exclude(structure=dossier.structure).select_related("structure").order_by("number")
    others = [each for each in rows if _recognises(definition_of(each))]
    filed = _filed_answers(others)
    own = _own_communes(others)
    for each in others:
        places = communes_in(definition_of(each), filed.get(each.pk, each.answers)) or own.get(each.structure_id, ())
        shared = tuple(sorted(communes & set(places)))
        if shared:
            yield Neighbour(each.structure.nom, shared, each.number, each.structure.specialite)


def _recognises(definition: Definition) -> bool:
    """Whether a kind takes a territory, or prepares to: the request that leads to a project counts too."""
    return definition.reconnait or any(
        each.regle in ("territoire_libre", "ess_libre") for each in definition.verifications
    )


def _filed_answers(dossiers: Collection[Dossier]) -> dict[Any, dict[str, Any]]:
    """What each said in its last deposit, by dossier."""
    rows = Deposit.objects.filter(dossier__in=[each.pk for each in dossiers]).order_by("number")
    return {dossier: said for dossier, said in rows.values_list("dossier_id", "content__reponses") if said is not None}


def _own_communes(dossiers: Collection[Dossier]) -> dict[Any, tuple[str, ...]]:
    structures = Structure.objects.filter(pk__in={each.structure_id for each in dossiers}).prefetch_related("communes")
    return {each.pk: tuple(row.code for row in each.communes.all()) for each in structures}


def _request(dossier: Dossier, definition: Definition) -> Request:
    granted = dossier.phase == Dossier.Phase.SUIVI
    return Request(dossier.number, definition.famille, definition.conventionne, granted)
