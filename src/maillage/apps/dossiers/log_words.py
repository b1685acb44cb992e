"""The words of the log about dossiers: verbs, states and answers that it holds as codes."""

import functools
from collections.abc import Collection, Mapping

from maillage.apps.accounts import journal
from maillage.apps.accounts.journal import Words
from maillage.apps.dossiers.models import AgendaItem, Appraisal, Decision, Dossier
from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import VERBS, Definition
from maillage.core.kernel.problems import BadInput

LABEL = Dossier._meta.label_lower
OF_THE_PATH = {code.replace("_", " "): said for code, said in VERBS.items()} | {"noter": "Écrire une note interne"}
LABELS = {
    "nature": "démarche", "piece": "pièce", "depose_par": "déposé par", "repris_de": "repris de",
    "decision": "décision", "decidee_le": "décidée le", "signee_le": "signée le", "notifiee_le": "notifiée le",
    "remplie_le": "remplie le", "finie_le": "finie le", "seance": "séance", "verification": "vérification",
    "appreciation": "appréciation", "laisse_de_cote": "réponses laissées de côté", "propose": "décision proposée",
    "finess_ej": "FINESS de l’entité juridique", "finess_et": "FINESS de l’établissement", "numero": "numéro",
    "etat": "état", "empreinte": "empreinte du fichier",
}  # fmt: skip


def verb_in_words(verb: str) -> str:
    """A verb as its button says it, the others as they were written, with a capital."""
    told = OF_THE_PATH.get(verb, verb)
    return told[:1].upper() + told[1:]


def words_of(keys: Collection[str]) -> Mapping[str, Words]:
    """The words of each of these dossiers: those of its definition."""
    rows = Dossier.objects.filter(pk__in=keys).values_list("pk", "kind", "region")
    return {str(key): _words(kind, region) for key, kind, region in rows}


@functools.cache
def _words(kind: str, region: str) -> Words:
    try:
        definition = kinds.kind(kind, region)
    except BadInput:
        return Words(labels=LABELS)
    return Words(
        labels={**{each.code: each.libelle for each in definition.champs}, **LABELS}, values=_values(definition)
    )


def _values(definition: Definition) -> dict[str, dict[str, str]]:
    answers = {each.code: {one.code: one.libelle for one in each.options} for each in definition.champs if each.options}
    return {
        **answers,
        "etat": {each.code: each.titre for each in definition.etats},
        "nature": {each.code: each.titre for each in kinds.all_kinds(definition.pack)},
        "piece": {each.code: each.libelle for each in definition.pieces},
        "verification": {each.code: each.enonce for each in definition.verifications},
        "appreciation": {code: str(label) for code, label in Appraisal.Verdict.choices},
        "propose": {str(code): said for code, said in VERBS.items()},
        "sens": {code: str(label) for code, label in Decision.Sense.choices},
        "objet": {code: str(label) for code, label in AgendaItem.Purpose.choices},
    }


journal.VERBS[LABEL] = verb_in_words
journal.TOLD[LABEL] = words_of
