"""The rules of a vote, a quorum, the voices: in words. What nobody typed is « à confirmer »."""

from maillage.apps.governance.inputs import share_words
from maillage.apps.governance.models import CollegeVoices, Resolution, VotingRules
from maillage.core.kernel.french import UNKNOWN, plural
from maillage.core.projet.assemblies import Quorum

NO_RULES = "Règles des statuts"


def facts(rules: VotingRules | None) -> list[tuple[str, str]]:
    """What the rules say, in words."""
    if rules is None:
        return [(NO_RULES, UNKNOWN)]
    yes = {True: "oui", False: "non", None: UNKNOWN}
    colleges = [("Voix des collèges", rules.get_votes_by_display() or UNKNOWN)] if _has_colleges(rules) else []
    return [
        ("Convocation", _days(rules.notice_days, "avant")),
        ("Quorum", _share(rules.quorum_top, rules.quorum_bottom)),
        ("Compte pour le quorum", rules.get_quorum_counts_display() or UNKNOWN),
        ("Dans chaque collège", yes[rules.quorum_by_college]),
        ("La présence à distance compte", yes[rules.remote_counts]),
        ("Seconde convocation", _days(rules.second_days, "après")),
        ("Quorum à la seconde", _share(rules.second_top, rules.second_bottom)),
        ("Pouvoirs par personne", UNKNOWN if rules.powers_most is None else f"{rules.powers_most} au plus"),
        ("Majorité", _majority(rules)),
        *colleges,
    ]


def quorum_words(quorum: Quorum) -> str:
    """Whether the quorum is reached, in one sentence."""
    if not quorum.whole.called:
        return "Personne n'est encore appelé à voter."
    if quorum.is_reached is None:
        return f"Quorum {UNKNOWN} : une règle des statuts n'est pas encore écrite."
    return "Le quorum est atteint." if quorum.is_reached else "Le quorum n'est pas atteint."


def voices_words(resolution: Resolution) -> list[str]:
    """The voices of a vote, in words; nothing before it is counted."""
    if resolution.entitled is None:
        return []
    whole = f"{resolution.entitled} {plural(resolution.entitled, 'voix', 'voix')} présentes ou représentées."
    if resolution.pour is None or resolution.contre is None or resolution.abstention is None:
        return [whole]
    silent = resolution.entitled - resolution.pour - resolution.contre - resolution.abstention
    away = plural(resolution.abstention, "abstention")
    counts = f"{resolution.pour} pour, {resolution.contre} contre, {resolution.abstention} {away}"
    told = [f"{counts}{f', {silent} sans réponse' if silent else ''}. {whole}"]
    return told + [_college_words(each) for each in resolution.by_college.select_related("college")]


def _college_words(voices: CollegeVoices) -> str:
    weight = f" (poids {voices.college.weight})" if voices.college and voices.college.weight else ""
    away = plural(voices.abstention, "abstention")
    counts = f"{voices.pour} pour, {voices.contre} contre, {voices.abstention} {away}, sur {voices.entitled} voix."
    return f"{voices.college or 'Sans collège'}{weight} : {counts}"


def _has_colleges(rules: VotingRules) -> bool:
    return bool(rules.votes_by) or rules.body.colleges.exists()


def _days(count: int | None, word: str) -> str:
    return UNKNOWN if count is None else f"{count} {plural(count, 'jour')} {word}"


def _share(top: int | None, bottom: int | None) -> str:
    return {"": UNKNOWN, "aucun": "aucun quorum demandé"}.get(words := share_words(top, bottom), words)


def _majority(rules: VotingRules) -> str:
    words = share_words(rules.majority_top, rules.majority_bottom)
    if not words:
        return UNKNOWN
    least = "plus de la moitié" if words == "1/2" else f"au moins {words}"
    return f"{least} {rules.get_majority_of_display() or f'(de qui : {UNKNOWN})'}"
