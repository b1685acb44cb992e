"""The rows that a decision writes: a structure recognised on its communes, a conventional mode adhered to.

No Event here: the services that call these write theirs. Every change of a perimeter waits for the one before
(``serialised``), so that two decisions of the same second never hold each other; the constraints of the database say
the last word, and their refusal is told with the communes and the decision that came first.
"""

import datetime
from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction

from maillage.apps.dossiers.models import Agreement, Counter, Decision, Dossier, Perimeter, Recognition
from maillage.apps.dossiers.perimeters import Register, wanted_by
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.structures.models import Structure
from maillage.apps.territories.queries import names_of
from maillage.core.dossiers.definition import Definition
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput

SERIALISED = "perimetres"
ALONE = (Structure.Kind.CPTS, Structure.Kind.ESS)
"""The kinds of which only one may be on a commune."""
REPLACED = "modifiée par la décision {number}"


def apply(decision: Decision, definition: Definition, *, day: datetime.date) -> None:
    """Write what an acceptance makes recognised or agreed. Raises :class:`BadInput` when another came first."""
    if definition.famille == "modification":
        modify(decision, day=day)
    elif definition.reconnait:
        recognise(decision, day=day)
    if definition.conventionne:
        agree(decision, definition, day=day)


def recognise(decision: Decision, *, day: datetime.date) -> Recognition:
    """Put the structure of a dossier in the register, not published yet."""
    dossier = decision.dossier
    serialised()
    former = in_force(dossier.structure)
    if former is not None:
        said = f"« {former.nom} » est déjà reconnue, par la décision {former.decision.number} : "
        raise refused("reconnaissance", f"{said}passez par une modification.")
    return _written(decision, wanted_by(dossier), day)


def modify(decision: Decision, *, day: datetime.date) -> Recognition | None:
    """Replace the recognition in force by another with what changed; ``None`` when nothing of the register changes.

    A structure recognised before this installation is not in its register: there is nothing to replace.
    """
    serialised()
    former = in_force(decision.dossier.structure)
    if former is None:
        return None
    wanted = wanted_by(decision.dossier, former)
    if wanted == Register(former.nom, former.specialite, tuple(communes_of(former))):
        return None
    end(former, day=day, reason=REPLACED.format(number=decision.number))
    return _written(decision, wanted, day, former)


def agree(decision: Decision, definition: Definition, *, day: datetime.date) -> Agreement:
    """Write the conventional mode that the structure adheres to."""
    structure = decision.dossier.structure
    try:
        with transaction.atomic():
            return Agreement.objects.create(
                structure=structure, decision=decision, mode=definition.conventionne, since=day
            )
    except IntegrityError:
        raise _already_agreed(structure) from None


def publish(decision: Decision) -> None:
    """Show in the register what a decision made recognised: it is notified."""
    Recognition.objects.filter(decision=decision).update(is_published=True)


def undo(decision: Decision, *, day: datetime.date, reason: str) -> None:
    """End what a decision wrote, and put back what it had replaced: it is withdrawn."""
    serialised()
    for agreement in Agreement.objects.filter(decision=decision, until=None):
        agreement.until = max(day, agreement.since)
        agreement.save(update_fields=["until"])
    found = Recognition.objects.filter(decision=decision, until=None).select_related("replaces").first()
    if found is None:
        return
    end(found, day=day, reason=reason)
    if found.replaces is not None:
        _reopen(found.replaces)


def drop(decision: Decision, *, reason: str, at: datetime.datetime, day: datetime.date) -> None:
    """Withdraw a decision with what it wrote."""
    decision.withdrawn_at, decision.withdrawn_reason = at, reason
    decision.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    undo(decision, day=day, reason=f"décision {decision.number} retirée")


def end(recognition: Recognition, *, day: datetime.date, reason: str) -> None:
    """End a recognition and its perimeter; never before it began."""
    last = max(day, recognition.since)
    recognition.until, recognition.ended_reason = last, reason[:250]
    recognition.save(update_fields=["until", "ended_reason"])
    recognition.perimeter.filter(until=None).update(until=last)


