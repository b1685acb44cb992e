"""What the rules of the structures say of a territory: its population, its overlaps, its continuity.

Thresholds are parameters of the rules, those of the region when it writes its own; nothing is decided here.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from maillage.core.kernel import french
from maillage.core.territory.diagnosis.results import RuleWarning, State

if TYPE_CHECKING:
    from maillage.core.rules.simulation.uses import ParameterUse

STRUCTURES = ("esp", "msp", "cds", "ess", "cpts")
NAMES = {"esp": "ESP", "msp": "MSP", "cds": "CDS", "ess": "ESS", "cpts": "CPTS"}
SIZES = (2, 3, 4)
UNKNOWN_POPULATION = "La population du territoire n'est pas connue entièrement : ce seuil reste à vérifier."


@dataclass(frozen=True)
class Overlap:
    """A known CPTS that shares communes with the territory; ``size`` is how many it has."""

    name: str
    shared: int
    size: int


@dataclass(frozen=True)
class Facts:
    """What the rules look at. ``region`` is that compared with, ``departments`` those wholly in the territory,
    ``other_regions`` the codes of the regions that it touches beside.

    ``overlaps`` is ``None`` when no file of the territories of the CPTS is loaded; ``pieces`` how many separate parts
    the territory has, by ``pieces_by`` (a French phrase), ``None`` when it cannot be told.
    """

    day: datetime.date
    region: str
    population: float | None
    vintage: str
    departments: tuple[str, ...] = ()
    overlaps: tuple[Overlap, ...] | None = None
    pieces: int | None = None
    pieces_by: str = ""
    other_regions: tuple[str, ...] = ()


def warnings(facts: Facts, structure: str = "") -> tuple[RuleWarning, ...]:
    """The warnings for a structure, or for each of them when none is chosen."""
    reader = _Rules(facts)
    wanted = (structure,) if structure else STRUCTURES
    return tuple(warning for name in wanted for warning in reader.of(name))


@dataclass(frozen=True)
class _Rules:
    """The rules of the region on the day, applied to the facts."""

    facts: Facts

    def of(self, structure: str) -> Iterator[RuleWarning]:
        """The warnings of one structure."""
        makers = {"cpts": self._cpts, "cds": self._centre, "ess": self._specialists}
        if structure in makers:
            yield from makers[structure]()
        else:
            name = NAMES[structure]
            yield RuleWarning(
                f"{structure}.territoire", name, "information", f"{name} : aucun seuil de territoire",
                f"Aucun texte connu de Maillage ne fixe de population ni de périmètre à une {name} : son équipe et sa "
                "patientèle comptent.",
            )  # fmt: skip

    @cached_property
    def _system(self) -> Any:
        return _system_of(self.facts.region)

    def _use(self, path: str) -> "ParameterUse":
        from maillage.core.rules.simulation.uses import use_of

        return use_of(self._system.text(path), self.facts.day)

    @property
    def _region(self) -> str:
        return _name(self.facts.region)

    def _beyond(self, use: "ParameterUse") -> str:
        """What the other regions of the territory say of the same figure, when they do not say the same."""
        from maillage.core.rules.simulation.uses import use_of

        sentences = []
        for code in self.facts.other_regions:
            other = use_of(_system_of(code).text(use.path), self.facts.day)
            if other.local != use.local and not other.local:
                sentences.append(f" Aucune règle de l'ARS n'est connue pour {_name(code)}, que ce territoire touche.")
            elif other.local != use.local:
                told = french.quantity(other.value, other.unit)
                sentences.append(f" Ce territoire touche aussi {_name(code)}, dont l'ARS demande {told}.")
        return "".join(sentences)

    def _warning(self, code: str, structure: str, state: State, title: str, text: str, use: "ParameterUse",
                 rule: str | None = None) -> RuleWarning:  # fmt: skip
        doubt = f" Cette règle est à confirmer : {use.reason}." if use.doubtful and use.reason else ""
        newer = f" {_sentence(use.superseded)}" if use.superseded else ""
        return RuleWarning(
            code, structure, state, title, f"{text}{doubt}{newer}", use.path, rule, tuple(use.texts), use.value
        )

    def _cpts(self) -> Iterator[RuleWarning]:
        yield self._cpts_population()
        yield from self._cpts_size()
        yield self._cpts_alone()
        yield self._cpts_fields()
        yield self._in_one_piece("CPTS", None)

    def _cpts_population(self) -> RuleWarning:
        use = self._use("cpts.territoire.population_minimale")
        title, rule = "CPTS : population du territoire", "cpts_population"
        if use.value is None:
            return self._warning(
                "cpts.population", "CPTS", "a_verifier", title, "Le seuil n'est pas établi.", use, rule
            )
        if not use.value:
            text = f"Aucun plancher national de population. {self._inhabitants()}{self._beyond(use)}"
            return self._warning("cpts.population", "CPTS", "information", title, text, use, rule)
        threshold = french.quantity(use.value, "habitants")
        where = f"La politique de l'ARS ({self._region}) demande" if use.local else "La règle demande"
        state, told = self._above(use.value, strictly=True)
        text = f"{where} plus de {threshold}. {told}{self._beyond(use)}"
        return self._warning("cpts.population", "CPTS", state, title, text, use, rule)

    def _cpts_size(self) -> Iterator[RuleWarning]:
        people = self.facts.population
        uses = [self._use(f"financements.cpts.seuil.taille_{size}") for size in SIZES]
        if people is None or any(use.value is None for use in uses):
            return
        reached = [rank for rank, use in enumerate(uses) if people >= use.value]
        size = SIZES[reached[-1]] if reached else 1
        use = uses[reached[-1]] if reached else uses[0]
        text = (
            f"Avec {french.quantity(people, 'habitants')}, ce territoire relève de la taille {size} de l'accord "
            "conventionnel (ACI), qui règle son financement. La population retenue sera celle de l'Assurance maladie."
        )
        yield self._warning("cpts.taille", "CPTS", "information", f"CPTS : taille {size} de l'ACI", text, use)

    def _cpts_alone(self) -> RuleWarning:
        use = self._use("cpts.territoire.une_seule_cpts")
        title, overlaps = "CPTS : aucune autre sur le territoire", self.facts.overlaps
        if overlaps is None:
            text = (
                "Demandez à l'ARS ou à l'URPS si une CPTS couvre déjà une de ces communes : leurs territoires ne sont "
                "pas dans les fichiers chargés."
            )
            return self._warning("cpts.unicite", "CPTS", "a_verifier", title, text, use, "cpts_unicite")
        if not overlaps:
            text = "Aucune commune n'est dans le territoire d'une CPTS du fichier chargé."
            return self._warning("cpts.unicite", "CPTS", "respecte", title, text, use, "cpts_unicite")
        said = " ; ".join(f"{each.name} ({_communes(each.shared)} sur ses {each.size})" for each in overlaps)
        blocking = self._use("cpts.territoire.unicite_bloquante").value
        end = (
            f"La politique de l'ARS ({self._region}) l'interdit."
            if blocking
            else "Accordez vos territoires avec elle et avec l'ARS."
        )
        text = f"Le territoire recouvre celui d'une CPTS connue : {said}. {end}"
        return self._warning("cpts.unicite", "CPTS", "alerte", title, text, use, "cpts_unicite")

    def _cpts_fields(self) -> RuleWarning:
        use = self._use("cpts.composition.champs_minimum")
        text = (
            "Une CPTS ne réunit pas les acteurs d'un seul champ : ville, hôpital, médico-social, social. Le territoire "
            "ne dit pas qui participera ; la section « offre » montre qui inviter."
        )
        return self._warning("cpts.champs", "CPTS", "a_verifier", "CPTS : plusieurs champs", text, use, "cpts_champs")

    def _centre(self) -> Iterator[RuleWarning]:
        use = self._use("cds.reperes.bassin")
        title = "CDS : habitants du bassin"
        if use.value is None:
            yield self._warning("cds.bassin", "CDS", "a_verifier", title, "Le repère n'est pas établi.", use)
            return
        least = french.quantity(use.value, "habitants")
        if not use.local:
            text = (
                f"Aucun repère n'est connu pour {self._region}. Le seul connu est celui d'une autre région, au moins "
                f"{least} ({', '.join(text for text, _ in use.texts)}). {self._inhabitants()} À confirmer auprès de "
                "votre ARS."
            )
            yield self._warning("cds.bassin", "CDS", "a_verifier", title, text, use)
            return
        state, told = self._above(use.value, strictly=False)
        text = (
            f"À titre de repère, pour l'ARS ({self._region}), le bassin d'un centre de santé compte au moins {least}. "
            f"{told}{self._beyond(use)}"
        )
        yield self._warning("cds.bassin", "CDS", state, title, text, use)

    def _specialists(self) -> Iterator[RuleWarning]:
        use = self._use("ess.territoire.perimetre_departemental")
        title, whole = "ESS : un périmètre au moins départemental", self.facts.departments
        state: State = "respecte" if whole else "alerte"
        if whole:
            text = f"Le territoire tient au moins un département entier : {', '.join(whole)}."
        else:
            text = "Le périmètre d'une ESS est au moins un département : celui-ci n'en tient aucun entier."
        yield self._warning("ess.perimetre", "ESS", state, title, text, use, "ess_perimetre")
        yield self._in_one_piece("ESS", use)
        alone = self._use("ess.territoire.unicite")
        text = (
            "Demandez à l'ARS si une ESS de la même spécialité existe déjà : Maillage n'a pas la liste des ESS et de "
            "leurs spécialités."
        )
        title = "ESS : aucune autre de la même spécialité"
        yield self._warning("ess.unicite", "ESS", "a_verifier", title, text, alone, "ess_unicite")

    def _in_one_piece(self, structure: str, use: "ParameterUse | None") -> RuleWarning:
        code, title = f"{structure.lower()}.continuite", f"{structure} : un territoire d'un seul tenant"
        pieces, by = self.facts.pieces, self.facts.pieces_by
        state: State
        if pieces is None:
            state, text = "a_verifier", "La position d'une commune n'est pas connue : vérifiez sur la carte."
        elif pieces > 1:
            state, text = "alerte", f"Le territoire semble fait de {pieces} morceaux séparés, {by}."
        else:
            state, text = "respecte", f"Le territoire semble d'un seul tenant, {by}."
        if use is not None:
            return self._warning(code, structure, state, title, text, use, "ess_perimetre")
        text += " Aucun texte connu ne l'exige ainsi ; l'ARS peut s'opposer à un territoire qui n'est pas pertinent."
        return RuleWarning(code, structure, "information" if state == "respecte" else state, title, text)

    def _above(self, threshold: float, *, strictly: bool) -> tuple[State, str]:
        people = self.facts.population
        if people is None:
            return "a_verifier", UNKNOWN_POPULATION
        enough = people > threshold if strictly else people >= threshold
        if enough:
            return "respecte", self._inhabitants()
        lacking = french.quantity(threshold - people, "habitants")
        return "alerte", f"{self._inhabitants()} Il en manque {lacking.split(french.NO_BREAK_SPACE, maxsplit=1)[0]}."

    def _inhabitants(self) -> str:
        if self.facts.population is None:
            return UNKNOWN_POPULATION
        return f"Ce territoire en compte {french.number(self.facts.population, 0)} ({self.facts.vintage})."


def _system_of(region: str) -> Any:
    """The texts of a region, those of the nation where it writes none."""
    from maillage.core.rules.orientation.packs import pack_of_region
    from maillage.core.rules.system import system

    return system(pack_of_region(region) or "")


def _name(region: str) -> str:
    from maillage.core.rules.regions import REGIONS

    return REGIONS.get(region, "région non connue")


def _communes(count: int) -> str:
    return f"{french.number(count)} {french.plural(count, 'commune')}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
