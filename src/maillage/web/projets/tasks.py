"""What is to be done for a project: the list, one task, done or not."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.projets import tasks
from maillage.apps.projets.models import Projet, Section, Task
from maillage.apps.projets.permissions import may_comment
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput
from maillage.web.exports import export
from maillage.web.projets.access import of_discussion, person
from maillage.web.screening import ScreenedForm, mask_asked, received

FILTERS = {"": "À faire", "moi": "Les miennes", "retard": "En retard", "faites": "Faites", "toutes": "Toutes"}
HEADER = ("À faire", "Rubrique", "Par", "Pour le", "Faite le")


class TaskForm(ScreenedForm):
    """A task to add or to change, among the members and the sections of its project."""

    titre = forms.CharField(label="À faire", max_length=tasks.LONGEST)
    par: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label="Par", queryset=Member.objects.none(), required=False, empty_label="Personne pour l’instant"
    )
    pour_le = forms.DateField(label="Pour le", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    rubrique: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        label="Rubrique", queryset=Section.objects.none(), required=False, empty_label="Tout le projet"
    )

    def __init__(self, projet: Projet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("par", projet.structure.members.filter(left_on=None)), ("rubrique", projet.sections.all())):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    def wanted(self) -> tasks.Wanted:
        """The task as it was asked for, once the form is valid."""
        asked = self.cleaned_data
        return tasks.Wanted(asked["titre"], asked["rubrique"], asked["par"], asked["pour_le"])


@require_http_methods(["GET", "HEAD", "POST"])
@of_discussion
def index(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The tasks, filtered; POST adds one."""
    form = TaskForm(projet)
    if request.method == "POST":
        form = TaskForm(projet, received(request, TaskForm.texts()))
        if form.is_valid() and not mask_asked(request) and _add(request, projet, form):
            return redirect("web:projet_taches", projet.pk)
    chosen = request.GET.get("voir", "")
    rows = _filtered(request, projet, chosen if chosen in FILTERS else "")
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(request.GET["format"], "taches", HEADER, [_row(each) for each in rows])
    context = {
        "projet": projet,
        "taches": rows,
        "formulaire": form,
        "filtres": FILTERS.items(),
        "voir": chosen,
        "aujourdhui": timezone.localdate(),
        "peut_ajouter": may_comment(person(request), projet),
        "permises": {each.pk for each in rows if tasks.may_act(person(request), each)},
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "projets/taches/liste.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_discussion
def one(request: HttpRequest, projet: Projet, tache: int) -> HttpResponse:
    """Change a task."""
    task = _found(request, projet, tache)
    start = {"titre": task.title, "par": task.in_charge, "pour_le": task.due_on, "rubrique": task.section}
    form = TaskForm(projet, initial=start)
    if request.method == "POST":
        form = TaskForm(projet, received(request, TaskForm.texts()))
        if form.is_valid() and not mask_asked(request):
            try:
                tasks.change(task, form.wanted(), by=person(request), at=timezone.now())
            except BadInput as wrong:
                form.add_error(None, str(wrong))
            else:
                messages.success(request, "La tâche est modifiée.")
                return redirect("web:projet_taches", projet.pk)
    context = {"projet": projet, "tache": task, "formulaire": form}
    return render(request, "projets/taches/une.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
@of_discussion
def act(request: HttpRequest, projet: Projet, tache: int, acte: str) -> HttpResponse:
    """Finish a task, open it again, remove it."""
    task, who, now = _found(request, projet, tache), person(request), timezone.now()
    if acte == "retirer":
        tasks.remove(task, by=who, at=now)
        messages.success(request, f"La tâche « {task.title} » est retirée.")
    elif acte in ("faite", "a-faire"):
        tasks.set_done(task, is_done=acte == "faite", by=who, at=now)
    else:
        raise Http404
    return redirect("web:projet_taches", projet.pk)


def _add(request: HttpRequest, projet: Projet, form: TaskForm) -> bool:
    try:
        tasks.add(projet, form.wanted(), by=person(request), at=timezone.now())
    except BadInput as wrong:
        form.add_error(None, str(wrong))
        return False
    messages.success(request, "La tâche est ajoutée.")
    return True


def _filtered(request: HttpRequest, projet: Projet, chosen: str) -> QuerySet[Task]:
    rows = tasks.tasks_of(projet)
    if chosen == "toutes":
        return rows
    if chosen == "faites":
        return rows.exclude(done_at=None)
    rows = rows.filter(done_at=None)
    if chosen == "moi":
        return rows.filter(in_charge__user=person(request))
    return rows.filter(due_on__lt=timezone.localdate()) if chosen == "retard" else rows


def _found(request: HttpRequest, projet: Projet, tache: int) -> Task:
    task = tasks.tasks_of(projet).filter(pk=tache).select_related("projet__structure__organisation").first()
    if task is None or not tasks.may_act(person(request), task):
        raise Http404
    return task


def _row(task: Task) -> tuple[str, str, str, datetime.date | None, datetime.date | None]:
    done = timezone.localdate(task.done_at) if task.done_at else None
    return (task.title, task.section.title if task.section else "", str(task.in_charge or ""), task.due_on, done)