def in_force(structure: Structure) -> Recognition | None:
    """The recognition of a structure that nothing has ended."""
    rows = Recognition.objects.filter(structure=structure, until=None)
    return rows.select_related("decision").first()


def communes_of(recognition: Recognition) -> list[str]:
    """The communes of a recognition, as they were when it ended."""
    return sorted(recognition.perimeter.filter(until=recognition.until).values_list("commune", flat=True))


def serialised() -> None:
    """Wait until no other decision changes a perimeter, and make the next ones wait for this transaction."""
    Counter.objects.get_or_create(key=SERIALISED)
    Counter.objects.select_for_update().get(key=SERIALISED)


def _written(
    decision: Decision, wanted: Register, day: datetime.date, former: Recognition | None = None
) -> Recognition:
    dossier = decision.dossier
    try:
        with transaction.atomic():
            made = Recognition.objects.create(
                structure=dossier.structure,
                decision=decision,
                kind=dossier.structure.kind,
                nom=wanted.nom,
                region=dossier.region,
                specialite=wanted.specialite,
                finess_ej=former.finess_ej if former else "",
                finess_et=former.finess_et if former else "",
                since=day,
                is_published=False,
                replaces=former,
            )
            Perimeter.objects.bulk_create(_rows(made, wanted))
    except IntegrityError:
        raise _taken(dossier, wanted) from None
    return made


def _rows(made: Recognition, wanted: Register) -> Iterator[Perimeter]:
    for code in wanted.communes:
        yield Perimeter(recognition=made, kind=made.kind, specialite=fold(wanted.specialite), commune=code)


def _reopen(former: Recognition) -> None:
    former_end = former.until
    former.until, former.ended_reason = None, ""
    try:
        with transaction.atomic():
            former.save(update_fields=["until", "ended_reason"])
            former.perimeter.filter(until=former_end).update(until=None)
    except IntegrityError:
        wanted = Register(former.nom, former.specialite, tuple(communes_of(former)))
        raise _taken(former.decision.dossier, wanted) from None


def _taken(dossier: Dossier, wanted: Register) -> BadInput:
    """The communes that another holds, by the decision that gave them."""
    rows = Perimeter.objects.filter(kind=dossier.structure.kind, until=None, commune__in=wanted.communes)
    if dossier.structure.kind == Structure.Kind.ESS:
        rows = rows.filter(specialite=fold(wanted.specialite))
    rows = rows.exclude(recognition__structure=dossier.structure).select_related("recognition__decision")
    held: dict[Recognition, list[str]] = {}
    for row in rows if dossier.structure.kind in ALONE else ():
        held.setdefault(row.recognition, []).append(row.commune)
    if not held:
        why = "Une autre reconnaissance vient d'être écrite pour cette structure : rechargez la page."
        return refused("reconnaissance", why)
    return BadInput(Refusal("territoire", None, _said(each, codes)) for each, codes in held.items())


def _said(other: Recognition, codes: Sequence[str]) -> str:
    names = names_of(codes)
    said = ", ".join(f"{names.get(code, code)} ({code})" for code in sorted(codes))
    places = "La commune" if len(codes) == 1 else "Les communes"
    verb = "est déjà" if len(codes) == 1 else "sont déjà"
    return (
        f"{places} {said} {verb} dans le périmètre de « {other.nom} », "
        f"reconnue par la décision {other.decision.number}."
    )


def _already_agreed(structure: Structure) -> BadInput:
    former = Agreement.objects.filter(structure=structure, until=None).select_related("decision").first()
    said = f"{former.get_mode_display()}, par la décision {former.decision.number}" if former else "un autre mode"
    why = f"Cette structure adhère déjà à : {said}. L'ACI et l'accord national s'excluent."
    return refused("adhesion", why)
