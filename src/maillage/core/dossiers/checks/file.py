"""Checks of the file itself: its documents, its answers, the project that it sends."""

from maillage.core.dossiers.checks.facts import Facts
from maillage.core.dossiers.checks.registry import Parameters, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french

SHOWN = 6


class SignedParameters(Parameters):
    """``piece``: the document that carries the signatures, when they were given on paper; without it, the project."""

    piece: str = ""


class HeadingsParameters(Parameters):
    """Nothing: the headings are those of the structure in its region."""


class AnswerParameters(Parameters):
    """``champ``: a question; ``vaut``: the answers that meet the check (any answer when it is empty); ``manque``: what
    to say otherwise."""

    champ: str
    vaut: tuple[bool | str, ...] = ()
    manque: str = ""


class DocumentsParameters(Parameters):
    """``pieces``: codes of documents; ``une_suffit``: one of them is enough."""

    pieces: tuple[str, ...]
    une_suffit: bool = False


@rule("projet_signe", SignedParameters)
def signed(facts: Facts, asked: SignedParameters) -> Finding:
    """Le projet de santé est signé par toutes les personnes qui le signent, et n'a pas changé depuis."""
    documents = (asked.piece,) if asked.piece else facts.project_documents
    found = facts.own.signatures
    if found is None and asked.piece and facts.documents.get(asked.piece):
        told = f"« {facts.document(asked.piece)} » est joint, sans signature dans Maillage."
        return Finding("inconnu", told, "Vérifiez les signatures sur le document.", documents=documents)
    if found is None:
        missing = "Nommez une version du projet et demandez les signatures."
        return Finding("manque", "Aucune signature n'a été demandée.", missing, documents=documents)
    given = f"{found.donnees} {french.plural(found.donnees, 'signature')} sur {found.attendues}"
    told = f"Version {found.version} : {given}."
    if found.attendues == 0:
        return Finding("inconnu", told, "Personne ne doit signer cette version.", documents=documents)
    if found.change:
        missing = "Le projet a changé depuis : nommez une nouvelle version et faites-la signer."
        return Finding("manque", told, missing, documents=documents)
    if found.donnees < found.attendues:
        left = found.attendues - found.donnees
        missing = f"Il manque {left} {french.plural(left, 'signature')}."
        return Finding("manque", told, missing, documents=documents)
    return Finding("remplie", told, documents=documents)


@rule("rubriques_completes", HeadingsParameters)
def headings(facts: Facts, _asked: HeadingsParameters) -> Finding:
    """Chaque rubrique obligatoire du projet de santé est écrite et marquée « prête »."""
    waiting, documents = facts.own.rubriques, facts.project_documents
    if waiting is None:
        return Finding("inconnu", "Ce dossier n'a pas de projet dans Maillage.", documents=documents)
    if not waiting:
        return Finding("remplie", "Toutes les rubriques obligatoires sont prêtes.", documents=documents)
    more = len(waiting) - SHOWN
    shown = f"{' ; '.join(waiting[:SHOWN])}{f' ; et {more} de plus' if more > 0 else ''}"
    count = len(waiting)
    told = f"{count} {french.plural(count, 'rubrique obligatoire', 'rubriques obligatoires')} à finir."
    return Finding("manque", told, f"À finir : {shown}.", documents=documents)


@rule("reponse_vaut", AnswerParameters)
def answer(facts: Facts, asked: AnswerParameters) -> Finding:
    """La réponse à une question du formulaire est une de celles que le texte demande."""
    fields = (asked.champ,)
    label = facts.label(asked.champ)
    told = f"{label} : {facts.said(asked.champ)}."
    if facts.given(asked.champ) is None:
        return Finding("inconnu", told, fields=fields)
    wanted = {each if isinstance(each, str) else {True: "True", False: "False"}[each] for each in asked.vaut}
    given = set(facts.chosen(asked.champ))
    if not asked.vaut or given & _with_words(wanted):
        return Finding("remplie", told, fields=fields)
    return Finding("manque", told, asked.manque or "La réponse n'est pas celle que le texte demande.", fields=fields)


@rule("piece_presente", DocumentsParameters)
def documents(facts: Facts, asked: DocumentsParameters) -> Finding:
    """Les pièces que le texte demande sont jointes. Ce qu'elles disent reste à lire."""
    there = [each for each in asked.pieces if facts.documents.get(each)]
    absent = [each for each in asked.pieces if not facts.documents.get(each)]
    told = f"Joint : {_documents(facts, there)}." if there else "Aucune de ces pièces n'est jointe."
    if not absent or (there and asked.une_suffit):
        return Finding("remplie", told, documents=asked.pieces)
    what = "Joignez l'une de ces pièces" if asked.une_suffit else "À joindre"
    return Finding("manque", told, f"{what} : {_documents(facts, absent)}.", documents=asked.pieces)


def _documents(facts: Facts, codes: list[str]) -> str:
    return ", ".join(f"« {facts.document(each)} »" for each in codes)


def _with_words(wanted: set[str]) -> set[str]:
    """« oui » is the same as true, whatever way the answer was kept."""
    words = {"True": {"True", "oui"}, "False": {"False", "non"}}
    return set().union(*(words.get(each, {each}) for each in wanted))
