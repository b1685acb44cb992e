"""Sending a dossier: what was written is frozen, numbered, dated, receipted; then amended, completed or withdrawn."""

import datetime
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.files import services as files
from maillage.apps.common.mail import Mail
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.checking import Checked, checked, forbidding
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.completeness import is_unanswered, missing, receiver_of, unanswered_items
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.facts import FACTS, own_of
from maillage.apps.dossiers.frozen import Content, content_of, fingerprint_of, last_deposit
from maillage.apps.dossiers.joining import code_asked, documents_of
from maillage.apps.dossiers.models import Deposit, Dossier, Piece
from maillage.apps.dossiers.moving import allowed, locked, move
from maillage.apps.dossiers.numbering import next_number
from maillage.apps.dossiers.permissions import may_file
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.receipts import receipt_for
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.dossiers.telling import tell
from maillage.apps.notifications.kinds import Kind
from maillage.apps.projets.documents import document, name_of
from maillage.apps.projets.models import Version
from maillage.apps.projets.steps import mark_done
from maillage.core.dossiers.definition import Verb
from maillage.core.kernel.problems import BadInput

FILING_STEP = "depot"
FILED = frozenset({"validation", "engagement"})
"""Families whose deposit is the step « Envoyer le dossier » of the roadmap."""
NOTHING_THERE = "Joignez une pièce de ce qui vous est demandé, ou dites pourquoi elle n'est pas là."
LONGEST_REASON, LONGEST_WORD = 2_000, 300
CONFIRMED, ABSENT = "confirme", "absentes"
"""Keys of the content of a deposit: the unmet checks that its author knew of, the documents asked and not there."""


@dataclass(frozen=True)
class Said:
    """What who files says as they send: why documents are not there, which unmet checks they know of."""

    without: Mapping[str, str] = field(default_factory=dict)
    confirmed: Collection[str] | None = None


@dataclass(frozen=True)
class _Prepared:
    """The PDF of the version of the project, made before the dossier is held."""

    version: Version | None
    name: str = ""
    content: bytes = b""


def deposit(dossier: Dossier, *, confirmed: Collection[str] | None = None, by: User, at: datetime.datetime) -> Deposit:
    """File a dossier: it gets its number, its authority, its day and its receipt.

    ``confirmed``: the codes of the unmet checks that who files read and took upon themselves (see
    :func:`to_confirm`); ``None``: a program, that reads the checks by itself. Raises :class:`NotAllowed`,
    :class:`BadInput` with everything that is missing or forbids it: nothing is written.
    """
    return _sent(dossier, "deposer", "depot", Said(confirmed=confirmed), by=by, at=at)


def amend(dossier: Dossier, *, by: User, at: datetime.datetime) -> Deposit:
    """File a corrected dossier while its path allows; the day of the first deposit stays."""
    return _sent(dossier, "amender", "depot", Said(), by=by, at=at)


def complete(dossier: Dossier, *, without: Mapping[str, str] | None = None, by: User, at: datetime.datetime) -> Deposit:
    """Send what was asked for: the request is answered, the clock goes on from this day of the territory.

    ``without``: why a document of the request is not there, by code; the authority reads it.
    """
    told = {code: " ".join(words.split()) for code, words in (without or {}).items() if words.strip()}
    if long := [code for code, words in told.items() if len(words) > LONGEST_WORD]:
        raise BadInput(Refusal(code, None, f"Dites-le en {LONGEST_WORD} caractères au plus.") for code in long)
    screened(told)
    return _sent(dossier, "completer", "complements", Said(without=told), by=by, at=at)


@transaction.atomic
def withdraw(dossier: Dossier, *, reason: str, by: User, at: datetime.datetime) -> Dossier:
    """Withdraw a filed dossier, saying why. Raises :class:`NotAllowed`, :class:`BadInput`."""
    dossier = locked(dossier.pk)
    if not may_file(by, dossier):
        raise NotAllowed("retirer ce dossier")
    said = reason.strip()
    if not said:
        raise refused("motif", "Dites pourquoi vous retirez ce dossier, en quelques mots.")
    if len(said) > LONGEST_REASON:
        raise refused("motif", "Dites-le en 2 000 caractères au plus.")
    screened({"motif": said})
    allowed(dossier, "retirer", by=by)
    today = day_of(dossier, at)
    _end_suspension(dossier, today)
    dossier.due_on = dossier.suspended_since = None
    move(dossier, "retirer", by=by, at=at, told={"motif": said})
    tell(dossier, "retrait", by=by, at=at, to="instruction")
    return dossier


