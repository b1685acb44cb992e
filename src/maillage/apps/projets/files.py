"""Files of a project: images of its texts, signed PDF."""

import datetime
import uuid
from typing import IO

from maillage.apps.accounts.models import User
from maillage.apps.common.files import services as files
from maillage.apps.common.files.examining import INLINE
from maillage.apps.common.models import StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets.models import Projet, Signature
from maillage.apps.projets.permissions import is_of_the_team, may_write
from maillage.apps.projets.versions import scope_of

IMAGES = ("png", "jpg")
"""What a text may hold, once drawn again."""


def deposit_image(projet: Projet, *, name: str, content: IO[bytes], by: User, at: datetime.datetime) -> StoredFile:
    """Keep an image for the texts of a project. Raises :class:`NotAllowed`, :class:`BadInput`; nothing is kept then."""
    if not may_write(by, projet):
        raise NotAllowed("déposer une image dans ce projet")
    return files.deposit(by=by, at=at, name=name, content=content, scope=scope_of(projet), kinds=IMAGES)


def file_of(projet: Projet, file: uuid.UUID, person: User) -> StoredFile | None:
    """A file of a project, for who may see the project; its signed PDF, for its team only."""
    found = StoredFile.objects.filter(pk=file, scope=scope_of(projet)).first()
    if found is None or found.content_type in INLINE:
        return found
    signed = Signature.objects.filter(version__projet=projet, file=found.pk).exists()
    return found if signed and is_of_the_team(person, projet) else None
