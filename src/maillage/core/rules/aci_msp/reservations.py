"""What the texts at hand do not settle for a situation, and who can settle it.

Source: aci_msp.md §2, §3, §5 and §10; every sentence is a fact of confidence C or an unknown of that file.
"""

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.engine import figures
from maillage.core.rules.aci_msp.explanation import files_asked, number
from maillage.core.rules.aci_msp.likelihood import TEAM, UNLIKELY, unlikely
from maillage.core.rules.aci_msp.situation import GRID_YEAR, SituationAciMsp
from maillage.core.rules.simulation.uses import ToConfirm
from maillage.core.rules.system import system

CPAM = "votre CPAM"
BOTH = "votre CPAM et votre ARS"
NEXT_AMENDMENT_YEAR = 2026
# MSP-CAL-08: its address is known by one source only, as it is written there.
CALCULATOR = "La CNAM a un simulateur : calculette-maisondesante.ameli.fr (une seule source)."
COUNTED = ToConfirm(
    "Date de comptage",
    "Compter les associés au 31 décembre ne se lit que dans des calculateurs de fédérations ; pour la patientèle, "
    "aucune date n'est donnée. Les collaborateurs libéraux d'un médecin associé peuvent compter comme associés "
    "(une seule source).",
    CPAM,
)


class Facts(NamedTuple):
    """What decides the reservations of a simulation: few values, so that their texts are written once."""

    year: int
    rates_known: bool
    first_contract: bool
    new: bool
    unpaid: bool
    overpaid: bool
    exempt_hours: bool
    partial_files: bool
    few_meetings: bool
    prorated_meetings: bool
    crisis: bool
    low_advance: bool
    unlikely: tuple[str, ...]


def facts_of(situation: SituationAciMsp, rules: Any, *, unpaid: bool, amount: int, advance: int) -> Facts:
    """The facts of a situation; ``unpaid``: a prerequisite is missing; ``amount`` and ``advance`` are in cents."""
    rule = rules.concertation
    asked = rule.reunions_minimales * situation.mois_contrat / 12
    met = situation.reunions_concertation >= asked
    enough = files_asked(situation.patients_ald_ou_75_ans, rule.part_des_dossiers)
    return Facts(
        year=situation.annee,
        rates_known=situation.taux_c2s is not None and situation.taux_ame is not None,
        first_contract=situation.mois_contrat < 12,
        new=situation.nouvelle_structure,
        unpaid=unpaid,
        overpaid=advance > amount,
        exempt_hours=situation.derogation_horaires and situation.amplitude_horaire < rules.horaires.amplitude_pleine,
        partial_files=met and 0 < situation.dossiers_concertes < enough,
        few_meetings=0 < situation.reunions_concertation < asked,
        prorated_meetings=asked <= situation.reunions_concertation < rule.reunions_minimales,
        crisis=situation.crise_actions and situation.plan_crise,
        low_advance=advance < rules.avance.minimum * 100,
        unlikely=unlikely(situation),
    )


@functools.lru_cache(maxsize=4096)
def reservations(facts: Facts) -> tuple[ToConfirm, ...]:
    """What is to be confirmed in a simulation of avenant 1, the widest doubt first."""
    rules = figures(facts.year)
    return (
        *_grid(facts),
        *_precarity(facts, rules),
        COUNTED,
        *_advance(facts, rules),
        *_new(facts, rules),
        *_lines(facts),
        *_meetings(facts, rules),
        *(ToConfirm(name, UNLIKELY[name](facts.year), TEAM) for name in facts.unlikely),
    )


