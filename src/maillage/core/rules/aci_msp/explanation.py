"""Points in words: the French sentence beside each line, with its numbers.

Every formula in words takes the situation and the figures of the year, and returns the left-hand side of the
sum (« 1 000 points fixes + 1 700 × 6 000 / 4 000 patients »), or the reason why the line earns nothing.
"""

import functools
import math
from collections.abc import Callable, Mapping
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.situation import SituationAciMsp

Words = Callable[[SituationAciMsp, Any], str]
# Numbers whose words are remembered.
KEPT = 20_000
SPACE, NARROW = french.NO_BREAK_SPACE, french.NARROW_SPACE


def number(value: float) -> str:
    """:func:`french.number`, ten times quicker on what fills these sentences: at least zero, six decimals at most."""
    if value == (units := int(value)):
        return f"{units:,}".replace(",", NARROW) if units > 999 else str(units)
    hundredths, rest = divmod(round(value * 1_000_000), 10_000)
    hundredths += rest > 5_000 or (rest == 5_000 and hundredths % 2)
    whole, decimals = divmod(hundredths, 100)
    text = f"{whole:,}".replace(",", NARROW) if whole > 999 else str(whole)
    if not decimals:
        return text
    return f"{text},{decimals:02d}" if decimals % 10 else f"{text},{decimals // 10}"


def percent(rate: float) -> str:
    """:func:`french.percent`, quicker."""
    return f"{number(round(rate * 100, 6))}{SPACE}%"


@functools.lru_cache(maxsize=KEPT)
def counted(value: float, noun: str, many: str | None = None) -> str:
    """A number and the noun that agrees with it: « 2 missions »."""
    return f"{number(value)}{SPACE}{french.plural(value, noun, many)}"


def pattern(line: str, situation: SituationAciMsp, rules: Any, *, earned: bool, paid: bool) -> str:
    """The sentence of a line, with ``{points}``, ``{amount}`` and what :func:`numbers` gives still to be written.

    It is the same for all situations that differ only by these numbers and have the same :func:`standing`.
    """
    words = (EARNED if earned else NOT_EARNED)[line](situation, rules)
    if not earned:
        return f"0{SPACE}point : {words}"
    total = " = {points}" if "×" in words or "−" in words or "+" in words else ""
    value = f"×{SPACE}{number(rules.valeur_du_point)}{SPACE}€ le point = {{amount}}"
    lost = "" if paid else ", mais rien n'est payé cette année : un prérequis manque"
    return f"{words}{total}, {value}{lost}"


def fill(words: str, known: Mapping[str, str], points: float, amount: int) -> str:
    """Write the numbers of a situation (:func:`numbers`), points and cents in a pattern."""
    told = f"{number(points)}{SPACE}{'point' if points < 2 else 'points'}"
    return words.format(points=told, amount=_euros(amount), **known)


def numbers(patients: int, files: int, base: int, asked: float) -> dict[str, str]:
    """The numbers that differ in almost every situation, in words: patients, files studied, patients of whom some are
    studied (``base``), their rate, and how many files are ``left`` to study to reach the share ``asked``.
    """
    left = max(files_asked(base, asked) - files, 0)
    return {
        "patients": number(patients),
        "files": _counted(files, "dossier"),
        "base": _counted(base, "patient"),
        "rate": percent(files / base) if base else "",
        "left": _counted(left, "dossier"),
    }


def files_asked(base: int, share: float) -> int:
    """The files to study, for a base of patients and the share asked (cleaned of the noise of floats)."""
    return math.ceil(round(base * share, 6))


@functools.lru_cache(maxsize=KEPT)
def _counted(value: int, noun: str) -> str:
    return f"{number(value)}{SPACE}{noun if value < 2 else noun + 's'}"


def beyond_threshold(situation: SituationAciMsp, rules: Any) -> bool:
    """Whether the patientèle goes beyond the threshold of the coordination, which changes its formula."""
    return bool(situation.patientele > rules.coordination.seuil_de_patientele)


