"""What the documents of an assembly say: plain JSON values, in French."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.sealing import clock
from maillage.apps.governance.counting import places_of, quorum_of
from maillage.apps.governance.models import Assembly, Convocation, Resolution, Voter
from maillage.apps.governance.wording import facts, quorum_words, voices_words
from maillage.core.kernel import french
from maillage.core.projet.assemblies import Count, Place

Content = dict[str, Any]
PLACES: dict[Place, str] = {
    "present": "présent",
    "distance": "présent à distance",
    "represente": "représenté",
    "represente_distance": "représenté",
    "absent": "absent",
}
POWER = "À remplir seulement si vous ne pouvez pas venir."
SECOND = "La première assemblée, le {day}, n'avait pas le quorum."


def convocation_content(assembly: Assembly) -> Content:
    """What a convocation says."""
    meeting = assembly.meeting
    first = assembly.first
    day = timezone.localdate(first.meeting.starts_at) if first else None
    return {
        **_head(assembly),
        "seconde": SECOND.format(day=french.day(day)) if day else "",
        "ordre": meeting.agenda.splitlines(),
        "resolutions": [
            {**_of_resolution(each, rank), "maniere": _way(each)} for rank, each in enumerate(_kept(assembly), 1)
        ],
        "regles": [{"nom": name, "valeur": value} for name, value in facts(assembly.rules)],
        "pouvoir": f"{POWER} {_powers(assembly)}",
        "quand": french.day(timezone.localdate(meeting.starts_at)),
    }


def minutes_content(assembly: Assembly, *, number: int, reason: str, by: User, at: datetime.datetime) -> Content:
    """What the minutes say, as the assembly is when they are sealed."""
    voters = list(assembly.voters.select_related("member", "college", "power__holder__member"))
    where = places_of(assembly, voters)
    quorum = quorum_of(assembly)
    apart = quorum.by_college is not False
    rows = [_count("Tous", quorum.whole), *(_count(each.name, each, is_asked=apart) for each in quorum.colleges)]
    sealed = f"{french.day(timezone.localdate(at))} à {clock(timezone.localtime(at))}"
    return {
        **_head(assembly),
        "numero": str(number),
        "raison": reason,
        "quorum": {"lignes": rows, "resultat": quorum_words(quorum)},
        "compte_rendu": assembly.meeting.report.splitlines(),
        "resolutions": [_voted(each, rank) for rank, each in enumerate(_kept(assembly), 1)],
        "presences": [_presence(each, where[each.pk]) for each in voters],
        "convocations": [_sent(each) for each in assembly.convocations.order_by("number")],
        "preside": str(assembly.chair or french.UNKNOWN),
        "secretaire": str(assembly.secretary or french.UNKNOWN),
        "cloture": f"Scellé par {by.full_name} le {sealed}.",
    }


def _head(assembly: Assembly) -> Content:
    meeting, start = assembly.meeting, timezone.localtime(assembly.meeting.starts_at)
    rules = assembly.rules
    told = [
        ("Organe", assembly.body.nom),
        ("Date", french.day(start.date())),
        ("Heure", clock(start)),
        ("Lieu", meeting.place or french.UNKNOWN),
        ("Règles", f"{rules.nom} ({rules.article})" if rules and rules.article else str(rules or french.UNKNOWN)),
    ]
    return {
        "structure": assembly.body.structure.nom,
        "entite": str(assembly.body.entity or assembly.body.structure),
        "sujet": meeting.title,
        "faits": [{"nom": name, "valeur": value} for name, value in told],
    }


def _kept(assembly: Assembly) -> Sequence[Resolution]:
    rows = assembly.resolutions.exclude(state=Resolution.State.RETIREE).select_related("elects")
    return list(rows.prefetch_related("candidates__member", "ballots__voter__member"))


def _of_resolution(resolution: Resolution, rank: int) -> Content:
    return {"numero": rank, "titre": resolution.title, "texte": resolution.text.splitlines()}


def _way(resolution: Resolution) -> str:
    what = "élection" if resolution.kind == Resolution.Kind.ELECTION else "vote"
    return f"{what} {resolution.get_way_display()}"


def _voted(resolution: Resolution, rank: int) -> Content:
    names: list[Content] = []
    columns = ["Membre", "Voix"]
    if resolution.kind == Resolution.Kind.ELECTION:
        columns = ["Candidat", "Résultat"]
        names = [{"qui": str(each), "quoi": _candidate(each)} for each in resolution.candidates.all()]
    elif resolution.way == Resolution.Way.NOMINAL:
        names = [{"qui": str(each.voter), "quoi": each.get_choice_display()} for each in resolution.ballots.all()]
    return {
        **_of_resolution(resolution, rank),
        "maniere": _way(resolution).capitalize() + ".",
        "voix": voices_words(resolution),
        "colonnes": columns,
        "noms": names,
        "resultat": f"Résultat : {resolution.get_outcome_display() or french.UNKNOWN}.",
    }


def _candidate(candidate: Any) -> str:
    voices = (
        french.UNKNOWN
        if candidate.voices is None
        else f"{candidate.voices} {french.plural(candidate.voices, 'voix', 'voix')}"
    )
    return f"{voices} · {'élu' if candidate.is_elected else 'non élu'}"


def _presence(voter: Voter, place: Place) -> Content:
    words = PLACES[place]
    if place.startswith("represente"):
        words = f"{words} par {voter.power.holder.member}"
    return {"nom": str(voter.member), "college": str(voter.college or ""), "presence": words}


def _count(name: str, count: Count, *, is_asked: bool = True) -> Content:
    return {
        "nom": name,
        "appeles": str(count.called),
        "presents": str(count.present),
        "distance": str(count.remote),
        "representes": str(count.represented),
        "besoin": "–" if not is_asked else french.UNKNOWN if count.needed is None else str(count.needed),
    }


def _sent(convocation: Convocation) -> str:
    count = convocation.dispatches.exclude(state="echec").count()
    day = french.day(timezone.localdate(convocation.at))
    members = french.plural(count, "membre")
    return f"Convocation nº {convocation.number}, le {day}, à {count} {members}. Empreinte : {convocation.fingerprint}."


def _powers(assembly: Assembly) -> str:
    most = assembly.rules.powers_most if assembly.rules else None
    if most is None:
        return f"Nombre de pouvoirs par personne : {french.UNKNOWN}."
    if most == 0:
        return "Les statuts ne permettent pas de voter par pouvoir."
    return f"Une personne reçoit au plus {most} {french.plural(most, 'pouvoir')}."
