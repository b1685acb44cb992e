"""The letter that asks for missing pieces."""

import datetime
import io

from maillage.apps.accounts.models import User
from maillage.apps.common.files.services import deposit
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.letters import values_of
from maillage.apps.dossiers.models import PieceRequest
from maillage.apps.dossiers.queries import definition_of
from maillage.core.documents.letters import Letter, LetterSection, letter_pdf
from maillage.core.dossiers import letters as models
from maillage.core.dossiers.delay_words import while_pieces_are_asked
from maillage.core.kernel import french
from maillage.core.text import from_markdown

SIGNED_FOR = "Pour l'autorité, qui instruit le dossier"


def letter_of_pieces(request: PieceRequest, *, by: User, at: datetime.datetime) -> StoredFile:
    """The PDF of a request not saved yet, kept for who files; the authority reads it too.

    Its texts were screened with the request, and it names only who signs.
    """
    dossier = request.dossier
    content = letter_pdf(written(request, by=by, today=day_of(dossier, at)))
    name = f"demande-de-pieces-{dossier.number}.pdf"
    return deposit(
        by=by, at=at, name=name, content=io.BytesIO(content), scope=str(dossier.filer_id), kinds=("pdf",),
        declared_harmless=True,
    )  # fmt: skip


def written(request: PieceRequest, *, by: User, today: datetime.date) -> Letter:
    """The letter of a request: the words of the model of its kind, then each piece with what must be in it."""
    dossier = request.dossier
    model = models.letter_model(definition_of(dossier), "pieces")
    values = {**values_of(dossier, today=today), "repondre_avant": french.day(request.answer_by)}
    return Letter(
        authority=values.get("autorite", ""),
        recipient=(dossier.filer.nom,),
        title=models.finished(model.objet, values),
        number="",
        reference=dossier.number,
        body=from_markdown(models.finished(model.corps, values)),
        made_on=today,
        day=today,
        sections=(
            LetterSection("Pièces demandées", request.text, tuple(_said(each) for each in request.items)),
            LetterSection("Délai légal", _delay_told(request, today)),
        ),
        has_appeal=False,
        signatory=by.full_name,
        quality=SIGNED_FOR,
        is_draft=False,
    )


def _delay_told(request: PieceRequest, today: datetime.date) -> str:
    """Whether the legal delay stands still, since when, and what follows when nothing is sent."""
    dossier = request.dossier
    now = clock_of(dossier, today=today)
    return "\n\n".join(while_pieces_are_asked(definition_of(dossier).delai, now, today))


def _said(item: dict[str, str]) -> str:
    return f"{item['libelle']} : {item['precision']}" if item["precision"] else item["libelle"]
