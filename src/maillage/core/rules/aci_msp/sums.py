"""The sums of an answer in words: points, majoration, guaranteed minimum, amount, advance, balance.

The amounts are those of the rules; their terms always add up to the cent: points + majoration + complement = amount,
and amount − advance = balance.
While a prerequisite is missing, one more sum says what the year would be worth without it.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import orjson

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.engine import NOISE, Totals, figures
from maillage.core.rules.aci_msp.explanation import NARROW, SPACE, counted, number
from maillage.core.rules.aci_msp.grid import POINT, REFERENCE, paths
from maillage.core.rules.aci_msp.results import ParameterUses, SumResult, ToldLine, YearSum
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.aci_msp.wording import parameter_use

LABELS = {
    "points_valorises": "Points valorisés",
    "majoration": "Majoration pour précarité",
    "complement_minimum": "Complément au minimum garanti",
    "montant": "Montant de l'année",
    "montant_si_prerequis": "Montant une fois les prérequis manquants remplis",
    "avance": "Avance",
    "solde": "Solde",
}
ADVANCE = (
    *paths("avance", "part", "echeance", "delai_premier_contrat"),
    *paths("horaires", "points"),
    *paths("crise", "points_du_plan"),
    *paths("coordination", "points_fixes", "points_variables", "points_variables_au_dela", "seuil_de_patientele"),
    *paths("protocoles", "maximum", "points_par_protocole"),
    *paths("concertation", "points"),
    *paths("systeme_information", "points_fixes", "associes_au_premier_taux", "points_par_associe"),
    *paths("systeme_information", "points_par_associe_suivant"),
    *REFERENCE,
    POINT,
)
NEW = (*paths("nouvelle_structure", "montant_minimal", "anciennete_du_projet", "annees_civiles"),)
PATHS: dict[str, tuple[str, ...]] = {
    "points_valorises": (POINT,),
    "majoration": paths("precarite", "seuil_c2s", "seuil_ame", "plafond"),
    "complement_minimum": NEW,
    "montant": (),
    "montant_si_prerequis": (POINT,),
    "avance": ADVANCE,
    "avance_minimale": (*paths("avance", "minimum"), *ADVANCE),
    "solde": paths("solde", "echeance"),
}


UNKNOWN = {
    (False, False): (),
    (True, False): ("à la C2S",),
    (False, True): ("à l'AME",),
    (True, True): ("à la C2S", "à l'AME"),
}
ONE_GAIN = "Son gain compte tout ce qu'il débloque ; celui des autres lignes vient une fois ce prérequis rempli."
MANY_GAINS = (
    "Le gain de chacun compte tout ce qu'ils débloquent ensemble ; "
    "celui des autres lignes vient une fois ces prérequis remplis."
)


@functools.cache
def sum_teller(year: int) -> "SumTeller":
    """The sums as they are counted in a year (2022 or later)."""
    return SumTeller(year)


class Shape(NamedTuple):
    """What decides the sums that exist, and their words.

    ``missing``: how many prerequisites are. ``unknown``: the rates of precarity that are not given. ``raised``: the
    majoration is not zero; ``increased``: it adds euros. ``guaranteed``: the minimum of a new structure stands for
    its points once the prerequisites are reached. ``floored``: the advance is the minimum one.
    """

    missing: int
    paid: bool
    unknown: tuple[str, ...]
    raised: bool
    increased: bool
    completed: bool
    guaranteed: bool
    prorated: bool
    floored: bool
    overpaid: bool


class Entry(NamedTuple):
    """A sum with its words, the numbers still to be written (``%(points)s``); ``amount`` names its cents."""

    sum: YearSum
    amount: str | None
    words: str


class SumPattern:
    """The sums of one shape of situations, the numbers still to be written."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)

    @functools.cached_property
    def short(self) -> str:
        """The JSON of the sums, their words and their parameters left empty."""
        return self._json(lambda _: "[]", told=False)

    @functools.cached_property
    def detailed(self) -> str:
        """The JSON of the sums with their words and their parameters."""
        return self._json(lambda uses: uses.json.decode().replace("%", "%%"), told=True)

    def _json(self, used: Callable[[ParameterUses], str], *, told: bool) -> str:
        parts = []
        for year_sum, amount, words in self.entries:
            start = orjson.dumps({"id": year_sum.id, "libelle": year_sum.label}).decode()[:-1].replace("%", "%%")
            quoted = f'"%({amount}_json)s"' if amount else "null"
            sentence = orjson.dumps(words).decode() if told else '""'
            parts.append(
                f'{start},"montant":{quoted},"explication":{sentence},"parametres":{used(year_sum.parameters)}}}'
            )
        return f"[{','.join(parts)}]"


