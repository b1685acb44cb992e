"""An act asked twice under the same key is done once: a software that lost the answer asks again without fear."""

import datetime
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from maillage.apps.connections.models import ApiAct, ApiToken
from maillage.core.kernel.problems import BadInput, Problem

LONGEST = 80
OTHER = "une autre clé : celle-ci a déjà servi à une autre demande"


def once(
    token: ApiToken, key: str, asked: bytes, do: Callable[[], dict[str, Any]], *, at: datetime.datetime
) -> tuple[dict[str, Any], bool]:
    """What ``do`` answers, done in one transaction; and whether it was done before (then nothing is done again).

    Two calls at the same moment wait for one another. An act that is refused keeps nothing: it may be asked again.
    Raises :class:`BadInput` when the key has served for something else than ``asked``.
    """
    with transaction.atomic():
        if not key:
            return do(), False
        if len(key) > LONGEST:
            raise BadInput([Problem("Idempotency-Key", key, f"une clé d'au plus {LONGEST} caractères")])
        print_of = hashlib.sha256(asked).hexdigest()
        row, made = ApiAct.objects.get_or_create(
            token=token, key=key, defaults={"fingerprint": print_of, "at": at, "answer": {}}
        )
        if not made:
            if row.fingerprint != print_of:
                raise BadInput([Problem("Idempotency-Key", key, OTHER)])
            return dict(row.answer), True
        row.answer = do()
        row.save(update_fields=["answer"])
        return row.answer, False