def obstacles(dossier: Dossier, verb: Verb, said: Said, *, today: datetime.date) -> Iterator[Refusal]:
    """Everything that keeps a dossier from being sent by a verb, in words."""
    for each in missing(dossier):
        if not (each.excusable and each.code in said.without):
            yield Refusal(each.code, None, f"{each.label} : {each.what}")
    if verb == "amender" and not changed_since_deposit(dossier):
        yield Refusal("", None, "Rien n'a changé depuis votre dernier dépôt : il n'y a rien à renvoyer.")
    for check in forbidding(dossier, verb, today=today):
        yield Refusal(check.code, None, f"{check.statement} : {check.why}")
    if verb == "completer" and is_unanswered(dossier) and not said.without:
        yield Refusal("", None, NOTHING_THERE)
    unmet = to_confirm(dossier, verb, today=today)
    if said.confirmed is not None and any(each.code not in said.confirmed for each in unmet):
        yield Refusal(CONFIRMED, None, "Confirmez que vous déposez le dossier sans ce qui manque.")


def to_confirm(dossier: Dossier, verb: Verb, *, today: datetime.date) -> tuple[Checked, ...]:
    """The unmet checks that who files takes upon themselves, when silence would grant the first deposit."""
    delay = definition_of(dossier).delai
    if verb != "deposer" or delay is None or delay.silence != "acceptation":
        return ()
    stops = {each.code for each in forbidding(dossier, verb, today=today)}
    return tuple(each for each in checked(dossier, today=today) if each.state == "manque" and each.code not in stops)


def changed_since_deposit(dossier: Dossier) -> bool:
    """Whether what is written is not what was filed last."""
    last = last_deposit(dossier)
    if last is None:
        return True
    now, before = content_of(dossier), last.content
    made = {each.code for each in documents_of(dossier) if each.origine == "projet"}
    told = [
        (content["reponses"], content["projet"], [(p["code"], p["sha256"]) for p in content["pieces"]])
        for content in (_without(now, made), _without(before, made))
    ]
    return told[0] != told[1]


def receipt_mail(made: Deposit, *, address: str) -> Mail:
    """The message to who filed; ``address`` is the whole address of the receipt."""
    dossier = made.dossier
    text = (
        f"Bonjour,\n\nVotre dossier {dossier.number} est déposé auprès de : {dossier.authority}.\n\n"
        f"Télécharger l'accusé de dépôt : {address}\n\nGardez-le : il porte la date et l'empreinte de ce dépôt.\n"
    )
    return Mail(made.by.email, "Votre dossier est déposé", text)


def _sent(dossier: Dossier, verb: Verb, news: Kind, said: Said, *, by: User, at: datetime.datetime) -> Deposit:
    if not may_file(by, dossier):
        raise NotAllowed("déposer ce dossier")
    prepared = _prepare(dossier, at)
    with transaction.atomic():
        dossier = locked(dossier.pk)
        if not may_file(by, dossier):
            raise NotAllowed("déposer ce dossier")
        allowed(dossier, verb, by=by)
        if prepared.version != (dossier.version if _wants_projet(dossier) else None):
            raise refused("version", "La version du projet vient de changer : relisez, puis recommencez.")
        today = day_of(dossier, at)
        if problems := list(obstacles(dossier, verb, said, today=today)):
            raise BadInput(problems)
        _number(dossier, today, at)
        _join_projet(dossier, prepared, by, at)
        told_of = _told_of(dossier, verb, said, today)
        _answer_request(dossier, verb, said, at, today)
        set_clock(dossier, today=today)
        made = _frozen(dossier, told_of, by, at)
        told = {"depot": made.number, "empreinte": made.fingerprint, "pieces": len(made.content["pieces"])}
        move(dossier, verb, by=by, at=at, told={"numero": dossier.number, **told})
        made.receipt = receipt_for(made, by=by, at=at)
        made.save()
        tell(dossier, news, by=by, at=at, to="tous")
        _mark_roadmap(dossier, verb, by, at, today)
    return made