class SumTeller:
    """Puts the sums of one year into words."""

    def __init__(self, year: int) -> None:
        self.rules = figures(year)
        self._patterns: dict[Shape, SumPattern] = {}
        self._sums = {name: _year_sum(name, found, year) for name, found in PATHS.items()}
        self._point = f"×{SPACE}{number(self.rules.valeur_du_point)}{SPACE}€ le point"
        self._floor = french.euros(self.rules.nouvelle_structure.montant_minimal)
        self._floor_cents = round(self.rules.nouvelle_structure.montant_minimal * 100)
        rules = self.rules
        # Reading a parameter is slow: what each situation needs is read once.
        self._coordination, self._software = rules.coordination.points_fixes, rules.systeme_information.points_fixes
        self._concertation = rules.concertation.points / rules.patientele.reference
        self._thresholds = (rules.precarite.seuil_c2s, rules.precarite.seuil_ame)
        self._monthly_cents = rules.valeur_du_point * rules.avance.part * 100 / 12

    def short_json(self, situation: SituationAciMsp, found: Totals) -> str:
        """The JSON of the sums of a situation, without their words: many times quicker over a batch."""
        amounts = {
            "worth_json": found.worth,
            "increase_json": found.increased - found.worth,
            "complement_json": found.amount - found.increased,
            "amount_json": found.amount,
            "unlocked_json": found.unlocked,
            "advance_json": found.advance,
            "balance_json": found.amount - found.advance,
        }
        shape = self._shape(situation, found, found.base * self._monthly_cents * situation.mois_contrat)
        return self._pattern(shape).short % {name: _written(cents) for name, cents in amounts.items()}

    def _shape(self, situation: SituationAciMsp, found: Totals, counted_cents: float) -> Shape:
        months, new, amount = situation.mois_contrat, situation.nouvelle_structure, found.amount
        return Shape(
            len(found.missing),
            found.worth > 0,
            UNKNOWN[situation.taux_c2s is None, situation.taux_ame is None],
            found.increase > 0,
            found.increased > found.worth,
            amount > found.increased,
            new and found.unlocked == self._floor_cents,
            months < 12,
            new and found.advance > counted_cents + 1,
            found.advance > amount,
        )

    def _pattern(self, shape: Shape) -> SumPattern:
        pattern = self._patterns.get(shape)
        if pattern is None:
            pattern = self._patterns[shape] = SumPattern(list(self._entries(shape)))
        return pattern

    def tell(self, situation: SituationAciMsp, found: Totals) -> tuple[SumPattern, dict[str, str]]:
        """The pattern of the sums of a situation, and the numbers to write in it."""
        counted_cents = found.base * self._monthly_cents * situation.mois_contrat
        shape = self._shape(situation, found, counted_cents)
        numbers = self._numbers(situation, found)
        if shape.increased:
            numbers |= self._rates(situation, found)
        if shape.completed:
            numbers["complement"], numbers["complement_json"] = told(found.amount - found.increased)
            numbers["increased"], _ = told(found.increased)
        if shape.missing:
            numbers["unlocked"], numbers["unlocked_json"] = told(found.unlocked)
            numbers["unlocked_points"], numbers["rate"] = exact(found.unlocked_points), percent(found.increase)
        if shape.floored:
            numbers["counted"], _ = told(round(counted_cents))
        return self._pattern(shape), numbers

    def _numbers(self, situation: SituationAciMsp, found: Totals) -> dict[str, str]:
        numbers = {
            "points": exact(found.totals),
            "coordination": exact(self._coordination + found.by_patients),
            "concertation": exact(self._concertation * situation.patientele),
            "software": _whole(self._software + found.by_associates),
            "base": exact(found.base),
            "months": str(situation.mois_contrat),
        }
        numbers["worth"], numbers["worth_json"] = told(found.worth)
        numbers["amount"], numbers["amount_json"] = told(found.amount)
        numbers["advance"], numbers["advance_json"] = told(found.advance)
        numbers["balance"], numbers["balance_json"] = told(found.amount - found.advance)
        return numbers

    def _rates(self, situation: SituationAciMsp, found: Totals) -> dict[str, str]:
        """« C2S : 12 % − 7,5 % = 4,5 % ; AME : 0,2 % ne dépasse pas 0,4 % », and the cap when it is reached."""
        pairs = zip(
            ("C2S", "AME"), (situation.taux_c2s or 0.0, situation.taux_ame or 0.0), self._thresholds, strict=True
        )
        counted_rates = [(name, rate, threshold, max(rate - threshold, 0.0)) for name, rate, threshold in pairs]
        parts = [_beyond(*counted_rate) for counted_rate in counted_rates]
        total = sum(beyond for *_, beyond in counted_rates)
        if total > found.increase + NOISE:
            parts.append(f"ensemble {percent(total)}, ramenés au plafond de {percent(found.increase)}")
        words, json = told(found.increased - found.worth)
        rates = {"rates": " ; ".join(parts), "rate": percent(found.increase)}
        return {**rates, "increase": words, "increase_json": json}

    def _entries(self, shape: Shape) -> Iterator[Entry]:
        sums = self._sums
        if shape.paid:
            words = f"%(points)s{SPACE}points {self._point} = %(worth)s."
            yield Entry(sums["points_valorises"], "worth", words)
        if shape.paid and shape.unknown:
            words = f"Part des patients {' et '.join(shape.unknown)} non donnée : montant compté sans majoration."
            yield Entry(sums["majoration"], None, words)
        elif shape.increased:
            yield Entry(sums["majoration"], "increase", "%(rates)s ; %(rate)s × %(worth)s = %(increase)s.")
        if shape.completed:
            words = (
                f"Au moins {self._floor} sont garantis à une nouvelle structure, l'année d'adhésion et la suivante : "
            )
            yield Entry(
                sums["complement_minimum"], "complement", f"{words}{self._floor} − %(increased)s = %(complement)s."
            )
        yield Entry(sums["montant"], "amount", _total(shape))
        if shape.missing:
            yield Entry(sums["montant_si_prerequis"], "unlocked", self._unlocked(shape))
        yield Entry(sums["avance_minimale" if shape.floored else "avance"], "advance", self._advanced(shape))
        beyond = " : l'avance dépasse le montant" if shape.overpaid else ""
        yield Entry(sums["solde"], "balance", f"%(amount)s − %(advance)s = %(balance)s{beyond}.")

    def _unlocked(self, shape: Shape) -> str:
        words = f"%(unlocked_points)s{SPACE}points {self._point}"
        words += ", majorés de %(rate)s" if shape.raised else ""
        words += f", portés au minimum garanti de {self._floor}" if shape.guaranteed else " = %(unlocked)s"
        gain = ONE_GAIN if shape.missing == 1 else MANY_GAINS
        return f"{words}. Pour y arriver : %(steps)s. {gain}"

    def _advanced(self, shape: Shape) -> str:
        rules = self.rules
        plan = rules.crise.points_du_plan if rules.crise.plan_prerequis else 0
        protocols = rules.protocoles.maximum * rules.protocoles.points_par_protocole
        terms = [
            f"{number(rules.horaires.points)} pour les horaires",
            *([f"{number(plan)} pour le plan de crise"] if plan else []),
            "%(coordination)s pour la coordination",
            f"{number(protocols)} pour {counted(rules.protocoles.maximum, 'protocole')}",
            "%(concertation)s pour la concertation",
            "%(software)s pour le système d'information",
        ]
        share = french.percent(rules.avance.part).replace("%", "%%")
        words = (
            f"Prérequis et socles atteints en entier : {' + '.join(terms)} = %(base)s points, {self._point} × {share}"
        )
        words += f" × %(months)s{SPACE}/{SPACE}12{SPACE}mois" if shape.prorated else ""
        if shape.floored:
            return f"{words} = %(counted)s, portés à l'avance minimale d'une nouvelle structure : %(advance)s."
        return f"{words} = %(advance)s."