def _euros(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    text = f"{whole:,}".replace(",", NARROW)
    return f"{text}{SPACE}€" if not rest else f"{text},{rest:02d}{SPACE}€"


def per_patient(rules: Any) -> str:
    """« 6 000 / 4 000 patients », the first number still to be written."""
    return f"{{patients}}{SPACE}/{SPACE}{counted(rules.patientele.reference, 'patient')}"


def _fixed(read: Callable[[Any], float], what: str) -> Words:
    return lambda _situation, rules: f"{counted(read(rules), 'point fixe', 'points fixes')} ({what})"


def _following(read: Callable[[Any], float]) -> Words:
    return lambda _situation, rules: f"{counted(read(rules), 'point')} × {per_patient(rules)}"


def _because(reason: str) -> Words:
    return lambda _situation, _rules: reason


def _following_or(reason: str) -> Words:
    """Why a line that follows the patientèle earns nothing: no patient, or ``reason``."""
    return lambda situation, _rules: (
        reason if situation.patientele else "aucun patient, et ces points suivent leur nombre"
    )


def _opening(situation: SituationAciMsp, rules: Any) -> str:
    hours = rules.horaires
    parts = [counted(hours.points, "point")]
    if not situation.derogation_horaires and situation.amplitude_horaire < hours.amplitude_intermediaire:
        lost = number(hours.minoration_amplitude_de_8_a_10_heures)
        parts.append(f"{lost} (ouverture de moins de {number(hours.amplitude_intermediaire)} heures)")
    elif not situation.derogation_horaires and situation.amplitude_horaire < hours.amplitude_pleine:
        lost = number(hours.minoration_amplitude_de_10_a_12_heures)
        parts.append(f"{lost} (ouverture de moins de {number(hours.amplitude_pleine)} heures)")
    if not situation.samedi_matin:
        parts.append(f"{number(hours.minoration_samedi_matin)} (samedi matin fermé)")
    if situation.fermeture_conges != "aucune":
        weeks = counted(hours.fermeture_maximale_en_vacances, "semaine")
        parts.append(f"{number(hours.minoration_fermeture)} (fermeture d'au plus {weeks})")
    return f"{SPACE}−{SPACE}".join(parts)


def _closed(situation: SituationAciMsp, rules: Any) -> str:
    hours = rules.horaires
    reasons = []
    if not situation.soins_non_programmes:
        reasons.append("les soins non programmés ne sont pas organisés")
    if situation.amplitude_horaire < hours.amplitude_minimale and not situation.derogation_horaires:
        reasons.append(f"l'ouverture est de moins de {number(hours.amplitude_minimale)} heures par jour")
    if situation.fermeture_conges == "plus_de_3_semaines":
        reasons.append(f"la fermeture dépasse {counted(hours.fermeture_maximale_en_vacances, 'semaine')}")
    return " ; ".join(reasons)


def _missions(situation: SituationAciMsp, rules: Any) -> str:
    paid = counted(min(situation.missions_sante_publique, rules.missions.maximum), "mission")
    return f"{counted(rules.missions.points_par_mission, 'point')} × {paid} × {per_patient(rules)}"


def _duty(situation: SituationAciMsp, rules: Any) -> str:
    whole = situation.sas_toutes_demandes or situation.part_medecins_sas >= rules.sas.part_complete
    points = rules.sas.points_complets if whole else rules.sas.points_partiels
    share = percent(situation.part_medecins_sas)
    what = "toutes les demandes du SAS sont prises" if situation.sas_toutes_demandes else f"{share} des médecins"
    return f"{counted(points, 'point fixe', 'points fixes')} ({what})"


def _off_duty(situation: SituationAciMsp, rules: Any) -> str:
    asked = percent(rules.sas.part_partielle)
    return f"{percent(situation.part_medecins_sas)} des médecins participent au SAS, il en faut {asked}"


def _coordination(situation: SituationAciMsp, rules: Any) -> str:
    post = rules.coordination
    fixed = counted(post.points_fixes, "point fixe", "points fixes")
    rate, reference = number(post.points_variables), counted(rules.patientele.reference, "patient")
    if not beyond_threshold(situation, rules):
        return f"{fixed} + {rate} × {per_patient(rules)}"
    limit = number(post.seuil_de_patientele)
    first = f"{rate} × {limit}{SPACE}/{SPACE}{number(rules.patientele.reference)}"
    beyond = f"{number(post.points_variables_au_dela)} × ({{patients}} − {limit}){SPACE}/{SPACE}{reference}"
    return f"{fixed} + {first} + {beyond}"


def _protocols(situation: SituationAciMsp, rules: Any) -> str:
    paid = counted(min(situation.protocoles, rules.protocoles.maximum), "protocole")
    return f"{counted(rules.protocoles.points_par_protocole, 'point')} × {paid}"


def _protocols_ipa(situation: SituationAciMsp, rules: Any) -> str:
    paid = counted(min(situation.protocoles, rules.protocoles.maximum), "protocole")
    return f"{counted(rules.protocoles.points_ipa_par_protocole, 'point')} × {paid} avec un IPA"


def _no_ipa(rest: str) -> Words:
    return lambda situation, _rules: rest if situation.ipa else "pas d'infirmier en pratique avancée dans l'équipe"


def _discussed(read: Callable[[Any], float]) -> Words:
    def words(situation: SituationAciMsp, rules: Any) -> str:
        asked = rules.concertation.part_des_dossiers
        enough = situation.dossiers_concertes >= files_asked(situation.patients_ald_ou_75_ans, asked)
        share = "" if enough else f" × {{rate}} / {percent(asked)}"
        return f"{counted(read(rules), 'point')} × {per_patient(rules)}{share} ({{files}} pour {{base}}, soit {{rate}})"

    return words


def _not_discussed(situation: SituationAciMsp, rules: Any) -> str:
    asked = math.ceil(rules.concertation.reunions_minimales * situation.mois_contrat / 12)
    if not situation.patientele:
        return "aucun patient, et ces points suivent leur nombre"
    if situation.reunions_concertation < asked:
        return f"{counted(situation.reunions_concertation, 'réunion')} dans l'année, il en faut {number(asked)}"
    if not situation.patients_ald_ou_75_ans:
        return "le nombre de patients en ALD ou de 75 ans ou plus n'est pas donné"
    return "aucun dossier étudié en réunion"


def _not_discussed_ipa(situation: SituationAciMsp, rules: Any) -> str:
    return _not_discussed(situation, rules) if situation.ipa else "pas d'infirmier en pratique avancée dans l'équipe"


def _training(situation: SituationAciMsp, rules: Any) -> str:
    rule = rules.formation
    more = min(situation.stages, rule.maximum) - rule.stagiaires_minimum
    first = f"{counted(rule.points_du_minimum, 'point')} pour {number(rule.stagiaires_minimum)} stagiaires"
    return first if not more else f"{first} + {number(rule.points_par_stagiaire_suivant)} × {number(more)} de plus"


def _no_training(situation: SituationAciMsp, rules: Any) -> str:
    asked = number(rules.formation.stagiaires_minimum)
    return f"{counted(situation.stages, 'stagiaire')} dans l'année, il en faut au moins {asked}"


def _national(situation: SituationAciMsp, rules: Any) -> str:
    rule = rules.protocoles_nationaux
    paid = counted(min(situation.protocoles_nationaux, rule.maximum), "protocole")
    return f"{counted(rule.points_par_protocole, 'point')} × {paid}"


def _no_obesity(situation: SituationAciMsp, _rules: Any) -> str:
    if not situation.parcours_obesite_enfant:
        return "la structure ne participe pas au parcours"
    return "il faut deux missions de santé publique, ou une seule sur l'obésité de l'enfant"


def _software(situation: SituationAciMsp, rules: Any) -> str:
    rule = rules.systeme_information
    first = min(situation.associes, rule.associes_au_premier_taux)
    words = f"{counted(rule.points_fixes, 'point fixe', 'points fixes')}"
    words += f" + {number(rule.points_par_associe)} × {counted(first, 'associé')}"
    if situation.associes > first:
        words += (
            f" + {number(rule.points_par_associe_suivant)} × {counted(situation.associes - first, 'associé')} de plus"
        )
    months = situation.si_standard_mois
    return words if months == 12 else f"({words}) × {months}{SPACE}/{SPACE}12{SPACE}mois"


def _advanced(situation: SituationAciMsp, rules: Any) -> str:
    words, months = (
        counted(rules.systeme_information.points_avance, "point fixe", "points fixes"),
        situation.si_avance_mois,
    )
    return f"{words} (niveau avancé)" if months == 12 else f"{words} × {months}{SPACE}/{SPACE}12{SPACE}mois"


EARNED: dict[str, Words] = {
    "MSP-1.1": _opening,
    "MSP-1.2a": _fixed(lambda rules: rules.crise.points_du_plan, "plan écrit et à jour"),
    "MSP-1.2b": _following(lambda rules: rules.crise.points_des_actions),
    "MSP-1.3a": _fixed(lambda rules: rules.diversite.points_niveau_1, "niveau 1"),
    "MSP-1.3b": _fixed(lambda rules: rules.diversite.points_niveau_2, "niveau 2, ajoutés au niveau 1"),
    "MSP-1.4a": _fixed(lambda rules: rules.vacataires.points_niveau_1, "niveau 1"),
    "MSP-1.4b": _fixed(lambda rules: rules.vacataires.points_niveau_2, "niveau 2, ajoutés au niveau 1"),
    "MSP-1.5": _fixed(lambda rules: rules.cstm.points, "au moins un médecin accueilli"),
    "MSP-1.6a": _missions,
    "MSP-1.6b": _fixed(lambda rules: rules.missions.points_ipa, "IPA dans l'équipe et deux missions"),
    "MSP-1.7a": _fixed(lambda rules: rules.usagers.points_niveau_1, "niveau 1"),
    "MSP-1.7b": _following(lambda rules: rules.usagers.points_niveau_2),
    "MSP-1.8": _duty,
    "MSP-2.1": _coordination,
    "MSP-2.2": _protocols,
    "MSP-2.2b": _protocols_ipa,
    "MSP-2.3": _discussed(lambda rules: rules.concertation.points),
    "MSP-2.3b": _discussed(lambda rules: rules.concertation.points_ipa),
    "MSP-2.4": _training,
    "MSP-2.5": _following(lambda rules: rules.coordination_externe.points),
    "MSP-2.6a": _fixed(lambda rules: rules.qualite.points_niveau_1, "niveau 1"),
    "MSP-2.6b": _following(lambda rules: rules.qualite.points_niveau_2),
    "MSP-2.6c": _following(lambda rules: rules.qualite.points_niveau_3),
    "MSP-2.7": _national,
    "MSP-2.8": _following(lambda rules: rules.insuffisance_cardiaque.points),
    "MSP-2.9": _fixed(lambda rules: rules.obesite_enfant.points, "participation au parcours"),
    "MSP-3.1": _software,
    "MSP-3.2": _advanced,
}
NOT_EARNED: dict[str, Words] = {
    "MSP-1.1": _closed,
    "MSP-1.2a": _because("pas de plan écrit et à jour"),
    "MSP-1.2b": _following_or("pas de crise déclarée, de plan ou d'actions menées"),
    "MSP-1.3a": _because("le niveau 1 n'est pas atteint"),
    "MSP-1.3b": _because("le niveau 2 n'est pas atteint"),
    "MSP-1.4a": _because("le niveau 1 n'est pas atteint"),
    "MSP-1.4b": _because("le niveau 2 n'est pas atteint"),
    "MSP-1.5": _because("pas de médecin en contrat de solidarité territoriale"),
    "MSP-1.6a": _following_or("aucune mission menée"),
    "MSP-1.6b": _no_ipa("il faut deux missions de santé publique"),
    "MSP-1.7a": _because("le niveau 1 n'est pas atteint"),
    "MSP-1.7b": _following_or("le niveau 2 n'est pas atteint"),
    "MSP-1.8": _off_duty,
    "MSP-2.1": _because("pas de fonction de coordination identifiée"),
    "MSP-2.2": _because("aucun protocole"),
    "MSP-2.2b": _no_ipa("aucun protocole"),
    "MSP-2.3": _not_discussed,
    "MSP-2.3b": _not_discussed_ipa,
    "MSP-2.4": _no_training,
    "MSP-2.5": _following_or("pas de procédure de transmission"),
    "MSP-2.6a": _because("le niveau 1 n'est pas atteint"),
    "MSP-2.6b": _following_or("le niveau 2 n'est pas atteint"),
    "MSP-2.6c": _following_or("le niveau 3 n'est pas atteint"),
    "MSP-2.7": _because("aucun protocole national déclaré"),
    "MSP-2.8": _following_or("la structure ne participe pas au parcours"),
    "MSP-2.9": _no_obesity,
    "MSP-3.1": _because("pas de logiciel labellisé standard"),
    "MSP-3.2": _because("pas de label avancé"),
}
