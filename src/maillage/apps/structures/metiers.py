"""The métiers of a team: those of the orientation, those of the RPPS, and who works beside them."""

import functools

from maillage.apps.territories.directories.professions import named
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import nearest
from maillage.core.rules.orientation.situation import PROFESSIONS

BESIDE = {
    "medecin": ("médecin", "médecins"),
    "assistant_medical": ("assistant médical", "assistants médicaux"),
    "secretaire": ("secrétaire", "secrétaires"),
    "coordinateur": ("coordinateur", "coordinateurs"),
    "enseignant_apa": ("enseignant en activité physique adaptée", "enseignants en activité physique adaptée"),
    "osteopathe": ("ostéopathe", "ostéopathes"),
    "mediateur_en_sante": ("médiateur en santé", "médiateurs en santé"),
    "autre": ("autre métier", "autres métiers"),
}
"""Who works beside the professions of the rules and is in no table of them."""
SAID = {
    "dentiste": "chirurgien_dentiste",
    "generaliste": "medecin_generaliste",
    "ide": "infirmier",
    "idel": "infirmier",
    "infirmiere": "infirmier",
    "infirmiere liberale": "infirmier",
    "infirmiere en pratique avancee": "infirmier_pratique_avancee",
    "ipa": "infirmier_pratique_avancee",
    "kine": "masseur_kinesitherapeute",
    "kinesitherapeute": "masseur_kinesitherapeute",
    "medecin traitant": "medecin_generaliste",
    "mg": "medecin_generaliste",
    "mk": "masseur_kinesitherapeute",
    "pharmacienne": "pharmacien",
    "podologue": "pedicure_podologue",
    "psychomotricienne": "psychomotricien",
    "dieteticienne": "dieteticien",
    "assistante sociale": "assistant_social",
    "assistante medicale": "assistant_medical",
    "coordinatrice": "coordinateur",
    "coordonnateur": "coordinateur",
    "mediatrice en sante": "mediateur_en_sante",
    "chirurgienne dentiste": "chirurgien_dentiste",
}
"""What a team writes in its own lists."""


@functools.cache
def metiers() -> dict[str, tuple[str, str]]:
    """French names, singular and plural, by slug, in the order in which a form lists them."""
    return {**PROFESSIONS, **{slug: names for slug, names in named().items() if slug not in PROFESSIONS}, **BESIDE}


def name_of(slug: str) -> str:
    """The French name of a métier, the slug in words when the table does not have it."""
    return metiers().get(slug, (slug.replace("_", " "),))[0]


def metier_of(text: str) -> str | None:
    """The métier that a person wrote (« Infirmière », « kiné », « medecin_generaliste »), ``None`` when unknown.

    >>> metier_of("Kiné"), metier_of("sages-femmes"), metier_of("plombier")
    ('masseur_kinesitherapeute', 'sage_femme', None)
    """
    return _by_words().get(_key(text))


def near_metier(text: str) -> str:
    """The name of the métier that looks most like these words, empty when none does."""
    slug = nearest(text, list(metiers()))
    return name_of(slug) if slug else ""


@functools.cache
def _by_words() -> dict[str, str]:
    words = {_key(said): slug for said, slug in SAID.items()}
    for slug, names in metiers().items():
        for said in (slug, *names):
            words.setdefault(_key(said), slug)
    return words


def _key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").replace("-", " ").split())