class ToldSums(NamedTuple):
    """The sums of one situation, put into words when they are read."""

    teller: SumTeller
    situation: SituationAciMsp
    totals: Totals
    lines: tuple[ToldLine, ...]

    def results(self) -> tuple[SumResult, ...]:
        """The sums that exist for the situation, in the order in which they are counted."""
        pattern, numbers = self._told()
        return tuple(
            SumResult(
                found.id,
                found.label,
                Decimal(numbers[f"{amount}_json"]) if amount else None,
                words % numbers,
                found.parameters,
            )
            for found, amount, words in pattern.entries
        )

    def as_json(self, *, parameters: bool) -> bytes:
        """The list of the sums as JSON; without ``parameters``, those of each sum and its words are left empty."""
        if not parameters:
            return self.teller.short_json(self.situation, self.totals).encode()
        pattern, numbers = self._told()
        return (pattern.detailed % numbers).encode()

    def _told(self) -> tuple[SumPattern, dict[str, str]]:
        pattern, numbers = self.teller.tell(self.situation, self.totals)
        if missing := self.totals.missing:
            asked = [line.pattern.todo or "" for line in self.lines if line.pattern.line.id in missing]
            numbers["steps"] = " ; ".join(todo[:1].lower() + todo[1:].removesuffix(".") for todo in asked)
        return pattern, numbers