def _grid(facts: Facts) -> Iterator[ToConfirm]:
    if facts.year >= NEXT_AMENDMENT_YEAR:
        yield ToConfirm(
            f"Grille de l'exercice {facts.year}",
            "L'avenant 2 existe (arrêté du 8 juillet 2026) ; sa grille et sa date d'effet ne sont pas établies. "
            "Le calcul suit l'avenant 1.",
            CPAM,
        )
    if facts.year == GRID_YEAR:
        yield ToConfirm(
            "Application de l'avenant 1 à l'exercice 2022",
            "L'avenant 1 vaut pour toute l'année 2022 si le contrat tripartite a été modifié ; "
            "une source parle de la mi-décembre 2022.",
            CPAM,
        )


def _precarity(facts: Facts, rules: Any) -> Iterator[ToConfirm]:
    rule = rules.precarite
    formula = (
        f"Les seuils (C2S {french.percent(rule.seuil_c2s)}, AME {french.percent(rule.seuil_ame)}), le plafond "
        f"({french.percent(rule.plafond)}) et la formule viennent de calculateurs de fédérations seulement"
    )
    unknown = "Les parts de patients à la C2S et à l'AME ne sont pas toutes données : le montant est compté sans elle."
    reason = f"{formula}." if facts.rates_known else f"{unknown} {formula}."
    yield ToConfirm("Majoration pour précarité", f"{reason} {CALCULATOR}", CPAM)


def _advance(facts: Facts, rules: Any) -> Iterator[ToConfirm]:
    yield ToConfirm(
        "Base de l'avance",
        f"L'avance est de {french.percent(rules.avance.part)} des prérequis et des socles atteints à 100 %. La "
        "composition de cette base n'est pas établie : elle est comptée avec huit protocoles, sans actions de crise, "
        "sans bonus de l'IPA et sans majoration.",
        CPAM,
    )
    if facts.first_contract:
        yield ToConfirm(
            "Première année de contrat",
            "L'avance suit les mois de contrat. Pour le montant de l'année, la règle n'est pas établie : "
            "il est compté en entier.",
            CPAM,
        )
    if facts.overpaid:
        yield ToConfirm(
            "Solde négatif", "L'avance dépasse le montant de l'année : la règle de reprise n'est pas établie.", CPAM
        )
    if facts.low_advance and not facts.new:
        yield ToConfirm(
            "Avance minimale",
            f"Une seule source donne une avance d'au moins {french.euros(rules.avance.minimum)}, sans dire si elle "
            "vaut pour toutes les MSP ou pour les nouvelles seulement. Elle n'est pas comptée ici.",
            CPAM,
        )


def _new(facts: Facts, rules: Any) -> Iterator[ToConfirm]:
    if not facts.new:
        return
    floor, advance = french.euros(rules.nouvelle_structure.montant_minimal), french.euros(rules.avance.minimum)
    yield ToConfirm(
        "Nouvelle structure",
        f"Un minimum de {floor} est garanti, l'année d'adhésion et la suivante ; les conditions pour le garder ne sont "
        f"pas établies. L'avance minimale de {advance} est comptée ici, sans prorata ; sa portée n'est pas établie.",
        BOTH,
    )
    if facts.unpaid:
        yield ToConfirm(
            "Prérequis d'une nouvelle structure",
            f"Un prérequis manque : le montant est compté à 0 €, sans le minimum de {floor}. "
            "Les dérogations des nouvelles structures ne sont pas établies.",
            BOTH,
        )


def _lines(facts: Facts) -> Iterator[ToConfirm]:
    if facts.exempt_hours:
        yield ToConfirm(
            "Dérogation aux horaires",
            "Le guide se contredit : ici la dérogation efface la minoration d'amplitude, "
            "pas celles du samedi et des congés.",
            BOTH,
        )
    if facts.partial_files:
        yield ToConfirm(
            "Arrondi de la concertation",
            "Aucune règle d'arrondi n'est établie : le calcul est exact, le guide arrondit le taux de dossiers.",
            CPAM,
        )
    if facts.crisis and facts.year == GRID_YEAR:
        yield ToConfirm(
            "Crise sanitaire de 2022",
            "Le covid n'est pas retenu comme crise pour l'exercice 2022 : les actions menées contre lui valent "
            "0 point. Les points sont comptés ici pour une autre crise, déclarée par les autorités.",
            CPAM,
        )


