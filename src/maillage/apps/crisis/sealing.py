"""The sealed version of a crisis plan: what it says, its document, its fingerprint."""

import datetime
from typing import Any

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.sealing import fingerprint_of
from maillage.apps.crisis.models import CrisisPlan, CrisisPlanVersion
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member
from maillage.core.activity.risks import risks
from maillage.core.documents.crisis_files import plan_pdf
from maillage.core.kernel import french

Content = dict[str, Any]
DATED = ("numero", "publie_par", "publie_le")
"""What tells a version from another that says the same."""


def seal(plan: CrisisPlan, *, by: User, at: datetime.datetime) -> CrisisPlanVersion:
    """Write the version of a plan. Call it in the transaction that publishes it."""
    content = content_of(plan, by=by, at=at)
    pdf = plan_pdf(content, today=timezone.localdate(at))
    return CrisisPlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        review_on=plan.review_on,
        content=content,
        pdf=pdf,
        fingerprint=fingerprint_of(pdf),
        at=at,
        by=by,
    )


def is_same(plan: CrisisPlan, version: CrisisPlanVersion, *, by: User, at: datetime.datetime) -> bool:
    """Whether a version already says what the plan says."""
    now, then = content_of(plan, by=by, at=at), version.content
    return all(then.get(name) == value for name, value in now.items() if name not in DATED)


def is_intact(version: CrisisPlanVersion) -> bool:
    """Whether the document is still the one that was sealed."""
    return fingerprint_of(bytes(version.pdf)) == version.fingerprint


def content_of(plan: CrisisPlan, *, by: User, at: datetime.datetime) -> Content:
    """What a version says: plain JSON values, in French. Who left the team is in it no more."""
    day = timezone.localdate(at)
    mobilisables = [each for each in plan.mobilisables.select_related("member") if is_here(each.member, day)]
    return {
        "structure": plan.structure.nom,
        "numero": plan.version,
        "a_revoir_le": french.day(plan.review_on) if plan.review_on else "",
        "alerte": plan.alert,
        "cellule": plan.cell,
        "coordination": plan.coordination,
        "information": plan.information,
        "retour": plan.recovery,
        "fonctions": [
            [each.function, _name(each.member, day), _name(each.deputy, day), each.tasks]
            for each in plan.roles.select_related("member", "deputy")
        ],
        "mobilisables": [
            [str(each.member), name_of(each.member.metier), each.skills, each.availability, each.reach]
            for each in mobilisables
        ],
        "contacts": [[each.organisation, each.purpose, each.phone, each.email] for each in plan.contacts.all()],
        "procedures": [
            {"risque": risk_name(each.risk), "intitule": each.title, "etapes": each.steps}
            for each in plan.procedures.all()
        ],
        "publie_par": by.full_name,
        "publie_le": french.day(timezone.localdate(at)),
    }


def is_here(member: Member | None, day: datetime.date) -> bool:
    """Whether a member is of the team on a day."""
    return member is not None and (member.left_on is None or member.left_on > day)


def _name(member: Member | None, day: datetime.date) -> str:
    return str(member) if is_here(member, day) else ""


def risk_name(code: str) -> str:
    """A kind of risk in words."""
    found = risks().get(code)
    return found.title if found else "Tous les risques"
