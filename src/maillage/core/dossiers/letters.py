"""The models of letters: text with named placeholders, of the nation, that a regional pack may rewrite.

``data/courriers/<code>.yaml`` stands everywhere; ``data/<pack>/courriers/<code>.yaml`` gives what a region changes of
it, or a letter that only this region has. No text of law gives these words: they are models, that the service edits.
"""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from maillage.core.dossiers.definition import Definition, Sourced
from maillage.core.dossiers.kinds import DATA
from maillage.core.kernel.french import UNKNOWN
from maillage.core.text import Doc, read, to_markdown

FOLDER = "courriers"
ESCAPED = re.compile(r"\\\{(?:[a-z]|\\?_)+\\\}")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
NAMES = {
    "structure": "le nom de la structure",
    "dossier": "le numéro du dossier",
    "demarche": "le titre de la démarche",
    "depose_le": "le jour du dépôt",
    "autorite": "le nom de l'autorité",
    "decideur": "qui décide",
    "decideur_majuscule": "qui décide, avec une majuscule",
    "numero": "le numéro de la décision",
    "date": "le jour de la décision",
    "communes": "les communes du périmètre",
    "gestionnaire": "la personne morale qui porte la structure",
    "gestionnaire_adresse": "l'adresse de cette personne morale",
    "adresse": "l'adresse de la structure",
    "finess_ej": "le FINESS de l'entité juridique",
    "finess_et": "le FINESS de l'établissement",
    "echeance": "la fin du délai légal",
    "silence": "ce que le silence veut dire",
    "silence_source": "le texte qui donne un sens au silence",
    "repondre_avant": "le jour avant lequel répondre",
}
"""What may stand between braces, in words. What is not known when the letter is made is said « à confirmer »."""
GENERIC = {
    "accuse": "accuse_de_depot",
    "pieces": "pieces_manquantes",
    "accord": "accord",
    "conditions": "accord_conditions",
    "refus": "refus",
    "silence": "silence_acceptation",
    "recepisse": "recepisse_cds",
    "convocation": "convocation",
}
"""The model of each purpose, for a kind of dossier that names none."""


class Mention(Sourced):
    """Something that the letter has to say, by a text: shown to who edits it, never printed by itself."""

    texte: str


class LetterModel(Sourced):
    """A model: its object and its body (markdown), with placeholders of :data:`NAMES`."""

    code: str
    titre: str
    objet: str
    corps: str
    mentions: tuple[Mention, ...] = ()
    pack: str = ""


def letter_model(definition: Definition, purpose: str) -> LetterModel:
    """The model of a kind of dossier for a purpose (« accord »…): the one that it names, else that of everyone."""
    named = next((each.modele for each in definition.courriers if each.pour == purpose), "")
    models = all_models(definition.pack)
    return models.get(named) or models[GENERIC[purpose]]


@functools.cache
def all_models(pack: str = "") -> Mapping[str, LetterModel]:
    """Every model of the nation, or as a pack rewrites them, by code."""
    national, regional = _raw(FOLDER), _raw(f"{pack}/{FOLDER}") if pack else {}
    return {
        code: LetterModel.model_validate(
            {**national.get(code, {}), **regional.get(code, {}), "pack": pack if code in regional else ""}
        )
        for code in sorted({*national, *regional})
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled; those without a value stay."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def finished(text: str, values: Mapping[str, str]) -> str:
    """A text to print: every known placeholder is filled, or said « à confirmer »."""
    filled = fill(text, values)
    return PLACEHOLDER.sub(lambda found: UNKNOWN if found[1] in NAMES else found[0], filled)


def filled_doc(body: Doc, values: Mapping[str, str]) -> Doc:
    """A body with its placeholders filled; those without a value stay. A value is words, never markup."""
    return read(_each_text(body.as_dict(), lambda text: fill(text, values)))


def finished_doc(body: Doc, values: Mapping[str, str]) -> Doc:
    """A body to print: every known placeholder is filled, or said « à confirmer »."""
    return read(_each_text(body.as_dict(), lambda text: finished(text, values)))


def typed(body: Doc) -> str:
    """A body as markdown to edit, its placeholders as one types them."""
    return ESCAPED.sub(lambda found: found[0].replace("\\", ""), to_markdown(body))


def _each_text(node: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    told = dict(node)
    if "content" in node:
        told["content"] = [_each_text(each, change) for each in node["content"]]
    if node.get("type") == "text":
        told["text"] = change(node["text"])
    return told


def _raw(folder: str) -> dict[str, dict[str, Any]]:
    read = (yaml.safe_load(path.read_text("utf-8")) for path in sorted((DATA / folder).glob("*.yaml")))
    return {each["code"]: each for each in read}
