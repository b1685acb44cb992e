"""The letter of a decision: its draft from the model of its kind, and its file."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.copies import copied_to
from maillage.apps.dossiers.models import Decision, Dossier, Proposal
from maillage.apps.dossiers.perimeters import answers_of, wanted_by
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.territories.queries import names_of
from maillage.core.documents.letters import LETTER_FILES, Letter, LetterSection, unready
from maillage.core.dossiers import letters as models
from maillage.core.dossiers.definition import Definition, Silence
from maillage.core.dossiers.letters import LetterModel
from maillage.core.kernel import french
from maillage.core.kernel.french import UNKNOWN
from maillage.core.kernel.problems import BadInput
from maillage.core.text import Doc, from_markdown, read

PURPOSES = {
    "accepter": "accord",
    "accepter_sous_conditions": "conditions",
    "refuser": "refus",
    "constater_silence": "silence",
    "accord": "accord",
    "conditions": "conditions",
    "refus": "refus",
    "silence_accord": "silence",
    "silence_refus": "silence",
}
"""What a letter is for, by verb and by sense."""
SILENCES: dict[Silence, str] = {
    "acceptation": "il vaut accord",
    "refus": "il vaut refus",
    "aucun": "il ne vaut pas décision",
    "a_confirmer": UNKNOWN,
}
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def model_of(dossier: Dossier, verb: str) -> LetterModel:
    """The model of the letter of a verb, or of the sense of a decision."""
    definition = definition_of(dossier)
    if verb == Decision.Sense.SILENCE_REFUS:
        return models.all_models(definition.pack)["silence_refus"]
    if verb == "accepter" or verb == Decision.Sense.ACCORD:
        named = {each.pour for each in definition.courriers}
        return models.letter_model(definition, "recepisse" if "recepisse" in named - {"accord"} else "accord")
    return models.letter_model(definition, PURPOSES[verb])


def draft_body(dossier: Dossier, verb: str, *, today: datetime.date) -> Doc:
    """The first text of a letter: that of the model, with what is known; the rest stays between braces."""
    return models.filled_doc(from_markdown(model_of(dossier, verb).corps), values_of(dossier, today=today))


def letter_text(decision: Decision) -> Doc:
    """The text of the letter of a decision, with what is known; the rest stays between braces."""
    model = model_of(decision.dossier, decision.sense)
    body = read(decision.body) if decision.body else from_markdown(model.corps)
    return models.filled_doc(body, values_of(decision.dossier, today=decision.decided_on, decision=decision))


def letter_of(decision: Decision) -> Letter:
    """The letter of a decision, as it stands: a draft while it waits for something."""
    dossier = decision.dossier
    values = values_of(dossier, today=decision.decided_on, decision=decision)
    model = model_of(dossier, decision.sense)
    body = read(decision.body) if decision.body else from_markdown(model.corps)
    conditions = [condition_words(each.text, each.due_on) for each in decision.conditions.all()]
    made = Letter(
        authority=values["autorite"],
        recipient=_recipient(dossier),
        title=models.finished(model.objet, values),
        number=decision.number,
        reference=dossier.number,
        body=models.finished_doc(body, values),
        made_on=decision.decided_on,
        day=decision.decided_on,
        sections=tuple(sections(decision.motives, conditions)),
        appeal=decision.appeal,
        signatory=decision.signatory,
        quality=decision.signatory_quality,
        copies=decision.copied_to or copied_to(dossier),
        is_draft=False,
    )
    return replace(made, is_draft=decision.signed_on is None and bool(unready(made)))


def draft_letter(dossier: Dossier, proposal: Proposal, *, today: datetime.date) -> Letter:
    """The letter of a proposal, before any decision."""
    values = values_of(dossier, today=today)
    model = model_of(dossier, proposal.verb)
    body = read(proposal.body) if proposal.body else from_markdown(model.corps)
    conditions = [
        condition_words(each["text"], datetime.date.fromisoformat(each["due_on"]) if each.get("due_on") else None)
        for each in proposal.conditions
    ]
    return Letter(
        authority=values["autorite"],
        recipient=_recipient(dossier),
        title=models.finished(model.objet, values),
        number="",
        reference=dossier.number,
        body=models.finished_doc(body, values),
        made_on=today,
        sections=tuple(sections(proposal.motives, conditions)),
        appeal=proposal.appeal or definition_of(dossier).recours,
        copies=copied_to(dossier),
    )


def letter_file(decision: Decision, kind: str) -> bytes:
    """The letter as a file of one of :data:`MIME`."""
    return LETTER_FILES[kind](letter_of(decision))


def name_of(decision: Decision, kind: str) -> str:
    """The name of the file of a letter."""
    return f"decision-{decision.number}.{kind}"


def sections(motives: str, conditions: Iterable[str]) -> Iterable[LetterSection]:
    """The motives and the conditions, each under its heading when there is one."""
    if motives:
        yield LetterSection("Motifs", motives)
    if told := tuple(conditions):
        yield LetterSection("Conditions", "", told)


def condition_words(text: str, due_on: datetime.date | None) -> str:
    """A condition with its day, in a letter."""
    return f"{text.rstrip('.')}, avant le {french.day(due_on)}." if due_on else text


def values_of(dossier: Dossier, *, today: datetime.date, decision: Decision | None = None) -> dict[str, str]:
    """What the placeholders of a letter say; what is not known is left out."""
    definition = definition_of(dossier)
    told = {
        "structure": dossier.structure.nom,
        "dossier": dossier.number,
        "demarche": definition.titre,
        "depose_le": french.day(dossier.received_on) if dossier.received_on else "",
        "autorite": dossier.authority.nom if dossier.authority else "",
        "decideur": definition.decide,
        "decideur_majuscule": definition.decide[:1].upper() + definition.decide[1:],
        "numero": decision.number if decision else "",
        "date": french.day(decision.decided_on) if decision else "",
        "communes": _communes(dossier),
        **_identity(dossier),
        **_delay(dossier, definition, today),
    }
    return {name: value for name, value in told.items() if value}


def _identity(dossier: Dossier) -> dict[str, str]:
    """Who carries the structure, where, their FINESS numbers: those of the register, else the answers."""
    answers, recognition = answers_of(dossier), recognising.in_force(dossier.structure)

    def said(*codes: str) -> str:
        return next((str(answers[code]).strip() for code in codes if answers.get(code)), "")

    return {
        "gestionnaire": said("gestionnaire_nom") or _carrier(dossier),
        "gestionnaire_adresse": said("gestionnaire_adresse"),
        "adresse": said("adresse"),
        "finess_ej": (recognition.finess_ej if recognition else "") or said("gestionnaire_finess", "finess_ej"),
        "finess_et": (recognition.finess_et if recognition else "") or said("finess_et"),
    }


def _recipient(dossier: Dossier) -> tuple[str, ...]:
    names = (dossier.filer.nom, _identity(dossier)["gestionnaire"])
    return tuple(dict.fromkeys(name for name in names if name))


def _carrier(dossier: Dossier) -> str:
    row = dossier.structure.legal_entities.filter(state="constituee").exclude(nom="").first()
    return row.nom if row else ""


def _communes(dossier: Dossier) -> str:
    try:
        codes = wanted_by(dossier).communes
    except BadInput:
        return ""
    names = names_of(codes)
    return ", ".join(sorted(names.get(code, code) for code in codes))


def _delay(dossier: Dossier, definition: Definition, today: datetime.date) -> dict[str, str]:
    now = clock_of(dossier, today=today)
    if definition.delai is None:
        return {}
    return {
        "echeance": french.day(now.due) if now and now.due else "",
        "silence": SILENCES[definition.delai.silence],
        "silence_source": definition.delai.silence_source,
    }
