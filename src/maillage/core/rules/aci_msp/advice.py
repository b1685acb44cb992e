"""What a line still asks of the team, in French, counted from what is already done."""

import math
from collections.abc import Callable
from typing import Any

from maillage.core.rules.aci_msp.explanation import counted, files_asked, number
from maillage.core.rules.aci_msp.grid import IndicatorSpec
from maillage.core.rules.aci_msp.situation import SituationAciMsp

TWO_THEMES = "sans répéter un thème ni mener les deux au titre du projet régional de santé"
NOT_TWICE = ", sans reprendre un protocole déjà utilisé dans une mission de santé publique (une seule source)"


def advice(spec: IndicatorSpec, situation: SituationAciMsp, rules: Any) -> str:
    """What to do to attain the line in full, in French, in the infinitive.

    ``{left}`` is still to be written (see :func:`maillage.core.rules.aci_msp.explanation.numbers`).
    """
    special = ADVICE.get(spec.id)
    return (special(situation, rules) if special else spec.todo) + "."


def out_of_reach(spec: IndicatorSpec, situation: SituationAciMsp, rules: Any) -> str | None:
    """Why the team can do nothing more for a line that it has not attained, in French; ``None`` most often."""
    if spec.id == "MSP-1.5" and not situation.medecin_cstm and not rules.cstm.nouveaux_contrats:
        return "Seul un contrat en cours compte : aucun nouveau contrat ne se signe après le 31 décembre 2025."
    return None


def _opening(situation: SituationAciMsp, rules: Any) -> str:
    full = rules.horaires.amplitude_pleine
    steps = [
        (not situation.soins_non_programmes, "organiser des soins non programmés chaque jour ouvré"),
        (
            situation.amplitude_horaire < full and not situation.derogation_horaires,
            f"ouvrir {number(full)} heures par jour du lundi au vendredi",
        ),
        (not situation.samedi_matin, "ouvrir le samedi matin"),
        (situation.fermeture_conges != "aucune", "ne pas fermer pendant les congés"),
    ]
    words = ", ".join(step for needed, step in steps if needed)
    return words[:1].upper() + words[1:]


def _missions(situation: SituationAciMsp, rules: Any) -> str:
    left = rules.missions.maximum - situation.missions_sante_publique
    return f"Mener {counted(left, 'mission')} de santé publique de plus, {TWO_THEMES}"


def _protocols(situation: SituationAciMsp, rules: Any) -> str:
    left = rules.protocoles.maximum - situation.protocoles
    return f"Rédiger {counted(left, 'protocole')} de plus, sur les thèmes prioritaires de l'annexe 3{NOT_TWICE}"


def _protocols_ipa(situation: SituationAciMsp, rules: Any) -> str:
    steps = [] if situation.ipa else ["intégrer un infirmier en pratique avancée dans l'équipe"]
    left = rules.protocoles.maximum - situation.protocoles
    steps += [f"rédiger {counted(left, 'protocole')} de plus"] if left > 0 else []
    return _sentence(steps)


def _missions_ipa(situation: SituationAciMsp, rules: Any) -> str:
    steps = [] if situation.ipa else ["intégrer un infirmier en pratique avancée dans l'équipe"]
    left = rules.missions.missions_pour_le_bonus_ipa - situation.missions_sante_publique
    steps += [f"mener {counted(left, 'mission')} de santé publique de plus"] if left > 0 else []
    return _sentence(steps)


def _meetings(situation: SituationAciMsp, rules: Any) -> list[str]:
    rule = rules.concertation
    meetings = math.ceil(rule.reunions_minimales * situation.mois_contrat / 12) - situation.reunions_concertation
    steps = [f"tenir {counted(meetings, 'réunion')} de plus dans l'année"] if meetings > 0 else []
    base, files = situation.patients_ald_ou_75_ans, situation.dossiers_concertes
    if not base:
        return [*steps, "donner le nombre de patients en ALD ou de 75 ans ou plus et étudier leurs dossiers en réunion"]
    return [*steps, "étudier {left} de plus en réunion"] if files < files_asked(base, rule.part_des_dossiers) else steps


def _concertation(situation: SituationAciMsp, rules: Any) -> str:
    return _sentence(_meetings(situation, rules))


def _concertation_ipa(situation: SituationAciMsp, rules: Any) -> str:
    first = [] if situation.ipa else ["intégrer un infirmier en pratique avancée dans l'équipe"]
    return _sentence([*first, *_meetings(situation, rules)])


def _training(situation: SituationAciMsp, rules: Any) -> str:
    left = rules.formation.maximum - situation.stages
    return f"Accueillir {counted(left, 'stagiaire')} de plus dans l'année, de toute profession de santé"


def _national(situation: SituationAciMsp, rules: Any) -> str:
    left = rules.protocoles_nationaux.maximum - situation.protocoles_nationaux
    return f"Déclarer à l'ARS {counted(left, 'protocole national', 'protocoles nationaux')} de coopération de plus"


def _obesity(situation: SituationAciMsp, _rules: Any) -> str:
    steps = [] if situation.parcours_obesite_enfant else ["participer au parcours"]
    alone = situation.missions_sante_publique == 1 and situation.mission_obesite_enfant
    if situation.missions_sante_publique < 2 and not alone:
        steps.append("mener deux missions de santé publique, ou une seule sur l'obésité de l'enfant")
    return _sentence(steps)


def _sentence(steps: list[str]) -> str:
    words = " et ".join(steps)
    return words[:1].upper() + words[1:]


ADVICE: dict[str, Callable[[SituationAciMsp, Any], str]] = {
    "MSP-1.1": _opening,
    "MSP-1.6a": _missions,
    "MSP-1.6b": _missions_ipa,
    "MSP-2.2": _protocols,
    "MSP-2.2b": _protocols_ipa,
    "MSP-2.3": _concertation,
    "MSP-2.3b": _concertation_ipa,
    "MSP-2.4": _training,
    "MSP-2.7": _national,
    "MSP-2.9": _obesity,
}
