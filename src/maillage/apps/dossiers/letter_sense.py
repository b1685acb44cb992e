"""Whether the text of a letter says what was decided: a refusal never carries the words of an acceptance.

The name of the model that a text comes from is kept beside it. A text that nobody changed follows the sense of the
decision; one that was changed is confirmed by who writes it, or started again from the right model.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from maillage.apps.dossiers.letters import PURPOSES, draft_body, model_of
from maillage.apps.dossiers.models import Decision, Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import Refusal
from maillage.core.dossiers.letters import LetterModel
from maillage.core.text import Doc, from_markdown, plain, read

DECIDED = ("accepter", "accepter_sous_conditions", "refuser")


def settled(
    dossier: Dossier, verb: str, body: dict[str, Any], model: str, *, confirmed: bool, today: datetime.date
) -> tuple[dict[str, Any], str, Refusal | None]:
    """The text of a letter for a sense, the model that it comes from, and why it cannot be kept as it is.

    The untouched text of another model is swapped; one that was changed waits for ``confirmed``.
    """
    own = model_of(dossier, verb).code
    if not body or _is_text_of(dossier, verb, read(body), today):
        return body, own, None
    others = [each for each in _verbs(dossier) if model_of(dossier, each).code != own]
    if any(_is_text_of(dossier, each, read(body), today) for each in others):
        return draft_body(dossier, verb, today=today).as_dict(), own, None
    if confirmed:
        return body, own, None
    source = foreign_model(dossier, verb, body, model, today=today)
    if source is None:
        return body, own, None
    return body, source.code, Refusal("lettre", None, _words(source, model_of(dossier, verb)))


def foreign_model(
    dossier: Dossier, verb: str, body: dict[str, Any], model: str, *, today: datetime.date
) -> LetterModel | None:
    """The model of another sense that a text comes from; by its name when it is kept, else by its paragraphs."""
    own, others = model_of(dossier, verb), [model_of(dossier, each) for each in _verbs(dossier)]
    others = [each for each in others if each.code != own.code]
    named = next((each for each in others if each.code == model), None)
    if named is not None or not body:
        return named
    said = set(_paragraphs(read(body)))
    mine = _told(dossier, verb, own, today)
    for each in _verbs(dossier):
        theirs = model_of(dossier, each)
        if theirs.code != own.code and said & (_told(dossier, each, theirs, today) - mine):
            return theirs
    return None


def wrong_letter(decision: Decision) -> str:
    """Why the letter of a decision cannot be signed nor notified: its text is that of another sense; empty when not."""
    verb = PURPOSE_VERBS.get(decision.sense)
    if verb is None or not decision.body:
        return ""
    own = model_of(decision.dossier, verb)
    if decision.letter_model == own.code:
        return ""
    day = decision.decided_on
    found = foreign_model(decision.dossier, verb, decision.body, decision.letter_model, today=day)
    return _words(found, own) if found else ""


PURPOSE_VERBS: Mapping[str, str] = {PURPOSES[verb]: verb for verb in DECIDED}
"""The verb of each sense that a person decides."""


def _verbs(dossier: Dossier) -> list[str]:
    told = {each.verbe for each in definition_of(dossier).transitions}
    return [verb for verb in DECIDED if verb in told]


def _is_text_of(dossier: Dossier, verb: str, body: Doc, today: datetime.date) -> bool:
    said = _flat(body)
    model = model_of(dossier, verb)
    return said in (_flat(from_markdown(model.corps)), _flat(draft_body(dossier, verb, today=today)))


def _told(dossier: Dossier, verb: str, model: LetterModel, today: datetime.date) -> set[str]:
    """The paragraphs of a model, as written and as filled."""
    return {*_paragraphs(from_markdown(model.corps)), *_paragraphs(draft_body(dossier, verb, today=today))}


def _paragraphs(body: Doc) -> Iterator[str]:
    for each in plain(body).splitlines():
        if each.strip():
            yield " ".join(each.split())


def _flat(body: Doc) -> str:
    return " ".join(plain(body).split())


def _words(source: LetterModel, own: LetterModel) -> str:
    return (
        f"Ce texte vient du modèle « {source.titre} », et la décision choisie demande « {own.titre} ». "
        "Repartez du bon modèle, ou relisez le texte et confirmez qu'il dit bien cette décision."
    )
