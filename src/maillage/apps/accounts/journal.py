"""Reading the log: the acts that a person may know, and the words and names they are told with."""

import datetime
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import MANAGERS
from maillage.apps.common.models import Event
from maillage.core.kernel.french import day, quantity

DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
PERSON = "personne:"
TOKEN = "jeton:"  # noqa: S105 - how the log names a token of the API
FORGOTTEN = "compte supprimé"
REMOVED = "supprimé depuis"
ACCENTS = {"creer": "créer", "liberer": "libérer", "delimiter": "délimiter", "decrire": "décrire"}
"""Verbs that were written without their accents."""
WORDS = {
    "revision": "révision", "debut": "début", "duree": "durée", "metier": "métier", "departement": "département",
    "region": "région", "role": "rôle", "etat": "état", "prenom": "prénom", "tenue_par": "tenue par",
    "invitations_retirees": "invitations retirées", "fermee_le": "fermée le", "octets": "taille (octets)",
    "sans_patient_declare": "déclaré sans patient", "numero": "numéro", "methode": "moyen", "completude": "complétude",
    "is_signatory": "signe le projet", "joined_on": "entré le", "left_on": "sorti le", "sorti_le": "sorti le",
    "ecriture": "peut écrire", "etp": "équivalent temps plein", "mode": "mode d’exercice",
    "email": "adresse électronique", "change": "ce qui a changé", "constituee_le": "constituée le", "state": "état",
    "title": "titre", "pilot_id": "pilote", "structure_id": "structure", "projet_id": "projet", "site_id": "site",
    "echeances": "échéances", "de": "copie de", "due_on": "pour le", "decalees": "étapes décalées",
    "administre": "administre le site", "rpps": "numéro RPPS", "rna": "numéro RNA", "siren": "numéro SIREN",
    "specialite": "spécialité",
}  # fmt: skip
"""What was written as a key, in words."""
HOLDING = ("prendre", "liberer")
"""Taking a heading to write it and giving it back: many acts that change nothing."""
NAMED = (
    "accounts.organisation", "structures.member", "structures.structure", "structures.site", "projets.projet",
    "activity.action",
)  # fmt: skip
"""What a value can be the key of, beside a person: it is told by its name."""
NOT_FOUND = "non retrouvé"
SLUG = re.compile(r"[a-z]+(?:_[a-z]+)+")
"""A value that was written as a key: « medecin_generaliste »."""
READERS = (*MANAGERS, Role.Name.ADMINISTRATEUR)
"""Who reads all that is done in their organisation; anyone reads their own acts, and what is done to their account."""


HIDDEN: list[Callable[[User], Q]] = []
"""What apps keep from a person whatever their roles: each gives the acts to leave out (a conflict of interest)."""


@dataclass(frozen=True)
class Words:
    """The words of what a log wrote about one object as codes: its verbs, its keys, the values under a key."""

    verbs: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


