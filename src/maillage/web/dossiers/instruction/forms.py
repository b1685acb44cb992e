"""What who reviews types."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.exchanging import GivenFile
from maillage.apps.dossiers.models import AvisRequest, Dossier, Visit
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel.problems import BadInput
from maillage.web.screening import ScreenedForm

REQUIRED = {"required": "Ce champ est obligatoire."}
A_DAY = REQUIRED | {"invalid": "Écrivez une date."}


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, with the calendar of the browser."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=A_DAY, **more)


def area(label: str, rows: int = 5, **more: Any) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea({"rows": rows, "class": "prose"})
    return forms.CharField(label=label, widget=widget, error_messages=REQUIRED, **more)


def put(form: forms.Form, refused: BadInput) -> None:
    """Say what a service refused, beside its field when the form has it."""
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.expected)


class TypedForm(ScreenedForm):
    """A form whose fields are where the notice of the screen points."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "champ-%s", **kwargs})


class FileMixin(forms.Form):
    """A file that may be joined, read for patients: who read it may say that it holds none."""

    fichier = forms.FileField(
        label="Fichier (facultatif)", required=False, help_text="PDF, Word, ODT, tableur ou image."
    )
    sans_patient = forms.BooleanField(label="J’ai relu ce fichier : il ne désigne aucun patient", required=False)

    def given_file(self) -> GivenFile | None:
        """The file, when one was sent."""
        file = self.cleaned_data.get("fichier")
        if file is None:
            return None
        return GivenFile(file.name, file, declared_harmless=self.cleaned_data["sans_patient"])


class MessageForm(FileMixin, TypedForm):
    """A message, or a note that stays inside."""

    texte = area("Votre message", required=False)
    field_order = ["texte", "fichier", "sans_patient"]


class QuestionForm(FileMixin, TypedForm):
    """What is asked of experts; who is asked is beside, as boxes."""

    question = area("Votre question", rows=4)
    reponse_avant = day_field("À rendre avant le")
    independants = forms.BooleanField(
        label="Avis indépendants : chacun lit ceux des autres une fois que tous ont rendu le leur",
        required=False,
        initial=True,
    )
    field_order = ["question", "reponse_avant", "fichier", "sans_patient", "independants"]


class AvisForm(FileMixin, TypedForm):
    """An avis: its sense, why, a file."""

    sens = forms.ChoiceField(
        label="Sens de l’avis",
        choices=[(code, words.capitalize()) for code, words in AvisRequest.Sense.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le sens de votre avis."},
    )
    texte = area("Motifs", rows=8, required=False)
    field_order = ["sens", "texte", "fichier", "sans_patient"]


class VisitForm(TypedForm):
    """A visit or a meeting, in the hours of the territory."""

    nature = forms.ChoiceField(label="Nature", choices=[(c, w.capitalize()) for c, w in Visit.Kind.choices])
    jour = day_field("Jour")
    heure = forms.TimeField(
        label="Heure (du territoire)",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages=REQUIRED | {"invalid": "Écrivez une heure, par exemple 14:30."},
    )
    duree = forms.IntegerField(
        label="Durée (minutes)",
        widget=forms.TextInput({"inputmode": "numeric"}),
        min_value=1,
        max_value=24 * 60,
        initial=60,
        error_messages={"invalid": "Écrivez un nombre de minutes."} | REQUIRED,
    )
    lieu = forms.CharField(label="Lieu (facultatif)", required=False, max_length=200)
    avec = area("Autres personnes (facultatif)", rows=2, required=False)
    interne = forms.BooleanField(label="Pour l’instruction seulement : qui dépose ne la voit pas", required=False)

    def moment(self, dossier: Dossier) -> datetime.datetime:
        """When it starts, as an aware moment."""
        given = self.cleaned_data
        return datetime.datetime.combine(given["jour"], given["heure"], tzinfo=zone_of(dossier.region))


class ReportForm(TypedForm):
    """The report of a visit; ``lu`` is the one that its author had before them."""

    compte_rendu = area("Compte rendu", rows=6, required=False)
    lu = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    @classmethod
    def texts(cls) -> list[str]:
        """The report alone: the hidden one is already kept."""
        return ["compte_rendu"]


class PiecesForm(TypedForm):
    """The request for missing pieces, beside the pieces ticked."""

    texte = area("Message à qui dépose (facultatif)", rows=4, required=False)
    reponse_avant = day_field("Réponse attendue avant le")


class WithdrawForm(TypedForm):
    """Why a request for pieces is taken back."""

    motif = area("Motif du retrait", rows=3)


def in_days(days: int) -> datetime.date:
    """A day to propose."""
    return timezone.localdate() + datetime.timedelta(days=days)


def guests_among(people: list[User], ticked: list[str]) -> tuple[User, ...]:
    """The people ticked."""
    return tuple(each for each in people if str(each.pk) in ticked)