def _meetings(facts: Facts, rules: Any) -> Iterator[ToConfirm]:
    below = "Sous le nombre demandé, le calcul compte 0 point ; une page du guide parle de prorata, sans formule."
    prorated = (
        f"La première année, les {number(rules.concertation.reunions_minimales)} réunions demandées suivent la date du "
        "contrat. La façon de les compter n'est pas établie : le calcul suit les mois de contrat."
    )
    told = [below] if facts.few_meetings else []
    if facts.prorated_meetings or (facts.few_meetings and facts.first_contract):
        told.append(prorated)
    if told:
        yield ToConfirm("Nombre de réunions de concertation", " ".join(told), CPAM)


@functools.cache
def before_the_grid(year: int, new: bool) -> tuple[ToConfirm, ...]:
    """What is known, and what is not, of the years of the accord of 2017 (2017 to 2021)."""
    rules = figures(year)
    point = f"{number(rules.valeur_du_point)}{french.NO_BREAK_SPACE}€"
    amount = (
        f"La grille de points de l'accord de 2017 (exercices 2017 à 2021) n'est pas établie. Le point vaut {point}."
    )
    return (
        ToConfirm("Montant et points", f"{amount}{_fixed_points(year)} {CALCULATOR}", CPAM),
        ToConfirm("Indicateurs de l'accord de 2017", INDICATORS_OF_2017, CPAM),
        ToConfirm(
            "Prérequis",
            "Conditions connues : ouverture de 8 h à 20 h en semaine et le samedi matin, sauf dérogation ; soins non "
            "programmés chaque jour ouvré ; système d'information partagé. Elles ne sont pas vérifiées ici.",
            CPAM,
        ),
        ToConfirm("Majoration pour précarité", "Son principe est connu, sa formule ne l'est pas.", CPAM),
        ToConfirm(
            "Avance et solde",
            f"L'avance est de {french.percent(rules.avance.part)} des prérequis et des socles atteints à 100 %, "
            "dont les points ne sont pas établis.",
            CPAM,
        ),
        *_facts_of_2017(year, new, rules),
    )


def _fixed_points(year: int) -> str:
    text = system().text("aci_msp.accord_2017.points_fixes_maximum")
    known = [value for value in text.values if value.value is not None and value.since.year <= year]
    if not known or (known[-1].until is not None and known[-1].until.year < year):
        return ""
    return f" Les points fixes sont plafonnés à {number(known[-1].value)} (une seule source)."


def _facts_of_2017(year: int, new: bool, rules: Any) -> Iterator[ToConfirm]:
    if year in CHILDREN_YEARS:
        contacts = number(rules.patientele.contacts_des_enfants)
        yield ToConfirm(
            "Patientèle",
            f"En 2017 et 2018 elle compte aussi les enfants de 0 à 16 ans vus au moins {contacts} fois dans l'année "
            "par un généraliste de la structure.",
            CPAM,
        )
    if new:
        floor = french.euros(rules.nouvelle_structure.montant_minimal)
        yield ToConfirm(
            "Nouvelle structure", f"Un minimum de {floor} est garanti ; ses conditions sont inconnues.", BOTH
        )


CHILDREN_YEARS = (2017, 2018)
# MSP-V1-04 to MSP-V1-07.
INDICATORS_OF_2017 = (
    "Faits connus, sans leurs montants : la coordination est un indicateur à part (elle était comprise dans l'accès "
    "aux soins) ; le système d'information partagé est payé par professionnel associé et non plus selon la "
    "patientèle ; la diversité des services compte aussi le pharmacien d'officine (une seule source) ; la satisfaction "
    "des patients est un indicateur, remplacé en 2022 par l'implication des usagers."
)