def _year_sum(name: str, found: tuple[str, ...], year: int) -> YearSum:
    sum_id = name.removesuffix("_minimale")
    return YearSum(sum_id, LABELS[sum_id], ParameterUses(parameter_use(path, year) for path in found))


def _total(shape: Shape) -> str:
    if shape.missing:
        lacking = french.plural(shape.missing, "manque", "manquent")
        return f"{shape.missing} prérequis {lacking} : rien n'est payé cette année."
    terms = ["%(worth)s de points"] if shape.paid else []
    terms += ["%(increase)s de majoration"] if shape.increased else []
    terms += ["%(complement)s de complément"] if shape.completed else []
    return f"{terms[0]}, rien de plus." if len(terms) == 1 else f"{' + '.join(terms)} = %(amount)s."


def _beyond(name: str, rate: float, threshold: float, beyond: float) -> str:
    told = f"{name} : {percent(rate)}"
    return (
        f"{told} − {percent(threshold)} = {percent(beyond)}"
        if beyond
        else f"{told} ne dépasse pas {percent(threshold)}"
    )


def told(cents: int) -> tuple[str, str]:
    """Cents twice: in words (« 1 234,50 € », « −12 € »), and as the API writes them (« 1234.50 »)."""
    if cents < 0:
        words, json = told(-cents)
        return f"−{words}", f"-{json}"
    whole, rest = divmod(cents, 100)
    text = f"{whole:,}".replace(",", NARROW) if whole > 999 else str(whole)
    words = f"{text},{rest:02d}{SPACE}€" if rest else f"{text}{SPACE}€"
    return words, f"{whole}.{rest:02d}"


def _written(cents: int) -> str:
    """Cents as the API writes them: « 1234.50 », « -12.00 »."""
    sign, whole = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def exact(value: float) -> str:
    """A number of points with four decimals at most, so that the product can be checked to the cent."""
    if value == (units := int(value)):
        return f"{units:,}".replace(",", NARROW) if units > 999 else str(units)
    units, rest = divmod(round(value * 10_000), 10_000)
    text = f"{units:,}".replace(",", NARROW) if units > 999 else str(units)
    return f"{text},{rest:04d}".rstrip("0") if rest else text


# Few numbers of associates: their points are written once.
_whole = functools.lru_cache(maxsize=1_000)(exact)


def percent(rate: float) -> str:
    """A rate as a percentage with four decimals at most."""
    text = f"{rate * 100:.4f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')}{SPACE}%"
