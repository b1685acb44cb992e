"""The letter that asks for missing pieces."""

import datetime

from maillage.apps.accounts.models import User
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models import PieceRequest


def letter_of_pieces(_request: PieceRequest, *, by: User, at: datetime.datetime) -> StoredFile | None:  # noqa: ARG001
    """The PDF of a request not saved yet, kept for the authority and who files."""
    return None
