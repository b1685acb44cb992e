"""The filters of the lists of dossiers, kept in the address: what may be asked, what it keeps."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.inbox import NEAR, REASONS
from maillage.apps.dossiers.models import Dossier, Label
from maillage.apps.dossiers.permissions import without_holder
from maillage.apps.dossiers.queries import to_review
from maillage.apps.structures.models import Structure
from maillage.apps.territories.models import Departement
from maillage.core.dossiers import kinds

ME, NOBODY = "moi", "personne"
DEADLINES = (
    ("passee", "dépassée"),
    ("proche", "dans les 15 jours"),
    ("mois", "dans le mois"),
    ("suspendue", "délai suspendu"),
    ("aucune", "sans échéance"),
)
INTERNAL = ("responsable", "etiquette", "motif")
"""What only the authority of a dossier knows: these filters look among the dossiers that a person reviews."""
ORDERS: dict[str, tuple[str, ...]] = {
    "echeance": ("due_on", "submitted_at", "pk"),
    "depot": ("submitted_at", "created_at", "pk"),
    "numero": ("number", "pk"),
    "structure": ("structure__nom", "pk"),
    "nature": ("kind", "structure__nom", "pk"),
    "responsable": ("holder__nom", "holder__prenom", "pk"),
}
"""What a list can be sorted by; the first column is the one that turns round."""


FEMININE = ("nature", "structure", "etape", "etiquette")
"""Filters of which « all » is said « toutes »."""


class FilterForm(forms.Form):
    """What one looks for. Its choices are those of the dossiers in the list, so that none leads to nothing."""

    q = forms.CharField(label="Chercher", required=False, max_length=120)
    nature = forms.ChoiceField(label="Démarche", required=False)
    structure = forms.ChoiceField(label="Structure", required=False)
    etape = forms.ChoiceField(label="Étape", required=False)
    etat = forms.ChoiceField(label="État", required=False)
    responsable = forms.ChoiceField(label="Responsable", required=False)
    etiquette = forms.ChoiceField(label="Étiquette", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    depuis = forms.DateField(label="Reçu depuis le", required=False)
    jusqu_au = forms.DateField(label="jusqu'au", required=False)
    echeance = forms.ChoiceField(label="Échéance légale", required=False, choices=[("", "Toutes"), *DEADLINES])
    motif = forms.ChoiceField(required=False, choices=[("", "Tout"), *((each.code, each.title) for each in REASONS)])

    def __init__(self, data: Any, rows: QuerySet[Dossier], person: User, *, inside: bool) -> None:
        super().__init__(data)
        self.person = person
        for name, choices in _choices(rows, person, inside=inside).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Toutes" if name in FEMININE else "Tous"), *choices]
                field.error_messages["invalid_choice"] = "Choisissez dans la liste."
        for name in ("depuis", "jusqu_au"):
            self.fields[name].error_messages["invalid"] = "Écrivez une date, par exemple 31/12/2026."
        for name in () if inside else INTERNAL:
            del self.fields[name]

    def kept(self, rows: QuerySet[Dossier], today: datetime.date) -> QuerySet[Dossier]:
        """The dossiers that answer what is asked; what is refused is not applied."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if set(asked) & set(INTERNAL):
            rows = rows.filter(pk__in=to_review(self.person).values("pk"))
        for name, column in EXACT.items():
            if name in asked:
                rows = rows.filter(**{column: asked[name]})
        if text := asked.get("q"):
            rows = rows.filter(Q(number__icontains=text) | Q(structure__nom__icontains=text))
        if label := asked.get("etiquette"):
            rows = rows.filter(pk__in=Dossier.objects.filter(labels=label).values("pk"))
        if deadline := asked.get("echeance"):
            rows = rows.filter(_until(deadline, today))
        return rows.filter(self._held(asked["responsable"])) if "responsable" in asked else rows

    def _held(self, asked: str) -> Q:
        if asked == NOBODY:
            return without_holder()
        return Q(holder=self.person) if asked == ME else Q(holder=uuid.UUID(asked))


EXACT = {
    "nature": "kind",
    "structure": "structure__kind",
    "etape": "phase",
    "etat": "state",
    "departement": "departement",
    "depuis": "received_on__gte",
    "jusqu_au": "received_on__lte",
}


def _until(asked: str, today: datetime.date) -> Q:
    return {
        "passee": Q(due_on__lt=today),
        "proche": Q(due_on__gte=today, due_on__lte=today + NEAR),
        "mois": Q(due_on__gte=today, due_on__lte=today + 2 * NEAR),
        "suspendue": Q(suspended_since__isnull=False),
        "aucune": Q(due_on=None, suspended_since=None),
    }[asked]


def _choices(rows: QuerySet[Dossier], person: User, *, inside: bool) -> dict[str, list[tuple[str, str]]]:
    bare = rows.order_by()
    titles = {each.code: each.titre for each in kinds.every_kind()}
    departements = _distinct(bare, "departement")
    names = dict(Departement.objects.filter(code__in=departements).values_list("code", "nom"))
    found = {
        "nature": _sorted((code, titles.get(code, code)) for code in _distinct(bare, "kind")),
        "structure": _known(Structure.Kind.choices, _distinct(bare, "structure__kind")),
        "etape": _known(Dossier.Phase.choices, _distinct(bare, "phase")),
        "etat": _states(bare),
        "departement": [(code, names.get(code, code)) for code in departements],
    }
    mine = to_review(person).order_by() if inside else bare.none()
    return found | (_inside(mine, person) if inside else {})


def _inside(rows: QuerySet[Dossier], person: User) -> dict[str, list[tuple[str, str]]]:
    holders = User.objects.filter(pk__in=rows.exclude(holder=None).values("holder")).exclude(pk=person.pk)
    labels = Label.objects.filter(organisation__in=rows.values("authority")).order_by("name", "pk")
    return {
        "responsable": [
            (ME, "moi"),
            (NOBODY, "personne"),
            *((str(each.pk), each.full_name) for each in holders.order_by("nom", "prenom", "pk")),
        ],
        "etiquette": [(str(each.pk), each.name) for each in labels],
    }


def _states(rows: QuerySet[Dossier]) -> list[tuple[str, str]]:
    titles = {(each.code, state.code): state.titre for each in kinds.every_kind() for state in each.etats}
    found: dict[str, list[str]] = {}
    for kind, state in rows.values_list("kind", "state").distinct():
        words = found.setdefault(state, [])
        title = titles.get((kind, state), state)
        if title not in words:
            words.append(title)
    return _sorted((state, " ou ".join(sorted(words))) for state, words in found.items())


def _distinct(rows: QuerySet[Dossier], column: str) -> list[str]:
    return sorted({value for value in rows.values_list(column, flat=True).distinct() if value})


def _known(choices: Iterable[tuple[str, Any]], codes: list[str]) -> list[tuple[str, str]]:
    return [(code, str(words).capitalize()) for code, words in choices if code in codes]


def _sorted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())
