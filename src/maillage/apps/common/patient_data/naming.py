"""Names of people in a plain text, and whether they are those of professionals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.apps.common.patient_data.words import CIVILITY, FIRST_NAMES, NOT_NAMES, PATIENT, PROFESSION, TITLES

CAP = r"[A-Z][A-Za-z]*(?:['-][A-Za-z]+)*"
PARTICLE = (
    r"(?:d'|(?:[Dd]e [Ll]a|[Dd]e|[Dd]u|[Dd]es|[Ll]e|[Ll]a|[Vv]an|[Vv]an den|[Vv]an der|[Dd]en|[Dd]er|[Vv]on"
    r"|[Ee]l|[Aa]l|[Bb]en|[Dd]a|[Dd]os) )"
)
NAME = rf"{PARTICLE}?{CAP}(?:[ ]{PARTICLE}?{CAP}){{0,3}}"
WITH_CIVILITY = re.compile(
    rf"(?<![\w.-])(?P<civility>(?:(?:[Pp]atiente?|[Rr]esidente?|[Uu]sagere?|[Bb]eneficiaire"
    rf"|[Mm]alade) ?:? ?|(?:[Pp]atients|[Rr]esidente?s|[Uu]sagers|[Mm]alades) ?: ?)?{CIVILITY}(?: et {CIVILITY})?)\s?"
    rf"(?P<name>(?<=\s)(?:[A-Z]\.(?=\s?[,(]| [a-z\d])|(?:[A-Z]\. ?)?{NAME}|[a-z]{{3,}}(?=,? (?:\d|agee? de \d|\(\d)))"
    rf"|(?<=\.){NAME})"
)
AS_PATIENT = re.compile(rf"\b(?P<word>{PATIENT})s?\s?:?\s(?:nommee?\s)?(?P<name>{NAME})")
FREE = re.compile(
    rf"(?<![\w.-])(?P<name>{CAP}(?:[ ]{PARTICLE}?{CAP}){{1,3}}(?: [A-Z]\.)?"
    rf"|{CAP}(?: [A-Z]\.|\s*[;,|\t]\s*{CAP})?)(?![\w'])"
)
NAMES_A_PLACE = re.compile(
    rf"\b(?:{TITLES}|ecole|college|lycee|rue|place|avenue|boulevard|allee|impasse|maison(?: de sante)?|centre"
    rf"|hopital|clinique"
    r"|ehpad|residence|salle|espace|fondation|institut|prix|quartier|test d[e']|protocole d[e'])\s*$",
    re.IGNORECASE,
)
"""What stands before a name that is not of somebody who is cared for: a title, a street, a school."""
LOOK = 60
AGE_NEXT = re.compile(r"\s*[,(]\s*\d{1,3} ans\b")
"""Two capitalised words with an age right after are a person, even with a rare first name."""
CHILD = ("enfant", "bebe", "nourrisson", "petit", "petite", "jeune")
STRONG = ("patient", "patiente", "resident", "residente", "malade", "usager", "usagere", "beneficiaire", "pt", "pte")
LOWEST_CAPITALS = 4


@dataclass(frozen=True)
class Named:
    """A name at ``start`` to ``end``; ``lead`` is where its civility or the word before it begins.

    ``sure`` says that it is a name by itself: civility, known first name, or the word « patient » before it.
    """

    lead: int
    start: int
    end: int
    text: str
    word: str = ""
    has_civility: bool = False
    is_sure: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """Where the name is."""
        return self.start, self.end

    @property
    def is_child(self) -> bool:
        """Whether a word for a child stands before."""
        return self.word in CHILD

    @property
    def is_patient(self) -> bool:
        """Whether the word before says a patient."""
        return self.word in STRONG


def named(text: str) -> Iterator[Named]:
    """Every name, the surest way of seeing it first; a name is told once."""
    taken = bytearray(len(text))
    for each in (*_with_civility(text), *_as_patient(text), *_free(text)):
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            yield each


def _with_civility(text: str) -> Iterator[Named]:
    for match in WITH_CIVILITY.finditer(text):
        word = "patient" if match["civility"].lower().startswith(STRONG) else ""
        if not _is_common(match["name"], first_only=True):
            yield Named(match.start(), *match.span("name"), match["name"], word, has_civility=True)


def _as_patient(text: str) -> Iterator[Named]:
    for match in AS_PATIENT.finditer(text):
        word = match["word"].lower()
        words = _words(match["name"])
        if _is_common(match["name"]) or (word not in (*STRONG, *CHILD) and words[0] not in FIRST_NAMES):
            continue
        if text[match.start() : match.start("name")].rstrip().endswith("s"):
            continue
        if match["name"].isupper() and len(match["name"]) < LOWEST_CAPITALS:
            continue
        yield Named(match.start(), *match.span("name"), match["name"], word, is_sure=words[0] in FIRST_NAMES)


def _free(text: str) -> Iterator[Named]:
    """Names without a word before: a known first name, or capitals beside a first name."""
    for match in FREE.finditer(text):
        words = _words(match["name"])
        if _is_common(match["name"]) or NAMES_A_PLACE.search(text[max(0, match.start() - LOOK) : match.start()]):
            continue
        known = words[0] in FIRST_NAMES or words[-1] in FIRST_NAMES
        capitals = any(part.isupper() and len(part) >= LOWEST_CAPITALS for part in re.findall(CAP, match["name"]))
        if known or capitals or (" " in match["name"] and AGE_NEXT.match(text, match.end())):
            yield Named(match.start(), *match.span("name"), match["name"], is_sure=known and (len(words) > 1))


def _words(name: str) -> list[str]:
    return [part for word in re.findall(CAP, name) for part in re.split("['-]", word.lower()) if part]


def _is_common(name: str, *, first_only: bool = False) -> bool:
    """Whether these are not the words of a name; « Mme Tran Thi Mai » is one, « Convention Mai » is not."""
    words = [word for word in _words(name) if word not in PARTICLES]
    if not words:
        return name in COMMON or name.lower() in PARTICLES
    return any(word in NOT_NAMES for word in words[: 1 if first_only else None]) or bool(ROLE.fullmatch(words[0]))


PARTICLES = frozenset({"le", "la", "de", "du", "des", "van", "den", "der", "von", "el", "al", "ben", "da", "dos"})
ROLE = re.compile(PROFESSION)
COMMON = frozenset({"les", "des", "nos", "son", "ses", "leur", "qui", "que", "est", "ont", "age", "agee"})
BEFORE = re.compile(
    rf"(?:\b{TITLES}|(?<!par l')(?<!par la )(?<!par le )\b{PROFESSION}s?(?: [a-z]{{4,15}})?|\b(?:notre|nos|la|le"
    rf"|les|l'"
    rf"|une?|des|deux) ?{PROFESSION}s?(?: [a-z' ]{{3,30}})?\s*[,:(])\s*$",
    re.IGNORECASE,
)
OTHERS = re.compile(rf"(?:(?:{CIVILITY} {NAME}|{NAME})(?:, | et |, et ))+$")
"""« Mme Durand et » before Mme Martin: what is said of the first is said of both."""
HEADING = re.compile(rf"\W*{PROFESSION}(?: [a-z' ]{{2,30}})?\s*:\s*", re.IGNORECASE)
"""« Élu à la santé : » at the beginning of a line."""
CLAUSE = re.compile(r"[.;\n](?=\s|$)\s*|\n")
AFTER = re.compile(
    r"\s*[,(:;/|\t)-]*\s*(?P<aged>(?:agee? de )?\d{2} ans\s*[,)]*\s*)?(?:demeurant [^,\n]{0,60},\s*)?"
    r"(?:a (?-i:[A-Z])[\w' -]{1,30}(?: \(\d+\))?,?\s*)?"
    r"(?:(?:est|exerce(?: comme)?|travaille comme|en qualite de|en tant que|intervient comme)\s*)?"
    r"(?P<article>(?:la |le |l')?)(?:notre |une? |jeune |future? |nouvel(?:le)? |nouveau |docteure? en )*"
    rf"{PROFESSION}(?![\w])(?!\s*(?:a la |en |desormais )?retrait)",
    re.IGNORECASE,
)


def is_professional(text: str, who: Named, end: int) -> bool:
    """Whether the person is named with a trade: before the name, right after it, or after what was found."""
    before = OTHERS.sub("", CLAUSE.split(text[max(0, who.lead - LOOK) : who.lead])[-1])
    if BEFORE.search(before) or HEADING.fullmatch(before):
        return True
    if _is_a_trade(AFTER.match(text, who.end)):
        return True
    return end != who.end and _is_a_trade(AFTER.match(text, end), aged=True)


def _is_a_trade(said: re.Match[str] | None, *, aged: bool = False) -> bool:
    """« Mme Durand, la présidente » is her trade; « Mme Durand, 82 ans, le pharmacien » is somebody else."""
    return said is not None and not (said["article"] and (aged or said["aged"]))
