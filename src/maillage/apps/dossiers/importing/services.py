"""The verb that takes over the dossiers of a procedure, line by line: what it cannot take is said, and nothing lost.

Each dossier is written whole, in its own transaction: state, deposit, messages, decision. Taken over once, it is left
alone the next time (``Dossier.origin``). The legal clock shows its delay; silence decides nothing on it, since what
was said elsewhere is not known here.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES, has_role
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.frozen import content_of, fingerprint_of
from maillage.apps.dossiers.importing.matching import Matched, matched
from maillage.apps.dossiers.importing.structures import structure_of
from maillage.apps.dossiers.models import Decision, Deposit, Dossier, Message
from maillage.apps.dossiers.moving import write_event
from maillage.apps.dossiers.numbering import next_number
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers import kinds, path
from maillage.core.dossiers.calendar import day_in
from maillage.core.dossiers.definition import Definition, Verb
from maillage.core.dossiers.procedure_file import Imported, read
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput

SOURCE = "demarche-numerique"
VERBS: Mapping[str, Verb] = {
    "en_construction": "deposer",
    "en_instruction": "declarer_complet",
    "accepte": "accepter",
    "refuse": "refuser",
    "sans_suite": "classer",
}
"""The verb of the path whose target is the state of a dossier there."""
SENSES = {"accepte": Decision.Sense.ACCORD, "refuse": Decision.Sense.REFUS}
WITHOUT_MOTIVES = "Motifs non repris : ils n'étaient pas dans le fichier."
HOW = "reprise d'une démarche : notifiée là-bas"


@dataclass(frozen=True)
class Line:
    """What became of a dossier: « repris », « déjà repris » or « écarté » with why; what was left aside of it.

    ``overdue``: the last day of its legal delay, when it is past already.
    """

    number: str
    outcome: str
    here: str = ""
    reason: str = ""
    aside: tuple[tuple[str, str, str], ...] = ()
    files: tuple[str, ...] = ()
    overdue: datetime.date | None = None


@dataclass(frozen=True)
class Wanted:
    """For which kind and authority. ``named``: folded label of a question → code of a field; a trial writes nothing.

    ``nature``: what a structure that is not here yet is (« msp »), the first one of the kind when empty.
    """

    kind: str
    authority: Organisation
    named: Mapping[str, str]
    nature: str = ""
    trial: bool = False


def take_over(content: bytes, wanted: Wanted, *, by: User, at: datetime.datetime) -> tuple[Line, ...]:
    """Take over the dossiers of a file: those decided there need a décideur of the authority; nobody their own team's.

    Raises :class:`NotAllowed`, :class:`BadInput` for what is no such file.
    """
    if not has_role(by, wanted.authority, {Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR}):
        raise NotAllowed("reprendre des dossiers pour cette autorité")
    definition = kinds.kind(wanted.kind, wanted.authority.region)
    if definition.autorite != _family(wanted.authority):
        raise refused("nature", f"« {definition.titre} » ne se dépose pas auprès de « {wanted.authority.nom} ».")
    if wanted.nature and wanted.nature.upper() not in definition.structures:
        raise refused("structure", f"« {definition.titre} » n'est pas une démarche de cette nature de structure.")
    found, unread = read(content)
    lines = [Line(each.number, "écarté", reason=each.reason) for each in unread]
    return (*(_line(each, definition, wanted, by, at) for each in found), *lines)


def _family(authority: Organisation) -> str:
    return "ars" if authority.kind == Organisation.Kind.DELEGATION else authority.kind


def _line(item: Imported, definition: Definition, wanted: Wanted, by: User, at: datetime.datetime) -> Line:
    try:
        with transaction.atomic():
            line = _taken(item, definition, wanted, by, at)
            transaction.set_rollback(wanted.trial)
            return line
    except IntegrityError:
        return Line(item.number, "écarté", reason="Quelqu'un reprend ce fichier en même temps : recommencez.")
    except BadInput as wrong:
        return Line(item.number, "écarté", reason=" ".join(each.message for each in wrong.problems))


def _taken(item: Imported, definition: Definition, wanted: Wanted, by: User, at: datetime.datetime) -> Line:
    origin = f"{SOURCE}:{item.number}"
    here = Dossier.objects.filter(authority=wanted.authority, origin=origin).first()
    if here is not None:
        return Line(item.number, "déjà repris", here=here.number)
    if item.state in SENSES and not has_role(by, wanted.authority, {Role.Name.DECIDEUR}):
        raise refused("etat", "Il y a été décidé : seul un décideur de l'autorité reprend une décision.")
    read_ = matched(definition, item.answers, wanted.named)
    screened({"motifs": item.motivation, **{f"message {n}": each.text for n, each in enumerate(item.messages, 1)}})
    dossier = _dossier(item, definition, wanted, read_, by, at)
    _deposit(dossier, item, read_, by)
    _messages(dossier, item, read_, by)
    if item.state in SENSES:
        _decision(dossier, definition, item, by, at)
    told = {"origine": origin, "etat": dossier.state, "laisse_de_cote": len(read_.aside)}
    write_event(dossier, "reprendre d'une démarche", by=by, at=at, after=told)
    late = dossier.due_on if dossier.due_on and dossier.due_on < day_in(dossier.region, at) else None
    return Line(item.number, "repris", dossier.number, aside=read_.aside, files=read_.files, overdue=late)


def _dossier(
    item: Imported, definition: Definition, wanted: Wanted, read_: Matched, by: User, at: datetime.datetime
) -> Dossier:
    region = wanted.authority.region
    nature = wanted.nature or definition.structures[0].lower()
    structure = structure_of(item, definition, wanted.authority, nature, read_.answers, by=by, at=at)
    if has_role(by, structure.organisation, STRUCTURE_ROLES):
        raise refused("structure", "C'est un dossier de votre propre structure : quelqu'un d'autre doit le reprendre.")
    day = day_in(region, item.submitted_at)
    state = _state(definition, VERBS[item.state])
    phase = definition.state(state).phase
    dossier = Dossier(
        kind=definition.code, number=next_number(definition.numerote, region, day), structure=structure,
        filer=structure.organisation, authority=wanted.authority, region=region,
        departement=structure.organisation.departement, state=state, phase=phase, answers=read_.answers,
        created_at=item.submitted_at, created_by=by, submitted_at=item.submitted_at, received_on=day,
        completed_on=day_in(region, item.reviewed_at) if item.reviewed_at else None,
        closed_at=(item.decided_at or at) if phase == "clos" else None, origin=f"{SOURCE}:{item.number}",
    )  # fmt: skip
    dossier.save()
    set_clock(dossier, today=day_in(region, at))
    dossier.save(update_fields=["due_on", "suspended_since"])
    return dossier


def _state(definition: Definition, verb: Verb) -> str:
    """The state that a verb leads to; that of a deposit when the path of this kind has no such verb."""
    found = [each.target for each in path.moves(definition) if each.verb == verb]
    if not found and verb == "declarer_complet":
        return _state(definition, "deposer")
    if not found:
        raise refused("etat", f"« {definition.titre} » n'a pas d'état pour ce dossier.")
    return found[0]


def _deposit(dossier: Dossier, item: Imported, read_: Matched, by: User) -> None:
    aside = [{"question": question, "reponse": answer, "motif": why} for question, answer, why in read_.aside]
    content = content_of(dossier) | {"repris": {"numero": item.number, "autres": aside, "fichiers": read_.files}}
    Deposit.objects.create(
        dossier=dossier, number=1, at=item.submitted_at, by=by, content=content, fingerprint=fingerprint_of(content)
    )


def _messages(dossier: Dossier, item: Imported, read_: Matched, by: User) -> None:
    for each in item.messages:
        text = f"(repris de la démarche, dossier {item.number}) {each.text}"
        Message.objects.create(dossier=dossier, at=each.at, author=by, text=text)
    if note := "\n".join(_aside(item, read_)):
        screened({"réponses laissées de côté": note})
        Message.objects.create(dossier=dossier, at=item.submitted_at, author=by, text=note, is_internal=True)


def _aside(item: Imported, read_: Matched) -> Iterator[str]:
    if read_.aside:
        yield "Réponses reprises sans champ correspondant :"
        yield from (f"– {question} : {answer} ({why})" for question, answer, why in read_.aside)
    if item.annotations:
        yield "Annotations de l'instruction :"
        yield from (f"– {each.label} : {each.text}" for each in item.annotations if each.values)
    if read_.files:
        yield f"Fichiers à récupérer dans la démarche : {', '.join(read_.files)}."


def _decision(dossier: Dossier, definition: Definition, item: Imported, by: User, at: datetime.datetime) -> None:
    moment = item.decided_at or item.submitted_at
    day = day_in(dossier.region, moment)
    sense = SENSES[item.state]
    motives = item.motivation or (WITHOUT_MOTIVES if sense == Decision.Sense.REFUS else "")
    decision = Decision.objects.create(
        dossier=dossier, number=next_number(f"{definition.numerote}-D", dossier.region, day), sense=sense,
        motives=motives, decided_on=day, at=at, by=by, notified_at=moment, notified_how=HOW,
        from_state=_state(definition, "deposer"),
    )  # fmt: skip
    if sense == Decision.Sense.ACCORD:
        recognising.apply(decision, definition, day=day)
        recognising.publish(decision)


def told(lines: tuple[Line, ...]) -> str:
    """« 3 dossiers repris, 1 déjà repris, 2 écartés »."""
    counts = {word: sum(each.outcome == word for each in lines) for word in ("repris", "déjà repris", "écarté")}
    taken, known, left = counts.values()
    said = f"{french.number(taken)} {french.plural(taken, 'dossier')} repris, {french.number(known)} déjà repris"
    return f"{said}, {french.number(left)} {french.plural(left, 'écarté')}"