VERBS: dict[str, Callable[[str], str]] = {}
"""By kind of object, the words of a verb, for the apps that write some as codes."""
TOLD: dict[str, Callable[[Collection[str]], Mapping[str, Words]]] = {}
"""By kind of object, the words of each of these objects, for the apps whose keys and values are codes."""
PLAIN = Words()


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty: everything."""

    actor: str = ""
    verb: str = ""
    subject: str = ""
    scope: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    held: bool = True
    """Whether the headings taken and given back are told too."""


@dataclass(frozen=True)
class Line:
    """An act as a person reads it. ``before`` and ``after`` are pairs of words."""

    at: datetime.datetime
    actor: str
    verb: str
    subject: str
    name: str
    organisation: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def events_for(person: User, asked: Asked | None = None) -> QuerySet[Event]:
    """The acts that a person may read, the latest first.

    Those of the organisations they run or administer (an ARS reads its own, never those of a structure), their own,
    those on their account, and those of the installation for who administers it.
    """
    known = Q(actor=person.event_actor) | Q(subject_type=User._meta.label_lower, subject_id=str(person.pk))
    known |= Q(scope__in=_scopes(person))
    if person.is_administrator:
        known |= Q(scope="")
    events = Event.objects.filter(known)
    for hidden in HIDDEN:
        events = events.exclude(hidden(person))
    return _narrowed(events, asked) if asked else events


def organisations_read(person: User) -> list[Organisation]:
    """The organisations whose log a person reads whole, by name."""
    return list(Organisation.objects.filter(pk__in=_scopes(person)))


def choices(events: QuerySet[Event]) -> dict[str, list[tuple[str, str]]]:
    """What can be looked for among these acts: actors, verbs and kinds of objects, each as key and words."""
    bare = events.order_by()
    actors = list(bare.values_list("actor", flat=True).distinct())
    named = names(actors)
    told = {
        "acteur": [(key, named.get(key, key)) for key in actors],
        "acte": list({verb: _verb(verb, kind) for verb, kind in _verbs(bare)}.items()),
        "objet": [(kind, _kind(kind)) for kind in bare.values_list("subject_type", flat=True).distinct()],
    }
    return {name: sorted(pairs, key=lambda pair: pair[1].casefold()) for name, pairs in told.items()}


def _verbs(events: QuerySet[Event]) -> list[tuple[str, str]]:
    """The verbs, those of the objects with their own words last: a word that only they have wins."""
    pairs = {(verb, kind) for verb, kind in events.values_list("verb", "subject_type").distinct()}
    shared = {verb for verb, kind in pairs if kind not in VERBS}
    return [(verb, "" if verb in shared else kind) for verb, kind in sorted(pairs)]


def lines(events: Iterable[Event]) -> list[Line]:
    """The acts in words; names are read now, so that a forgotten account is told as such."""
    read = list(events)
    named = names(_keys(read)) | _things(read)
    objects, words = _objects(read), _words_of(read)
    bodies = {
        str(each.pk): each.nom for each in Organisation.objects.filter(pk__in=_identifiers(e.scope for e in read))
    }
    return [
        Line(
            at=event.at,
            actor=named.get(event.actor, event.actor),
            verb=_verb(event.verb, event.subject_type),
            subject=_kind(event.subject_type),
            name=objects.get((event.subject_type, event.subject_id), REMOVED),
            organisation=bodies.get(event.scope, ""),
            before=_told(event.before, named, words=words.get((event.subject_type, event.subject_id), PLAIN)),
            after=_told(event.after, named, words=words.get((event.subject_type, event.subject_id), PLAIN)),
        )
        for event in read
    ]


def names(keys: Collection[str]) -> dict[str, str]:
    """The name of each person of these keys (« personne:<uuid> »); of one who was forgotten, that they were.

    A token of the API (« jeton:<uuid> ») is told by its name.
    """
    asked = {key for key in keys if key.startswith(PERSON)}
    people = User.objects.in_bulk(_identifiers(key.removeprefix(PERSON) for key in asked))
    found = {user.event_actor: FORGOTTEN if user.forgotten_at else user.full_name for user in people.values()}
    return {key: found.get(key, FORGOTTEN) for key in asked} | _tokens(keys)


def _tokens(keys: Collection[str]) -> dict[str, str]:
    asked = _identifiers(key.removeprefix(TOKEN) for key in keys if key.startswith(TOKEN))
    rows = apps.get_model("connections.apitoken")._base_manager.filter(pk__in=asked) if asked else ()
    return {f"{TOKEN}{row.pk}": f"jeton « {row} »" for row in rows}


def _scopes(person: User) -> list[str]:
    held = Role.objects.filter(user=person, until=None, name__in=READERS)
    return [str(key) for key in held.values_list("organisation_id", flat=True).distinct()]


def _narrowed(events: QuerySet[Event], asked: Asked) -> QuerySet[Event]:
    exact = {"actor": asked.actor, "verb": asked.verb, "subject_type": asked.subject, "scope": asked.scope}
    events = events.filter(**{name: value for name, value in exact.items() if value})
    if not asked.held and asked.verb not in HOLDING:
        events = events.exclude(verb__in=HOLDING)
    if asked.since:
        events = events.filter(at__date__gte=asked.since)
    return events.filter(at__date__lte=asked.until) if asked.until else events


def _verb(verb: str, kind: str = "") -> str:
    own = VERBS.get(kind)
    return own(verb) if own else ACCENTS.get(verb, verb)


def _words_of(events: list[Event]) -> dict[tuple[str, str], Words]:
    found: dict[tuple[str, str], Words] = {}
    for kind, told in TOLD.items():
        keys = {event.subject_id for event in events if event.subject_type == kind}
        found |= {(kind, key): words for key, words in (told(keys) if keys else {}).items()}
    return found


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def _objects(events: list[Event]) -> dict[tuple[str, str], str]:
    """The name of each object that is still there."""
    keys: dict[str, set[str]] = {}
    for event in events:
        keys.setdefault(event.subject_type, set()).add(event.subject_id)
    found: dict[tuple[str, str], str] = {}
    for label, wanted in keys.items():
        try:
            model = apps.get_model(label)
            rows = model._base_manager.filter(pk__in=wanted)
            found |= {(label, str(row.pk)): str(row) for row in rows}
        except (LookupError, ValueError, ValidationError):
            continue
    return found


def _keys(events: list[Event]) -> set[str]:
    told = {str(value) for event in events for change in (event.before, event.after) for value in _values(change)}
    return {event.actor for event in events} | {value for value in told if value.startswith(PERSON)}


def _things(events: list[Event]) -> dict[str, str]:
    """The names of what the acts tell by its key alone."""
    told = {str(value) for event in events for change in (event.before, event.after) for value in _values(change)}
    asked = [str(each) for each in _identifiers(told)]
    found = dict.fromkeys(asked, NOT_FOUND)
    for label in NAMED if asked else ():
        model = apps.get_model(label)
        missing = [key for key, name in found.items() if name == NOT_FOUND]
        if missing and isinstance(model._meta.pk, models.UUIDField):
            found |= {str(row.pk): str(row) for row in model._base_manager.filter(pk__in=missing)}
    return found


def _values(change: Any) -> Iterable[Any]:
    if isinstance(change, Mapping):
        return [value for each in change.values() for value in _values(each)]
    return [value for each in change for value in _values(each)] if isinstance(change, list) else [change]


def _told(
    change: Mapping[str, Any] | None, named: Mapping[str, str], under: str = "", words: Words = PLAIN
) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for key, value in (change or {}).items():
        label = under + (words.labels.get(key) or WORDS.get(key, key.replace("_", " ")))
        if isinstance(value, Mapping):
            pairs.extend(_told(value, named, f"{label}, ", words))
        else:
            pairs.append((label, _value(key, value, named, words)))
    return tuple(pairs)


def _value(key: str, value: Any, named: Mapping[str, str], words: Words) -> str:
    """A value in the words of its key."""
    if key in words.values and value not in (None, "", []):
        known, given = words.values[key], value if isinstance(value, list) else [value]
        return ", ".join(known.get(str(each)) or _words(each, named) for each in given)
    if key == "role" and value in Role.Name.values:
        return str(Role.Name(value).label)
    if key == "verifications" and isinstance(value, list):
        return " ; ".join(_checked(each) for each in value)
    if key == "change" and isinstance(value, list):
        return ", ".join(WORDS.get(str(each), str(each)) for each in value)
    return _words(value, named)


def _checked(check: Any) -> str:
    """A check of a dossier as it was known at a decision: its statement and its answer."""
    return f"{check['enonce']} : {check['etat']}" if isinstance(check, Mapping) and "enonce" in check else str(check)


def _words(value: Any, named: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return "rien"
    if isinstance(value, list):
        return ", ".join(_words(each, named) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{label} : {words}" for label, words in _told(value, named))
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(datetime.date.fromisoformat(value))
    if isinstance(value, str) and SLUG.fullmatch(value):
        return quantity(value)
    return named.get(value, value) if isinstance(value, str) else quantity(value)


def _identifiers(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
