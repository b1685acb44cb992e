"""The verbs on what is voted: add, change, order, withdraw; count the voices; elect."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import NotNow, check_unchanged, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.governance.counting import places_of, quorum_of, share
from maillage.apps.governance.inputs import CandidateFields, ResolutionFields, VoicesFields
from maillage.apps.governance.models import (
    Assembly,
    Ballot,
    Body,
    Candidate,
    CollegeVoices,
    Resolution,
    Voter,
    VotingRules,
)
from maillage.apps.governance.services.assemblies import opened
from maillage.apps.governance.writing import created, member_of, saved
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.assemblies import Votes, outcome_of

State, Way, Kind = Resolution.State, Resolution.Way, Resolution.Kind
ByCollege, UNKNOWN = VotingRules.ByCollege, Resolution.Outcome.A_CONFIRMER.value
NO_VOICE = VoicesFields(pour=0, contre=0, abstention=0)
NONE = {"pour": 0, "contre": 0, "abstention": 0, "entitled": 0}
BY_COLLEGE = "Vos statuts comptent les voix par collège : comptez celles de chaque collège."
ACT = "écrire les résolutions"
TRANSITIONS = {
    (State.A_VOTER, "modifier"): State.A_VOTER,
    (State.A_VOTER, "voter"): State.VOTEE,
    (State.VOTEE, "reprendre"): State.A_VOTER,
    (State.A_VOTER, "retirer"): State.RETIREE,
    (State.RETIREE, "rétablir"): State.A_VOTER,
}
"""What a resolution becomes, by its state and the act. What is not here is refused."""
REFUSED = {
    State.A_VOTER: "Cette résolution n'est pas encore votée.",
    State.VOTEE: "Cette résolution est déjà votée : reprenez le vote d'abord.",
    State.RETIREE: "Cette résolution est retirée : rétablissez-la d'abord.",
}
NO_QUORUM = "Le quorum de vos statuts n'est pas atteint : l'assemblée ne peut pas voter."
NOT_BY_NAME = "Cette résolution ne se vote pas par appel nominal : changez d'abord la manière de voter."
NOBODY = "Personne n'est noté présent : notez d'abord les présences."


@transaction.atomic
def add_resolution(assembly: Assembly, fields: ResolutionFields, *, by: User, at: datetime.datetime) -> Resolution:
    """Add a text or an election at the end."""
    row = opened(assembly, by=by, act=ACT)
    last = row.resolutions.aggregate(last=Max("position"))["last"]
    resolution = Resolution(assembly=row, position=1 if last is None else last + 1)
    _fill(resolution, fields)
    created(resolution, row.body.structure, by=by, at=at)
    return resolution


@transaction.atomic
def change_resolution(
    resolution: Resolution, fields: ResolutionFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Resolution:
    """Change a text that is not voted."""
    row = _locked(resolution, "modifier", by)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    if row.way != Way.NOMINAL:
        row.ballots.all().delete()
    saved(row, before, row.assembly.body.structure, by=by, at=at)
    return row


@transaction.atomic
def turn(resolution: Resolution, act: str, *, by: User, at: datetime.datetime) -> Resolution:
    """Withdraw a resolution (« retirer »), put it back (« rétablir »), take its vote back (« reprendre »).

    A vote that is taken back forgets who said what.
    """
    row = _locked(resolution, act, by)
    row.ballots.all().delete()
    row.by_college.all().delete()
    before, row.state = values(row), TRANSITIONS[State(row.state), act]
    row.outcome, row.pour, row.contre, row.abstention, row.entitled = "", None, None, None, None
    saved(row, before, row.assembly.body.structure, verb=act, by=by, at=at)
    return row


@transaction.atomic
def count_voices(resolution: Resolution, voices: VoicesFields, *, by: User, at: datetime.datetime) -> Resolution:
    """Write the voices of a show of hands or of a secret vote, and what the rules make of them."""
    row = _locked(resolution, "voter", by)
    if needs_colleges(row.assembly):
        raise NotNow(BY_COLLEGE)
    entitled = len(_entitled(row))
    _check_most("pour", voices, entitled)
    row.ballots.all().delete()
    return _voted(row, voices, entitled, [], by, at)


@transaction.atomic
def count_by_college(
    resolution: Resolution, voices: Mapping[uuid.UUID | None, VoicesFields], *, by: User, at: datetime.datetime
) -> Resolution:
    """The same, collège by collège (``None``: those in none), as the statutes count them."""
    row = _locked(resolution, "voter", by)
    entitled = Counter(each.college_id for each in _entitled(row))
    for key, each in voices.items():
        _check_most(f"pour-{key or ''}", each, entitled[key])
    row.ballots.all().delete()
    rows = [_of_college(row, key, voices.get(key, NO_VOICE), count) for key, count in entitled.items()]
    return _voted(row, _sum(rows), entitled.total(), rows, by, at)


def needs_colleges(assembly: Assembly) -> bool:
    """Whether the statutes, as they are typed, ask the voices of each collège."""
    by = assembly.rules.votes_by if assembly.rules else ""
    return by in (ByCollege.CHAQUE, ByCollege.POIDS) and assembly.voters.exclude(college=None).exists()


@transaction.atomic
def count_by_name(resolution: Resolution, choices: Mapping[int, str], *, by: User, at: datetime.datetime) -> Resolution:
    """Write who said what, by key of the voter; a holder votes for who gave them a power."""
    row = _locked(resolution, "voter", by)
    if row.way != Way.NOMINAL:
        raise NotNow(NOT_BY_NAME)
    entitled = {each.pk: each.college_id for each in _entitled(row)}
    given = {key: choice for key, choice in choices.items() if key in entitled}
    if not given:
        raise BadInput([Problem("voix", None, "la voix d'un membre au moins")])
    if unknown := set(given.values()) - set(Ballot.Choice.values):
        raise BadInput([Problem("voix", str(unknown.pop()), "pour, contre ou abstention")])
    row.ballots.all().delete()
    Ballot.objects.bulk_create([Ballot(resolution=row, voter_id=key, choice=said) for key, said in given.items()])
    whole = _counted(given.values())
    colleges = Counter(entitled.values())
    if set(colleges) == {None}:
        return _voted(row, whole, len(entitled), [], by, at)
    rows = [
        _of_college(row, key, _counted(said for voter, said in given.items() if entitled[voter] == key), count)
        for key, count in colleges.items()
    ]
    return _voted(row, whole, len(entitled), rows, by, at)


@transaction.atomic
def add_candidate(election: Resolution, fields: CandidateFields, *, by: User, at: datetime.datetime) -> Candidate:
    """Note who stands for a function."""
    row = _locked(election, "modifier", by)
    if row.kind != Kind.ELECTION:
        raise NotNow("Une résolution n'a pas de candidat.")
    screened({"function": fields.function})
    structure = row.assembly.body.structure
    candidate = Candidate(resolution=row, member=member_of(structure, fields.member), function=fields.function)
    created(candidate, structure, by=by, at=at)
    return candidate


@transaction.atomic
def drop_candidate(candidate: Candidate, *, by: User, at: datetime.datetime) -> None:
    """Take back a candidacy; it may be noted again."""
    row = _locked(candidate.resolution, "modifier", by)
    tell(row.assembly.body.structure, by=by, at=at, verb="retirer", subject=candidate, before=values(candidate))
    candidate.delete()


@transaction.atomic
def count_election(
    election: Resolution, voices: Mapping[int, int | None], elected: set[int], *, by: User, at: datetime.datetime
) -> Resolution:
    """Write the voices of each candidate and who is elected: the statutes say so, the assembly proclaims it."""
    row = _locked(election, "voter", by)
    entitled = len(_entitled(row))
    if row.kind != Kind.ELECTION or not row.candidates.exists():
        raise NotNow("Cette élection n'a pas encore de candidat.")
    if any(count is not None and count > entitled for count in voices.values()):
        raise BadInput([Problem("voix", None, f"au plus {entitled} voix par candidat")])
    if not elected and all(count is None for count in voices.values()):
        raise BadInput([Problem("voix", None, "les voix d'un candidat, ou qui est élu")])
    for each in row.candidates.all():
        each.voices, each.is_elected = voices.get(each.pk), each.pk in elected
        each.save()
    before = values(row)
    row.state, row.entitled = State.VOTEE, entitled
    row.outcome = Resolution.Outcome.ELUS if elected else Resolution.Outcome.PERSONNE
    saved(row, before, row.assembly.body.structure, verb="voter", by=by, at=at)
    return row


def _voted(
    row: Resolution,
    voices: VoicesFields,
    entitled: int,
    colleges: list[CollegeVoices],
    by: User,
    at: datetime.datetime,
) -> Resolution:
    if row.kind != Kind.TEXTE:
        raise NotNow("Une élection se compte par candidat.")
    before = values(row)
    row.pour, row.contre, row.abstention = voices.pour, voices.contre, voices.abstention
    row.entitled, row.state = entitled, State.VOTEE
    row.outcome = _outcome(row, colleges)
    row.by_college.all().delete()
    CollegeVoices.objects.bulk_create(colleges)
    saved(row, before, row.assembly.body.structure, verb="voter", by=by, at=at)
    return row


def _outcome(row: Resolution, colleges: list[CollegeVoices]) -> str:
    rules, called = row.assembly.rules, Counter(row.assembly.voters.values_list("college", flat=True))
    least, of = (share(rules.majority_top, rules.majority_bottom), rules.majority_of) if rules else (None, "")
    way, known = rules.votes_by if rules else "", {each.pk: each for each in row.assembly.body.colleges.all()}
    counted = {each.college_id: each for each in colleges}
    if not counted:
        way = way or ("" if set(called) - {None} else ByCollege.ENSEMBLE)
        whole = Votes("", row.pour or 0, row.contre or 0, row.entitled or 0, called.total())
        return outcome_of([whole], share=least, of=of, by="ensemble") if way == ByCollege.ENSEMBLE else UNKNOWN
    rows = []
    for key, count in called.items():
        voices, college = counted.get(key) or CollegeVoices(**NONE), known.get(key)
        name, weight = (college.nom, college.weight) if college else ("", None)
        rows.append(Votes(name, voices.pour, voices.contre, voices.entitled, count, weight))
    return outcome_of(rows, share=least, of=of, by=way)


def _of_college(row: Resolution, key: uuid.UUID | None, voices: VoicesFields, entitled: int) -> CollegeVoices:
    return CollegeVoices(resolution=row, college_id=key, entitled=entitled, **voices.model_dump())


def _counted(said: Iterable[str]) -> VoicesFields:
    counts = Counter(said)
    return VoicesFields(pour=counts["pour"], contre=counts["contre"], abstention=counts["abstention"])


def _sum(rows: list[CollegeVoices]) -> VoicesFields:
    names = ("pour", "contre", "abstention")
    return VoicesFields(**{name: sum(getattr(each, name) for each in rows) for name in names})


def _check_most(field: str, voices: VoicesFields, entitled: int) -> None:
    if voices.pour + voices.contre + voices.abstention > entitled:
        expected = f"au plus {entitled} voix en tout : celles des présents et des représentés"
        raise BadInput([Problem(field, None, expected)])


def _entitled(row: Resolution) -> list[Voter]:
    """Who may vote now. Raises :class:`NotNow` when nobody can, or when the quorum is known to lack."""
    voters = list(row.assembly.voters.all())
    where = places_of(row.assembly, voters)
    found = [each for each in voters if where[each.pk] != "absent"]
    if not found:
        raise NotNow(NOBODY)
    if quorum_of(row.assembly).is_reached is False:
        raise NotNow(NO_QUORUM)
    return found


def _locked(resolution: Resolution, act: str, by: User) -> Resolution:
    assembly = opened(resolution.assembly, by=by, act=ACT)
    row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    row.assembly = assembly
    if (State(row.state), act) not in TRANSITIONS:
        raise NotNow(REFUSED[State(row.state)])
    return row


def _fill(resolution: Resolution, fields: ResolutionFields) -> None:
    screened({"title": fields.title, "text": fields.text})
    same = resolution.assembly.resolutions.exclude(state=State.RETIREE).filter(title=fields.title)
    if same.exclude(pk=resolution.pk).exists():
        raise BadInput([Problem("title", fields.title, "un autre intitulé : ce point est déjà à voter")])
    body: Body | None = None
    if fields.elects is not None:
        body = resolution.assembly.body.structure.bodies.filter(pk=fields.elects, closed_on=None).first()
        if body is None:
            raise BadInput([Problem("elects", None, "un organe de la structure")])
    if resolution.pk and body is None and resolution.candidates.exists():
        raise BadInput([Problem("elects", None, "un organe : des candidats sont déjà notés")])
    resolution.title, resolution.text, resolution.way, resolution.elects = fields.title, fields.text, fields.way, body
    resolution.kind = Kind.TEXTE if body is None else Kind.ELECTION
