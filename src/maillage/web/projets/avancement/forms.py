"""The forms of the pages that say how far a project is."""

from typing import Any

from django import forms

from maillage.apps.common.screening import PatientDataProblem
from maillage.apps.projets.models import Projet, Step
from maillage.apps.projets.roadmaps import ShownStep
from maillage.apps.projets.steps import StepFields
from maillage.apps.structures.legal_entities import FORMS, LegalEntityFields
from maillage.apps.structures.models import LegalEntity, Member
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.screening import ScreenedForm

DAY = "%Y-%m-%d"


def day_field(label: str) -> forms.DateField:
    """A day that may be left empty, with the picker of the browser."""
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, DAY))


class StepForm(ScreenedForm):
    """Where a step stands. ``step`` is the step as it is shown; its fields have its code in their identifiers."""

    etat = forms.ChoiceField(label="État", choices=Step.State.choices)
    echeance = day_field("Échéance")
    imposee = forms.BooleanField(label="Cette date est imposée : elle ne se décale pas", required=False)
    fait_le = day_field("Faite le")
    responsable: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label="Qui s’en charge", queryset=None, required=False, empty_label="Personne pour l’instant"
    )
    documents = forms.MultipleChoiceField(label="Documents prêts", required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label="Note", required=False, max_length=2_000, widget=forms.Textarea({"rows": 2, "class": "plain"})
    )

    def __init__(self, projet: Projet, step: ShownStep, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(step))
        # What was stopped leads to « champ-note »: one form at most is sent, the others keep the code of their step.
        kwargs["auto_id"] = "champ-%s" if args else f"{step.code}-%s"
        super().__init__(*args, **kwargs)
        self.step = step
        people, papers = self.fields["responsable"], self.fields["documents"]
        if isinstance(people, forms.ModelChoiceField) and isinstance(papers, forms.MultipleChoiceField):
            people.queryset = projet.structure.members.filter(left_on=None)
            papers.choices = [(name, name) for name in step.about.documents]

    def fields_of_the_step(self) -> StepFields:
        """What was said, once the form is valid. Raises :class:`BadInput`."""
        said = dict(self.cleaned_data)
        said["responsable"] = said["responsable"].pk if said["responsable"] else None
        return read(StepFields, said)

    def add_problems(self, wrong: BadInput) -> None:
        """Put each problem beside its field."""
        for problem in wrong.problems:
            self.add_error(problem.field if problem.field in self.fields else None, expected(problem))


def _initial(step: ShownStep) -> dict[str, Any]:
    return {
        "etat": step.state,
        "echeance": step.due_on,
        "imposee": step.is_imposed,
        "fait_le": step.done_on,
        "responsable": step.in_charge,
        "documents": list(step.ready),
        "note": step.note,
    }


class LegalEntityForm(forms.Form):
    """A legal person, thought of or constituted."""

    form = forms.ChoiceField(label="Forme", choices=list(FORMS.items()))
    state = forms.ChoiceField(label="État", choices=LegalEntity.State.choices)
    nom = forms.CharField(label="Dénomination", required=False, max_length=200)
    siren = forms.CharField(label="SIREN", required=False, max_length=14)
    rna = forms.CharField(label="Numéro RNA (association)", required=False, max_length=14)
    constituted_on = day_field("Constituée le")

    def __init__(self, *args: Any, entity: LegalEntity | None = None, **kwargs: Any) -> None:
        if entity is not None:
            kwargs.setdefault("initial", {name: getattr(entity, name) for name in self.base_fields})
        kwargs["auto_id"] = f"entite-{entity.pk if entity else 'nouvelle'}-%s"
        super().__init__(*args, **kwargs)
        self.entity = entity

    def fields_of_the_entity(self) -> LegalEntityFields:
        """What was said, once the form is valid. Raises :class:`BadInput`."""
        return read(LegalEntityFields, dict(self.cleaned_data))

    def add_problems(self, wrong: BadInput) -> None:
        """Put each problem beside its field."""
        for problem in wrong.problems:
            self.add_error(problem.field if problem.field in self.fields else None, expected(problem))


def expected(problem: Problem) -> str:
    """What a field expects, as a sentence."""
    return problem.expected if isinstance(problem, PatientDataProblem) else f"Attendu : {problem.expected}."
