"""What a dossier still lacks before it may be sent: answers, documents, who files it, who receives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers.authorities import absence_of, authority_for
from maillage.apps.dossiers.joining import FREE, code_asked, documents_of, is_free
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.answers import asked, counted
from maillage.core.dossiers.definition import DocumentData, FieldData

Kind = Literal["champ", "piece", "deposant", "autorite"]


@dataclass(frozen=True)
class Missing:
    """Something that is missing: its code, its name, what to do, the name of the page where it is done."""

    kind: Kind
    code: str
    label: str
    what: str
    link: str
    excusable: bool = False
    """Whether a word may be said in its place: a document of the open request."""

    @property
    def anchor(self) -> str:
        """Where it stands in its page."""
        return f"champ-{self.code}" if self.kind == "champ" else f"piece-{self.code}" if self.kind == "piece" else ""


def missing(dossier: Dossier) -> tuple[Missing, ...]:
    """Everything that keeps a dossier from being sent, in the order in which one fills it."""
    return tuple(_missing(dossier))


def unanswered(dossier: Dossier) -> tuple[FieldData, ...]:
    """The required questions without an answer."""
    definition = definition_of(dossier)
    answers = counted(definition, dossier.answers)
    return tuple(each for each in asked(definition, answers) if each.obligatoire and each.code not in answers)


def not_joined(dossier: Dossier) -> tuple[DocumentData, ...]:
    """The required documents that are not there."""
    joined = set(dossier.pieces.filter(withdrawn_at=None).values_list("code", flat=True))
    return tuple(
        each
        for each in documents_of(dossier)
        if each.obligatoire and (dossier.version_id is None if each.origine == "projet" else each.code not in joined)
    )


def _missing(dossier: Dossier) -> Iterator[Missing]:
    definition = definition_of(dossier)
    for field in unanswered(dossier):
        yield Missing("champ", field.code, field.libelle, "Répondez à cette question.", "dossier_formulaire")
    wanted = {code for code, _words in unanswered_items(dossier)}
    lacking = not_joined(dossier)
    for document in lacking:
        what = "Choisissez une version du projet." if document.origine == "projet" else "Joignez ce document."
        yield Missing("piece", document.code, document.libelle, what, "dossier_pieces", document.code in wanted)
    told = {each.code for each in lacking}
    for code, words in unanswered_items(dossier):
        if is_free(code) and code not in told:
            what = "Joignez ce qui vous est demandé, ou dites pourquoi ce n'est pas là."
            yield Missing("piece", code, words, what, "dossier_pieces", True)
    if definition.depose_par == "collectivite" and dossier.filer.kind != Organisation.Kind.COLLECTIVITE:
        yield Missing("deposant", "deposant", "La collectivité qui dépose", "Choisissez-la.", "dossier_deposer")
    if receiver_of(dossier) is None:
        what = "Téléchargez votre dossier et envoyez-le par vos moyens habituels."
        yield Missing("autorite", "autorite", absence_of(definition), what, "dossier_deposer")


def receiver_of(dossier: Dossier) -> Organisation | None:
    """Who receives a dossier: who received it already, else the authority of the place; never who files it."""
    if dossier.authority is not None:
        return dossier.authority
    apart = (dossier.filer_id, dossier.structure.organisation_id)
    return authority_for(definition_of(dossier), dossier.region, dossier.departement, apart=apart)


def unanswered_items(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The items of the open request for which there is nothing at all: the code of the document, its name.

    One that the definition leaves optional never keeps a dossier from being sent; a word may be said of it too.
    """
    request = dossier.piece_requests.filter(answered_at=None).first()
    if request is None:
        return
    joined = dossier.pieces.filter(withdrawn_at=None)
    codes = set(joined.values_list("code", flat=True))
    any_other = joined.filter(code=FREE, added_at__gte=request.at).exists()
    made = {each.code for each in documents_of(dossier) if each.origine == "projet"}
    for item in request.items:
        code = code_asked(request, item)
        here = code in codes or (is_free(code) and any_other) or (code in made and dossier.version_id is not None)
        if not here:
            yield code, item["libelle"]


def is_unanswered(dossier: Dossier) -> bool:
    """Whether nothing at all answers the open request."""
    request = dossier.piece_requests.filter(answered_at=None).first()
    return request is not None and len(list(unanswered_items(dossier))) == len(request.items)
