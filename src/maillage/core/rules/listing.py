"""Finding rules and parameters: their domain, their structure, the words that lead to them, the aids they give."""

import functools
from collections.abc import Iterable, Iterator

from maillage.core.kernel import french
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.catalogue import Rule, rules
from maillage.core.rules.orientation import packs
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText, Reference

DOMAINS = {
    "esp": "Équipe de soins primaires (ESP)",
    "msp": "Maison de santé (MSP)",
    "cds": "Centre de santé (CDS)",
    "ess": "Équipe de soins spécialisés (ESS)",
    "cpts": "Communauté professionnelle territoriale de santé (CPTS)",
    "aci_msp": "ACI des maisons de santé",
    "aci_cpts": "ACI des CPTS",
    "aides": "Aides aux professionnels",
    "financements": "Aides et financements des structures",
    "immobilier": "Immobilier",
    "telesante": "Télésanté",
    "systeme_information": "Système d'information et données de santé",
    "professions": "Professions",
    "territoire": "Territoires et accessibilité aux soins",
}
"""The families under which rules and parameters are listed, in their order."""
OTHERS = "Autres calculs"
# Domains that are of a structure although they do not bear its name.
STRUCTURE_OF = {"aci_msp": "MSP", "aci_cpts": "CPTS"}
# How the names of rules and of their modules begin, the longest first.
PREFIXES = dict(sorted({**{code: code for code in DOMAINS}, "centre": "cds"}.items(), key=lambda it: -len(it[0])))


def domain_of_path(path: str) -> str:
    """The domain of a parameter: the first part of its path."""
    return path.split(".")[0]


def domain_of_rule(name: str) -> str:
    """The domain of a rule, from its name (« aci_msp_montant » is of « aci_msp ») or else from that of its module.

    Empty when it has none.
    """
    return _domain_named(name) or _domain_named(rules()[name].scheme)


def _domain_named(name: str) -> str:
    return next((code for prefix, code in PREFIXES.items() if name.startswith(f"{prefix}_")), "")


def domain_label(code: str) -> str:
    """The name of a domain in French."""
    return DOMAINS.get(code, OTHERS)


def rank(code: str) -> int:
    """The place of a domain in a list: those that are not named come last."""
    return list(DOMAINS).index(code) if code in DOMAINS else len(DOMAINS)


def structure_of_path(path: str) -> str:
    """The structure (« MSP ») whose parameter it is; empty when it is of several or of none."""
    parts = path.split(".")
    words = [STRUCTURE_OF.get(part, part.upper()) for part in parts[:2]]
    return next((word for word in words if word in STRUCTURE_CODES), "")


def structure_of_rule(rule: Rule) -> str:
    """The structure whose rule it is; empty when it is of several or of none."""
    domain = domain_of_rule(rule.name)
    return getattr(rule.spec, "structure", "") or STRUCTURE_OF.get(domain) or structure_of_path(domain)


def search_parameters(words: str, pack: str = "") -> list[ParameterText]:
    """The parameters that answer ``words``, by domain then path; all of them when there are no words."""
    found = [text for text in system(pack).texts() if answers(words, _words_of_parameter(text.path, pack))]
    return sorted(found, key=lambda text: (rank(domain_of_path(text.path)), text.path))


def search_rules(words: str) -> list[Rule]:
    """The rules that answer ``words``, by domain, then as they are written; facts that are given are not rules."""
    found = [rule for rule in rules().values() if not rule.is_given and answers(words, _words_of_rule(rule.name))]
    return sorted(found, key=lambda rule: rank(domain_of_rule(rule.name)))


def answers(words: str, folded: str) -> bool:
    """Whether every word is in a folded text, at the beginning of a word; « MSP-2.1 » is one word.

    >>> answers("Équipe MSP-2", "equipe msp 2 1"), answers("esp", "responsable")
    (True, False)
    """
    return all(f" {french.fold(word)}" in f" {folded}" for word in words.split())


def aids_using(path: str) -> list[str]:
    """The aids whose amount this parameter gives: a sentence each, with the structure."""
    found = {
        f"{packs.nation().noms[structure]} : {aid.libelle}"
        for structure in STRUCTURE_CODES
        for region in (None, *pack_codes())
        for aid in packs.aids(region, structure)
        if path in (aid.parametre, aid.minimum, aid.maximum)
        or (aid.par_taille and path.startswith(f"{aid.par_taille}."))
    }
    return sorted(found)


def texts_of_rule(rule: Rule) -> tuple[Reference, ...]:
    """The texts of the parameters that a rule reads, each once."""
    engine = system()
    found = (ref for path in rule.parameters for dated in engine.text(path).values for ref in dated.references)
    return tuple(dict.fromkeys(found))


@functools.cache
def _words_of_parameter(path: str, pack: str) -> str:
    text = system(pack).text(path)
    titles = (reference.title for dated in text.values for reference in dated.references)
    domain = domain_label(domain_of_path(path))
    return _folded((text.label, path, *text.ids, text.note, structure_of_path(path), domain, *titles))


@functools.cache
def _words_of_rule(name: str) -> str:
    rule = rules()[name]
    titles = (reference.title for reference in texts_of_rule(rule))
    domain = domain_label(domain_of_rule(name))
    return _folded((rule.label, name, *_said(rule), structure_of_rule(rule), domain, *titles))


def _said(rule: Rule) -> Iterator[str]:
    yield from (getattr(rule.spec, name, "") for name in ("id", "todo", "proof"))


def _folded(texts: Iterable[str]) -> str:
    return french.fold(" ".join(texts))
