"""The receipt of a deposit, made and kept when it is sent."""

import datetime
import io

from maillage.apps.accounts.models import User
from maillage.apps.common.files import services as files
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Deposit, Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.documents.receipts import Receipt, receipt_pdf
from maillage.core.dossiers.calendar import ZONES_OF_REGIONS, zone_of
from maillage.core.dossiers.delay_words import sentences
from maillage.core.kernel import french

PLACES = {
    "01": "de Guadeloupe",
    "02": "de Martinique",
    "03": "de Guyane",
    "04": "de La Réunion",
    "06": "de Mayotte",
}


def moment_of(dossier: Dossier, at: datetime.datetime) -> str:
    """Day, hour and time zone of a place: « 22 novembre 2026 à 10 h 00 (heure de Paris, UTC+01:00) »."""
    local = at.astimezone(zone_of(dossier.region))
    place = PLACES[dossier.region] if dossier.region in ZONES_OF_REGIONS else "de Paris"
    offset = f"{local:%z}"
    return f"{french.day(local.date())} à {local:%H} h {local:%M} (heure {place}, UTC{offset[:3]}:{offset[3:]})"


def receipt_for(deposit: Deposit, *, by: User, at: datetime.datetime) -> StoredFile:
    """Make and keep the receipt of a deposit, in the transaction that files it."""
    dossier = deposit.dossier
    definition = definition_of(dossier)
    today = day_of(dossier, at)
    clock = clock_of(dossier, today=today)
    delay = definition.delai
    receipt = Receipt(
        title=definition.titre,
        rank=deposit.number,
        number=dossier.number,
        moment=moment_of(dossier, at),
        day=today,
        by=by.full_name,
        receiver=dossier.authority.nom if dossier.authority else french.UNKNOWN,
        content=deposit.content,
        fingerprint=deposit.fingerprint,
        delay=sentences(definition, clock.due if clock else None),
        source=delay.source if delay else "",
    )
    return files.deposit(
        by=by, at=at, name=f"accuse-de-depot-{dossier.number}-{deposit.number}.pdf",
        content=io.BytesIO(receipt_pdf(receipt)), scope=str(dossier.structure.organisation_id), kinds=("pdf",),
        # Its words were screened as they were written.
        declared_harmless=True,
    )  # fmt: skip
