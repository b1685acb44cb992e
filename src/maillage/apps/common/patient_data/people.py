"""People named with what makes them patients: an age, a date of birth, a state of health, the word itself."""

import re
from collections.abc import Iterator

from maillage.apps.common.patient_data.finding import Finding, Kind, found
from maillage.apps.common.patient_data.naming import Named, is_professional, named
from maillage.apps.common.patient_data.plain import Plain
from maillage.apps.common.patient_data.words import CIVILITY, PROFESSION, SICK, THINGS, TITLES

NUMBER = r"(?:1[01]\d|\d{1,2})"
AGE = rf"(?:\d{{1,2}} et )?{NUMBER}(?:[.,]5)?"
YEARS = r"(?:\s?(?:ans?|ANS)\b(?: et demi)?|\s?a\.|a\b)"
MONTHS = r"\s?(?:mois|semaines|jours)\b"
NOT_AN_AGE = (
    r"(?!\s*(?:d'|de |apres|plus tard|avant|durant|auparavant|dans le|pour|au (?:sein|service|poste|moins)|deja"
    r"|ferme|comme"
    r"|en tant|a la tete|chez|qu'|que\b))"
)
"""« 30 ans d'expérience », « 9 ans de bail », « deux ans après »."""
SAID = r"[^.;!?\n\d]{0,60}?"
LEAD = (
    r"(?:agee?s? d(?:e|'environ)\s+|(?:a|avait|aura|(?:va |vient de |a )?fet(?:e|era|er|ait) ses|du haut de ses"
    r"|malgre ses|va avoir|vient d'avoir)\s+"
    r"|(?:une? (?:[a-z]+ )?)?(?:patiente?|femme|homme|dame|fille|garcon|enfant|veuve?|retraitee?|personne"
    r"|agricult(?:eur|rice)"
    r"|ouvriere?|employee?|commercante?|artisane?|marin|chomeuse?|lyceene?|collegiene?|ecoliere?)(?: [a-z]+)? de\s+)"
)
TOLD_AGE = re.compile(
    rf"(?:\.?\s*[,(:;/|\t-]\s*|\s+)(?P<said>{SAID}[,(:-]\s*|{SAID}\s(?={LEAD}))??"
    rf"(?P<lead>{LEAD})?(?P<age>{AGE}){YEARS}{NOT_AN_AGE}"
)
TOLD_MONTHS = re.compile(rf"\s*[,(:]?\s*(?:agee? de )?(?P<age>{AGE})(?:{MONTHS}|{YEARS}){NOT_AN_AGE}")
LASTING = re.compile(
    r"\b(?:depuis|pendant|durant|duree|bail|mandat|engag\w*|contrat|convention|il y a|pret|emprunt|amorti\w*|cpom"
    r"|projet"
    r"|dans|sur|pour|moins de|plus de|tous les|toutes les|patients|enfants|jeunes|personnes|adultes|eleves|apres"
    r"|avant"
    r"|population|exerce|travaille|installee?|recoit|suit|anime|accueille|preside|dirige|coordonne)\b",
    re.IGNORECASE,
)
OF_A_CONTRACT = re.compile(
    r"\b(?:pret|bail|contrat|mandat|emprunt|engagement|convention)s? (?:de|du|avec|signee? par) $", re.IGNORECASE
)
"""What stands before the name when the years are those of a contract."""
SOMEONE_ELSE = re.compile(rf"(?<!\w)(?:{CIVILITY}|{TITLES}) [A-Z]")
"""The age that follows is theirs."""
AGED = re.compile(
    rf"(?:\b[Aa]gee? de|\bA|\b(?:[Ff]emme|[Hh]omme|[Dd]ame|[Pp]atiente?|[Mm]onsieur|[Ff]ille"
    rf"|[Gg]arcon) de) {AGE}{YEARS}\s*[,:(-]?\s*(?=[A-Zm])"
)
DATE = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])[ ]?[/.\-][ ]?(?:0?[1-9]|1[0-2])[ ]?[/.\-][ ]?(?P<{0}>(?:18|19"
    r"|20)?\d{{2}})(?![./-]?\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:1er|0?[1-9]|[12]\d|3[01])(?:\s|-)(?:janv|fevr|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov"
    r"|dec)[a-z]*\.?(?:\s|-)"
    r"(?P<{0}m>(?:18|19|20)\d\d)(?!\d))"
)
BORN_LABEL = re.compile(
    r"\b(?:ddn|dn|d\.d\.n\.?|date de naissance|date (?:de )?naiss\.?|naissance|dnaiss|ne\(?e?\)?s? ?le"
    r"|nee? ?\(e\) ?le)"
    r"(?P<who> (?:de |du |: )?(?:la |l')?(?:patiente?|enfant|M\.|Mme)[^\n\d]{0,40}?)?\s*(?:[:=|;,]|le"
    r"|est le)?\s*(?:le )?"
    rf"(?P<date>{DATE.format('y')})",
    re.IGNORECASE,
)
BORN = re.compile(
    rf"\b[nN](?:e|ee|E|EE"
    rf"|e\(e\))s?\b\)?\s+(?P<maiden>(?:a )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?(?: \(\d+\))?,? )?(?:[Ll][Ee] |en |, le )?"
    rf"(?P<date>{DATE.format('y')}|(?:19|20)\d\d\b)"
)
FOUNDED = re.compile(r"\s*(?:de (?:la |l')|d'une?\b|grace|a l'initiative|sous l'impulsion|autour|avec l'|par )")
LATEST_BIRTH = 2010
"""A name beside a later date alone is a meeting or a signature as likely as a birth (see docs/guides/securite.md)."""
BESIDE = re.compile(
    rf"(?P<link>\s*[,;|\t(:-]\s*|\s+)(?:(?:ne|nee|n\.|ddn|le)\s*:?\s*)?(?P<date>{DATE.format('y')})", re.IGNORECASE
)
DAY_FIRST = re.compile(rf"(?:^|(?<=[\n;|\t]))\s*(?P<date>{DATE.format('y')})\s*[,;|\t-]?\s*")
LONGEST_DATE = 30
TODAY_CENTURY = 30
SENTENCE_START = 90
YEAR_ALONE = 4
FORM_LABELS = ("ne(e)", "nee(e)", "ne (e)", "nee (e)")
CLAUSE = re.compile(r"(?<!\bM)(?<!\bMr)[.;!?](?=\s)|\n")


def people(read: Plain) -> Iterator[Finding]:
    """Every person who is told as a patient."""
    for who in named(read.text):
        yield from _aged(read, who)
        yield from _born_beside(read, who)
        yield from _born_before(read, who)
        yield from _cared_for(read, who)
        if who.is_patient:
            yield found(Kind.PATIENT, read.original, [read.span(*who.span)])
    yield from _labelled_births(read)
    yield from _births(read)


def _aged(read: Plain, who: Named) -> Iterator[Finding]:
    if OF_A_CONTRACT.search(read.text[max(0, who.lead - LONGEST_DATE) : who.lead]):
        return
    match = (TOLD_MONTHS if who.is_child else TOLD_AGE).match(read.text, who.end)
    if match is None or not _tells_an_age(who, match) or is_professional(read.text, who, match.end()):
        match = None
    if match is not None:
        upto = read.span(*match.span("age"))[1]
        yield found(Kind.AGE, read.original, [read.span(*who.span)], upto)
    elif _told_before(read.text, who) and not is_professional(read.text, who, who.end):
        yield found(Kind.AGE, read.original, [read.span(*who.span)])


def _tells_an_age(who: Named, match: re.Match[str]) -> bool:
    said = match.groupdict().get("said") or ""
    if LASTING.search(said) or SOMEONE_ELSE.search(said):
        return False
    if who.has_civility or who.is_child:
        return True
    return not said.strip(" ,(:-") or bool(match.groupdict().get("lead"))


def _told_before(text: str, who: Named) -> bool:
    """« une femme de 82 ans, Mme Durand »."""
    return any(match.end() in (who.start, who.lead) for match in AGED.finditer(text, max(0, who.lead - 60), who.end))


def _born_before(read: Plain, who: Named) -> Iterator[Finding]:
    """« 12/03/1948 Durand Lucette »: the lines of a list that begin with the day."""
    window = max(0, who.lead - LONGEST_DATE)
    for match in DAY_FIRST.finditer(read.text, window, who.lead):
        year = _year(match)
        if match.end() != who.lead or year is None or year >= LATEST_BIRTH or " " not in who.text:
            continue
        if not is_professional(read.text, who, who.end):
            yield found(Kind.BIRTH, read.original, [read.span(*match.span("date")), read.span(*who.span)])


def _born_beside(read: Plain, who: Named) -> Iterator[Finding]:
    match = BESIDE.match(read.text, who.end)
    if match is None or is_professional(read.text, who, match.end()):
        return
    spaced = not match["link"].strip()
    year = _year(match)
    if year is not None and year < LATEST_BIRTH and (not spaced or who.is_sure):
        yield found(Kind.BIRTH, read.original, [read.span(*who.span), read.span(*match.span("date"))])


def _year(match: re.Match[str]) -> int | None:
    told = match["y"] or match["ym"] or match["date"][:4]
    if not told.isdigit():
        return None
    year = int(told)
    if len(told) == 2:
        return 2000 + year if year <= TODAY_CENTURY else 1900 + year
    return year


def _cared_for(read: Plain, who: Named) -> Iterator[Finding]:
    if not who.has_civility:
        return
    match = CARED.match(read.text, who.end)
    if match is None or LASTING.search(match["between"] or "") or is_professional(read.text, who, who.end):
        return
    yield found(Kind.HEALTH, read.original, [read.span(*who.span)], read.span(*match.span("state"))[1])


CARED = re.compile(
    rf"(?:\s*[,(:]\s*|\s+)(?P<between>[^.;!?\n\d]{{0,40}}?\b)?(?:est |etait |toujours "
    rf"|actuellement )?(?P<state>{SICK})"
)


def _labelled_births(read: Plain) -> Iterator[Finding]:
    for match in BORN_LABEL.finditer(read.text):
        told = match.group().lower()
        if told.startswith("ne") and not told.startswith(FORM_LABELS):
            continue  # « né le … » needs a person: see _births
        before = read.text[max(0, match.start() - SENTENCE_START) : match.start()]
        of_a_thing = told.startswith("nai") and THINGS.search(before)
        if not of_a_thing and not FOUNDED.match(read.text, match.end()):
            yield found(Kind.BIRTH, read.original, [read.span(*match.span("date"))])


def _births(read: Plain) -> Iterator[Finding]:
    for match in BORN.finditer(read.text):
        if FOUNDED.match(read.text, match.end()):
            continue
        before = CLAUSE.split(read.text[max(0, match.start() - SENTENCE_START) : match.start()])[-1]
        after = read.text[match.end() : match.end() + SENTENCE_START]
        spans = _name_before(read, match, before, after)
        if spans is None and len(match["date"]) > YEAR_ALONE and _is_a_person(before, after, _year(match) or 0):
            spans = []
        if spans is not None:
            yield found(Kind.BIRTH, read.original, [*spans, read.span(*match.span("date"))])


def _name_before(read: Plain, born: re.Match[str], before: str, after: str) -> list[tuple[int, int]] | None:
    """Where the one who is born is named, in the same sentence; ``None`` when nobody is, or a professional."""
    who = next(reversed(list(named(before))), None)
    if who is None or is_professional(before + born.group() + after, who, len(before + born.group())):
        return None
    shift = born.start() - len(before)
    return [read.span(who.start + shift, who.end + shift)]


def _is_a_person(before: str, after: str, year: int) -> bool:
    """Without a name that is seen: a form (« né le … » alone), a pronoun, a patient, or a day of another age."""
    if any(True for _ in named(before)) or THINGS.search(before) or THINGS.search(after[:40]):
        return False
    if not before.strip(" -•*:\t") or PERSON.search(before):
        return True
    return 0 < year < LATEST_BIRTH and not TRADE.search(before) and not TRADE.search(after[:60])


TRADE = re.compile(rf"\b(?:{TITLES}|{PROFESSION})\b", re.IGNORECASE)
PERSON = re.compile(
    r"\b(?:patiente?|il|elle|enfant|bebe|resident|residente|fille|fils|epoux|epouse|mere|pere|femme|homme|usagere?"
    r"|je)\b",
    re.IGNORECASE,
)
