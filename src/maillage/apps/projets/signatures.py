"""Signatures of a version: each professional for themself with a second factor, or by a signed PDF deposited."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.projets.deposited_pdf import DepositedPdf
from maillage.apps.projets.models import Projet, Signature, Version
from maillage.apps.projets.permissions import may_freeze, signing_member
from maillage.apps.projets.versions import has_changed_since, last_version, scope_of, signatories_of
from maillage.apps.structures.models import Member
from maillage.core.kernel.french import number
from maillage.core.kernel.problems import BadInput, Problem

LONGEST_REASON = 300


@dataclass(frozen=True)
class Line:
    """A signatory of the version to sign. ``earlier`` is the last version they signed before, when they did."""

    member: str
    name: str
    metier: str
    signature: Signature | None
    earlier: int | None


@dataclass(frozen=True)
class Signatures:
    """Where the signatures of a project stand. ``version`` is the one to sign, ``None`` while none was asked.

    ``changed`` says that the project no longer says what was signed: a new version must be named and signed.
    """

    version: Version | None
    lines: tuple[Line, ...]
    changed: bool

    @property
    def given(self) -> int:
        """How many signed."""
        return sum(line.signature is not None for line in self.lines)


def signatures_of(projet: Projet) -> Signatures:
    """Who signed and who has not yet, on the last version whose signatures were asked."""
    version = projet.versions.exclude(asks_signatures_at=None).first()
    if version is None:
        return Signatures(None, (), changed=False)
    standing = Signature.objects.filter(version__projet=projet, withdrawn_at=None).select_related("version", "member")
    given = {str(each.member_id): each for each in standing.filter(version=version)}
    earlier: dict[str, int] = {}
    for each in standing.filter(version__number__lt=version.number).order_by("version__number"):
        earlier[str(each.member_id)] = each.version.number
    lines = tuple(
        Line(
            member=row["id"],
            name=f"{row['prenom']} {row['nom']}".strip(),
            metier=row["metier"],
            signature=given.get(row["id"]),
            earlier=earlier.get(row["id"]),
        )
        for row in signatories_of(version)
    )
    return Signatures(version, lines, changed=has_changed_since(version))


def sign(version: Version, *, by: User, at: datetime.datetime, second_factor: bool) -> Signature:
    """Sign a version as oneself. ``second_factor`` says that the session was confirmed by a second factor just now.

    Raises :class:`NotAllowed` for who does not sign this project, :class:`BadInput` without the second factor or when
    the version is not the one to sign.
    """
    member = signing_member(by, version.projet)
    if member is None:
        raise NotAllowed("signer ce projet")
    if not second_factor:
        raise BadInput([Problem("second facteur", None, "une connexion confirmée à l'instant par un second facteur")])
    return _give(version, member, by=by, at=at, method=Signature.Method.COMPTE, file=None)


def deposit(
    version: Version, member: Member, *, file: uuid.UUID, found: DepositedPdf, by: User, at: datetime.datetime
) -> Signature:
    """Record that a member signed on paper or with a certificate: the PDF was deposited as ``file``.

    Who runs the structure deposits for everyone, a member for themself. Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    check_deposit(version, member, by=by)
    return _give(version, member, by=by, at=at, method=Signature.Method.PDF, file=file, found=found)


def check_deposit(version: Version, member: Member, *, by: User) -> None:
    """Raise :class:`NotAllowed` or :class:`BadInput` when this person may not deposit the signature of this member."""
    if not may_freeze(by, version.projet) and signing_member(by, version.projet) != member:
        raise NotAllowed("déposer la signature de quelqu'un d'autre")
    if member.structure_id != version.projet.structure_id:
        raise BadInput([Problem("membre", str(member.pk), "un membre de l'équipe de ce projet")])
    _check_signable(version, member)


@transaction.atomic
def _give(
    version: Version,
    member: Member,
    *,
    by: User,
    at: datetime.datetime,
    method: Signature.Method,
    file: uuid.UUID | None,
    found: DepositedPdf | None = None,
) -> Signature:
    locked = Version.objects.select_for_update().select_related("projet__structure").get(pk=version.pk)
    _check_signable(locked, member)
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                version=locked,
                member=member,
                method=method,
                fingerprint=locked.fingerprint,
                file=file,
                recorded_by=by,
                at=at,
            )
    except IntegrityError:
        raise BadInput([Problem("membre", str(member), "quelqu'un qui n'a pas déjà signé cette version")]) from None
    told = {"version": locked.number, "membre": str(member.pk), "moyen": method, "empreinte": locked.fingerprint}
    if found:
        told |= {"empreinte lue": found.names_version, "signature électronique": found.is_digital}
    record(by=by, at=at, verb="signer", subject=signature, after=told, scope=scope_of(locked.projet))
    return signature


def _check_signable(version: Version, member: Member) -> None:
    last = last_version(version.projet)
    if version.asks_signatures_at is None:
        raise BadInput([Problem("version", version.number, "une version dont les signatures sont demandées")])
    if last is not None and last.number != version.number:
        raise BadInput([Problem("version", version.number, f"la dernière version, la {last.number}")])
    if str(member.pk) not in {each["id"] for each in signatories_of(version)}:
        raise BadInput([Problem("membre", str(member), "un signataire de l'équipe telle que la version la montre")])


@transaction.atomic
def withdraw(signature: Signature, *, by: User, at: datetime.datetime, reason: str) -> None:
    """Withdraw a signature: one's own, or a deposit that who runs the structure recorded by mistake.

    The row stays, with its end. Raises :class:`NotAllowed`, or :class:`BadInput` without a reason that can be kept.
    """
    found = (
        Signature.objects.select_for_update()
        .select_related("version__projet__structure", "member")
        .get(pk=signature.pk)
    )
    projet = found.version.projet
    if not may_withdraw(found, by=by):
        raise NotAllowed("retirer cette signature")
    said = _reason(reason)
    if found.withdrawn_at:
        raise BadInput([Problem("signature", found.pk, "une signature qui n'est pas déjà retirée")])
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    told = {"version": found.version.number, "membre": str(found.member_id), "motif": said}
    record(by=by, at=at, verb="retirer une signature", subject=found, after=told, scope=scope_of(projet))


def _reason(given: str) -> str:
    said = " ".join(given.split())
    if not said:
        raise BadInput([Problem("motif", None, "pourquoi la signature est retirée, en quelques mots")])
    if len(said) > LONGEST_REASON:
        count = f"{number(len(said))} caractères"
        raise BadInput([Problem("motif", count, f"quelques mots, {LONGEST_REASON} caractères au plus")])
    screened({"motif": said})
    return said


def may_withdraw(signature: Signature, *, by: User) -> bool:
    """Whether a person may withdraw a signature: their own, or a deposit in a structure that they run."""
    projet = signature.version.projet
    deposited = signature.method == Signature.Method.PDF and may_freeze(by, projet)
    return signing_member(by, projet) == signature.member or deposited
