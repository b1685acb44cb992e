"""The screen of patient data in a form: what was stopped, where, and the button that masks it.

In a view: :func:`received` gives what was typed, already masked when its author asked for it (nothing is saved then:
show the form again); when a service raises ``PatientData``, put :func:`stopped` in the context as
``donnees_patient`` and include « _patient_data.html » inside the form. What was typed stays in its fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict

from maillage.apps.common.patient_data.finding import Finding
from maillage.apps.common.patient_data.screen import find
from maillage.apps.common.screening import TOO_LONG, PatientData, is_too_long, masked

MASK = "masquer"
"""Name of the button."""
AROUND = 40
IN_THE_FIELD = "Ce texte contient ce qui peut désigner un patient : masquez-le ou reformulez-le."


@dataclass(frozen=True)
class Passage:
    """A passage as its author typed it, with a few words around, and why it is stopped."""

    before: str
    found: str
    after: str
    why: str


@dataclass(frozen=True)
class Stopped:
    """What is stopped in a field: the name of the field in the page, its label, its passages."""

    field: str
    label: str
    passages: tuple[Passage, ...]


def mask_asked(request: HttpRequest) -> bool:
    """Whether the author pressed « Masquer »: show the form again, save nothing."""
    return MASK in request.POST


def received(request: HttpRequest, fields: Iterable[str]) -> QueryDict:
    """What was typed; the texts of ``fields`` are masked when their author asked for it.

    One too long to be read stays as it is, and the page says so.
    """
    if not mask_asked(request):
        return request.POST
    data = request.POST.copy()
    for field in (fields := tuple(fields)):
        data.setlist(field, [masked({field: text})[field] for text in data.getlist(field)])
    if any(is_too_long(text) for field in fields for text in data.getlist(field)):
        messages.error(request, TOO_LONG)
    return data


def stopped(
    refusal: PatientData, typed: Mapping[str, str], labels: Mapping[str, str] | None = None
) -> tuple[Stopped, ...]:
    """What to show of a refusal. ``typed`` holds the texts by the labels that the service was given.

    ``labels`` says how a field is called in the page, when the service was given another word.
    """
    said = labels or {}
    return tuple(
        Stopped(field, said.get(field, field), tuple(passage(typed.get(field, ""), each) for each in findings))
        for field, findings in refusal.findings.items()
    )


def passage(text: str, finding: Finding) -> Passage:
    """A finding in its text, for the author only."""
    start, end = finding.start, finding.end
    before = ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND] + ("…" if len(text) > end + AROUND else "")
    return Passage(before, text[start:end], after, finding.explanation)


class ScreenedForm(forms.Form):
    """A form whose texts are screened; ``donnees_patient`` is what to show, empty when nothing is stopped."""

    donnees_patient: tuple[Stopped, ...] = ()

    @classmethod
    def texts(cls) -> list[str]:
        """Names of the fields that are screened: those where one types freely."""
        return [name for name, field in cls.base_fields.items() if type(field) is forms.CharField]

    def clean(self) -> dict[str, object]:
        """Stop each text that may tell who a patient is, beside its field."""
        cleaned = super().clean() or self.cleaned_data
        for name in [name for name in self.texts() if is_too_long(str(cleaned.get(name) or ""))]:
            self.add_error(name, TOO_LONG)  # which takes it from what is screened below
        self.donnees_patient = tuple(self._stopped(cleaned))
        for each in self.donnees_patient:
            self.add_error(each.field, IN_THE_FIELD)
        return cleaned

    def _stopped(self, cleaned: Mapping[str, object]) -> Iterable[Stopped]:
        for name in self.texts():
            text = str(cleaned.get(name) or "")
            if found := find(text):
                label = str(self.fields[name].label or name)
                yield Stopped(name, label, tuple(passage(text, each) for each in found))
