"""What is typed about a decision."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from maillage.apps.dossiers.deciding import MOST_CONDITIONS
from maillage.apps.dossiers.refusals import Refusal
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.screening import ScreenedForm

REQUIRED = {"required": "Ce champ est obligatoire."}
SIGNS = "Son nom est écrit sur la lettre à signer."
A_DAY = REQUIRED | {"invalid": "Écrivez une date."}
FIELDS = {
    "motives": "motifs",
    "appeal": "recours",
    "voies de recours": "recours",
    "lettre": "lettre",
    "decided_on": "decidee_le",
    "signed_on": "signee_le",
    "signatory": "signataire",
    "quality": "qualite",
    "fichier": "fichier",
    "nom du fichier": "fichier",
    "on": "jour",
    "how": "moyen",
    "met_on": "remplie_le",
    "note": "note",
    "motif": "motif",
    "motif du retrait": "motif",
    "reason": "motif",
    "ej": "ej",
    "et": "et",
}
"""How the pages call the fields of the services."""


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, with the calendar of the browser."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=A_DAY, **more)


def area(label: str, rows: int, **more: Any) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea({"rows": rows, "class": "prose"})
    return forms.CharField(label=label, widget=widget, error_messages=REQUIRED, required=False, **more)


def put(form: forms.Form, refused: BadInput) -> None:
    """Say what a service refused, beside its field when the form has it."""
    for problem in refused.problems:
        name = FIELDS.get(problem.field, "")
        form.add_error(name if name in form.fields else None, _words(problem))


def _words(problem: Problem) -> str:
    return problem.expected if isinstance(problem, Refusal) or not problem.field else problem.message


@dataclass(frozen=True)
class ConditionRow:
    """A condition as typed: its text, its day."""

    rank: int
    text: str = ""
    due_on: str = ""


def typed_conditions(data: QueryDict) -> list[ConditionRow]:
    """The conditions as typed, empty lines left out."""
    pairs = zip(data.getlist("condition"), data.getlist("condition_avant"), strict=False)
    kept = [(text.strip(), day.strip()) for text, day in pairs if text.strip() or day.strip()]
    return [ConditionRow(rank, *each) for rank, each in enumerate(kept[:MOST_CONDITIONS], start=1)]


def with_blanks(rows: Sequence[ConditionRow], blanks: int) -> list[ConditionRow]:
    """The lines to show: those typed, then empty ones."""
    return [*rows, *(ConditionRow(rank) for rank in range(len(rows) + 1, len(rows) + 1 + blanks))]


def wanted_conditions(rows: Iterable[ConditionRow]) -> list[dict[str, Any]]:
    """The lines as the service takes them. Raises :class:`BadInput` on a day that is none."""
    return [{"text": row.text, "due_on": _day(row)} for row in rows]


def _day(row: ConditionRow) -> datetime.date | None:
    if not row.due_on:
        return None
    try:
        return datetime.date.fromisoformat(row.due_on)
    except ValueError:
        words = f"La date de la condition {row.rank} n’est pas une date."
        raise BadInput([Refusal("conditions", None, words)]) from None


class DecisionForm(ScreenedForm):
    """The decision that is prepared or taken; its conditions are beside, line by line."""

    decision = forms.ChoiceField(
        label="Décision", error_messages={"required": "Choisissez une décision.", "invalid_choice": "Choisissez."}
    )
    motifs = area("Motifs", 6, help_text="Obligatoires pour un refus ou un accord sous conditions.")
    lettre = area(
        "Texte de la lettre", 14,
        help_text="Les mots entre accolades sont remplis par Maillage. L’objet, les motifs, les conditions, les voies "
        "de recours et la signature s’ajoutent d’eux-mêmes.",
    )  # fmt: skip
    modele = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    lettre_relue = forms.BooleanField(label="J’ai relu la lettre : elle dit bien cette décision", required=False)
    recours = area("Voies et délais de recours", 3, help_text="Sans ce texte, la lettre ne peut pas être signée.")
    decidee_le = day_field("Date de la décision", required=False)
    signataire = forms.CharField(label="Signataire", max_length=200, required=False, help_text=SIGNS)
    qualite = forms.CharField(label="Qualité du signataire", max_length=200, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], decides: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices
        if not decides:
            for name in ("decidee_le", "signataire", "qualite"):
                del self.fields[name]

    @classmethod
    def texts(cls) -> list[str]:
        """The name of who signs is expected here: the texts alone are screened."""
        return ["motifs", "lettre", "recours"]


class LetterForm(ScreenedForm):
    """What the letter to sign waits for."""

    signataire = forms.CharField(label="Signataire", max_length=200, error_messages=REQUIRED)
    qualite = forms.CharField(label="Qualité du signataire", max_length=200, error_messages=REQUIRED)
    recours = area("Voies et délais de recours", 3)
    lettre = area("Texte de la lettre", 14)
    lettre_relue = forms.BooleanField(label="J’ai relu la lettre : elle dit bien cette décision", required=False)

    @classmethod
    def texts(cls) -> list[str]:
        """The names of who signs are expected here: the texts alone are screened."""
        return ["recours", "lettre"]


class SigningForm(ScreenedForm):
    """Who signed, when, and the signed letter."""

    signataire = forms.CharField(label="Signataire", max_length=200, error_messages=REQUIRED)
    qualite = forms.CharField(label="Qualité du signataire", max_length=200, error_messages=REQUIRED)
    signee_le = day_field("Signée le")
    recours = area("Voies et délais de recours", 3)
    fichier = forms.FileField(label="Lettre signée (PDF)", error_messages={"required": "Joignez la lettre signée."})
    sans_patient = forms.BooleanField(label="J’ai relu ce fichier : il ne désigne aucun patient", required=False)

    @classmethod
    def texts(cls) -> list[str]:
        """The names of who signs are expected here: the text alone is screened."""
        return ["recours"]


class NoticeForm(ScreenedForm):
    """How a decision is notified."""

    moyen = forms.CharField(
        label="Moyen de la notification", max_length=120, error_messages=REQUIRED,
        help_text="Par exemple : lettre recommandée avec avis de réception, remise contre signature, Maillage.",
    )  # fmt: skip
    jour = day_field("Notifiée le")


class ReasonForm(ScreenedForm):
    """Why a decision is withdrawn."""

    motif = area("Motif du retrait", 4)


class ConditionForm(ScreenedForm):
    """Where a condition stands."""

    remplie_le = day_field("Remplie le", required=False, help_text="Laissez vide si elle ne l’est pas encore.")
    note = area("Note", 3, help_text="Qui a déposé le dossier la lit.")


class FinessForm(forms.Form):
    """The FINESS numbers."""

    ej = forms.CharField(label="FINESS de l’entité juridique (EJ)", required=False, max_length=20)
    et = forms.CharField(label="FINESS de l’établissement (ET)", required=False, max_length=20)


class ClosureForm(ScreenedForm):
    """The end of a recognition."""

    jour = day_field("Fin de la reconnaissance")
    motif = forms.CharField(
        label="Motif", max_length=250, error_messages=REQUIRED, help_text="Par exemple : fermeture, fusion."
    )
