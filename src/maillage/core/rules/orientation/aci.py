"""The ACI that a team may expect as a maison de santé, by really simulating it."""

from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.aci_msp.simulation import simulate_batch
from maillage.core.rules.aci_msp.situation import FIRST_YEAR, LAST_YEAR, SituationAciMsp
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.orientation.amounts import Bounds, between, unknown
from maillage.core.rules.orientation.packs import nation
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.orientation.summary import lower

AVERAGE = "financements.msp.aci_moyenne"
# More protocols and meetings than any cap of the grid: the engine applies the caps.
PLENTY = 100
NOT_WRITTEN = "les montants de l'ACI ne sont pas établis pour l'exercice {year} ; le simulateur dit ce qui en est connu"
ALL_DAY = 24


def expected_aci(aid: AidData, situation: SituationOrientation, book: RuleBook) -> Bounds:
    """From the prerequisites alone to the prerequisites and socles held in full, for the year of the situation."""
    team = associates(situation)
    if situation.professionnels is None or situation.patientele is None:
        asks = "professionnels" if situation.professionnels is None else "patientele"
        return _not_computed(aid, situation, book, asks)
    try:
        asked = scenarios(situation.date.year, situation.patientele, team)
    except BadInput as refused:
        return unknown(_not_taken(refused, situation.date.year), aid.parametre)
    least, full = simulate_batch(asked)
    if least.amount is None or full.amount is None:
        return unknown(NOT_WRITTEN.format(year=situation.date.year), aid.parametre)
    sentence = (
        f"Pour {french.number(situation.patientele)} {french.plural(situation.patientele, 'patient')} et "
        f"{team} {french.plural(team, 'associé')}, exercice {situation.date.year} : "
        f"{lower(between(least.amount, full.amount, aid.unite))}"
    )
    return Bounds(least.amount, full.amount, sentence, aid.parametre, book.doubt(aid.parametre, situation.date))


def associates(situation: SituationOrientation) -> int:
    """Members who can be associates of a SISA: liberal, of a medical or auxiliary profession, or pharmacists."""
    return sum(
        group.nombre
        for group in situation.professionnels or ()
        if group.exercice != "salarie" and group.profession not in nation().hors_sisa
    )


def scenarios(year: int, patientele: int, team: int) -> list[SituationAciMsp]:
    """Two situations: the prerequisites only, then the prerequisites and the socles in full; never an option.

    Raises :class:`BadInput` when the simulator does not take the year, the patientèle or the number of associates.
    """
    prerequisites = {
        "annee": year,
        "patientele": patientele,
        "associes": team,
        "amplitude_horaire": ALL_DAY,
        "samedi_matin": True,
        "soins_non_programmes": True,
        "plan_crise": True,
        "coordination": True,
        "si_standard": True,
    }
    socles = {
        "protocoles": PLENTY,
        "reunions_concertation": PLENTY,
        "dossiers_concertes": patientele,
        "patients_ald_ou_75_ans": patientele,
    }
    return [read(SituationAciMsp, prerequisites), read(SituationAciMsp, prerequisites | socles)]


def _not_computed(aid: AidData, situation: SituationOrientation, book: RuleBook, asks: str) -> Bounds:
    needed = {"professionnels": "la composition de l'équipe", "patientele": "la patientèle médecin traitant"}[asks]
    bounds = unknown(f"il manque {needed} pour le calculer", aid.parametre, asks)
    dated = book.in_force(AVERAGE, situation.date)
    if dated is None or dated.value is None:
        return bounds
    average = f"En {dated.since.year}, une maison de santé a reçu en moyenne {french.euros(dated.value)}."
    return bounds._replace(sentence=f"{bounds.sentence} {average}")


def _not_taken(refused: BadInput, year: int) -> str:
    """Why the simulator does not take the team, in words: a sentence names no field."""
    if any(problem.field == "annee" for problem in refused.problems):
        return f"les textes de l'ACI ne sont lus que pour les exercices {FIRST_YEAR} à {LAST_YEAR}, pas pour {year}"
    titles = {name: (info.title or name).lower() for name, info in SituationAciMsp.model_fields.items()}
    return " ; ".join(f"{titles[each.field]} : le calcul attend {each.expected}" for each in refused.problems)
