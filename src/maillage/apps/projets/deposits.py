"""Depositing the PDF that a member signed on paper or with a certificate."""

import datetime
import io
from typing import BinaryIO

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.files import services as files
from maillage.apps.projets import signatures
from maillage.apps.projets.deposited_pdf import deposited
from maillage.apps.projets.models import Signature, Version
from maillage.apps.projets.versions import scope_of
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput, Problem


class NotNamed(BadInput):
    """The PDF does not hold the fingerprint of the version (a scan has no text): who deposits confirms."""


def deposit(
    version: Version,
    member: Member | None,
    *,
    name: str,
    content: BinaryIO | None,
    is_confirmed: bool,
    by: User,
    at: datetime.datetime,
) -> Signature:
    """Keep the signed PDF and record the signature of the member.

    ``is_confirmed``: who deposits says that the file is this version, signed by this person. Raises
    :class:`NotAllowed`, :class:`NotNamed` when it is neither read nor confirmed, :class:`BadInput`; nothing is kept.
    """
    if member is None:
        raise BadInput([Problem("signataire", None, "un signataire qui n'a pas encore signé")])
    if content is None:
        raise BadInput([Problem("fichier", None, "le PDF signé")])
    signatures.check_deposit(version, member, by=by)
    whole = files.within_limit(content)
    found = deposited(whole, version.fingerprint)
    if not (found.names_version or is_confirmed):
        expected = "le PDF de cette version : son empreinte n'y est pas lue (un scan ?). Confirmez que c'est bien elle"
        raise NotNamed([Problem("fichier", name[:60], expected)])
    with transaction.atomic():
        kept = files.deposit(
            by=by,
            at=at,
            name=name,
            content=io.BytesIO(whole),
            scope=scope_of(version.projet),
            kinds=("pdf",),
            # The text of the version was screened as it was written, or someone says to have read the file.
            declared_harmless=True,
        )
        return signatures.deposit(version, member, file=kept.pk, found=found, by=by, at=at)