def _wants_projet(dossier: Dossier) -> bool:
    return any(each.origine == "projet" for each in documents_of(dossier))


def _prepare(dossier: Dossier, at: datetime.datetime) -> _Prepared:
    """Typst takes a second for a long project: its PDF is made before anything is locked."""
    fresh = Dossier.objects.select_related("version__projet__structure__organisation", "structure").get(pk=dossier.pk)
    version = fresh.version
    if version is None or not _wants_projet(fresh):
        return _Prepared(None)
    today = day_of(fresh, at)
    content = document(version.projet, "pdf", today=today, version=version)
    return _Prepared(version, f"{name_of(version.projet, today, version)}.pdf", content)


def _number(dossier: Dossier, today: datetime.date, at: datetime.datetime) -> None:
    """The number, the authority and the days, given once."""
    if not dossier.number:
        dossier.number = next_number(definition_of(dossier).numerote, dossier.region, today)
    dossier.authority = receiver_of(dossier)
    dossier.submitted_at = dossier.submitted_at or at
    dossier.received_on = dossier.received_on or today


def _join_projet(dossier: Dossier, prepared: _Prepared, by: User, at: datetime.datetime) -> None:
    """Put the PDF of the version among the documents, in the place of the one of an earlier deposit."""
    codes = [each.code for each in documents_of(dossier) if each.origine == "projet"]
    if prepared.version is None or not codes:
        return
    dossier.pieces.filter(code__in=codes, withdrawn_at=None).update(withdrawn_at=at)
    stored = files.deposit(
        by=by, at=at, name=prepared.name, content=io.BytesIO(prepared.content),
        scope=str(dossier.structure.organisation_id), kinds=("pdf",), declared_harmless=True,
    )  # fmt: skip
    for code in codes:
        Piece.objects.create(dossier=dossier, code=code, file=stored, added_at=at, added_by=by)


def _told_of(dossier: Dossier, verb: Verb, said: Said, today: datetime.date) -> dict[str, Any]:
    """What the content of the deposit keeps of what was said."""
    told: dict[str, Any] = {}
    if absent := [(words, said.without[code]) for code, words in unanswered_items(dossier) if code in said.without]:
        told[ABSENT] = [{"libelle": words, "pourquoi": why} for words, why in absent]
    if said.confirmed and (unmet := to_confirm(dossier, verb, today=today)):
        told[CONFIRMED] = [{"code": each.code, "enonce": each.statement, "pourquoi": each.why} for each in unmet]
    return told


def _answer_request(dossier: Dossier, verb: Verb, said: Said, at: datetime.datetime, today: datetime.date) -> None:
    request = dossier.piece_requests.filter(answered_at=None).first() if verb == "completer" else None
    if request is not None:
        absent = {code for code, _words in unanswered_items(dossier)} & set(said.without)
        codes = [(item, code_asked(request, item)) for item in request.items]
        request.items = [{**item, "absente": said.without[code]} if code in absent else item for item, code in codes]
        request.answered_at = at
        request.save(update_fields=["items", "answered_at"])
    if verb == "completer":
        _end_suspension(dossier, today)


def _end_suspension(dossier: Dossier, today: datetime.date) -> None:
    for each in dossier.suspensions.filter(until=None):
        each.until = max(today, each.since)
        each.save(update_fields=["until"])


def _frozen(dossier: Dossier, told: Mapping[str, Any], by: User, at: datetime.datetime) -> Deposit:
    last = last_deposit(dossier)
    own = own_of(dossier, today=day_of(dossier, at)).model_dump(mode="json")
    content = {**content_of(dossier), **told, FACTS: own}
    return Deposit(
        dossier=dossier,
        number=last.number + 1 if last else 1,
        at=at,
        by=by,
        content=content,
        fingerprint=fingerprint_of(content),
        version=dossier.version if content["projet"] else None,
    )


def _mark_roadmap(dossier: Dossier, verb: Verb, by: User, at: datetime.datetime, today: datetime.date) -> None:
    if verb == "deposer" and dossier.projet is not None and definition_of(dossier).famille in FILED:
        mark_done(dossier.projet, FILING_STEP, by=by, at=at, day=today)


def _without(content: Content, made: set[str]) -> Content:
    """A content without the documents that Maillage makes: their version tells them."""
    return {**content, "pieces": [each for each in content["pieces"] if each["code"] not in made]}
