"""Every subject tells its days, and they are gathered."""

import datetime

import pytest
from tests import cast

from maillage.apps.calendar import gathering
from maillage.apps.calendar.gathering import gathered, late, nature_told, sources
from maillage.apps.projets import due_work, tasks
from maillage.apps.projets.models import Step
from maillage.apps.projets.roadmaps import roadmap_of
from maillage.apps.structures.deadlines import Due

DAY = datetime.timedelta(days=1)


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


def told(*dues):
    return lambda _structure, **_span: iter(dues)


@pytest.fixture
def only(monkeypatch):
    """Gather what these dues tell, and nothing else."""
    return lambda *dues: monkeypatch.setattr(gathering, "sources", lambda: (told(*dues),))


def test_a_function_of_an_app_that_tells_days_is_a_source():
    modules = {source.__module__ for source in sources()}
    assert {"maillage.apps.projets.due_work", "maillage.apps.dossiers.due_structure"} <= modules


def test_each_source_answers_for_a_structure(people):
    for source in sources():
        rows = list(source(people.structure, since=cast.TODAY, until=cast.TODAY + 30 * DAY))
        assert all(isinstance(each, Due) for each in rows), source.__module__


def test_days_come_in_order_and_only_those_asked(people, only):
    evening = cast.NOW.replace(hour=18)
    only(
        Due(cast.TODAY, "reunion", "r", "Réunion", "reunions/r/", False, evening, 60),
        Due(cast.TODAY, "contrat", "c", "Fin du contrat", "entites/"),
        Due(cast.TODAY + 9 * DAY, "contrat", "d", "Plus tard", "entites/"),
    )
    rows = gathered(people.structure, since=cast.TODAY, until=cast.TODAY + DAY, today=cast.TODAY)
    assert [each.due.what for each in rows] == ["Fin du contrat", "Réunion"]
    assert rows[0].address == f"/structures/{people.structure.pk}/entites/"


def test_a_past_day_is_late_unless_it_was_a_meeting(people, only):
    only(
        Due(cast.TODAY - DAY, "suite", "s", "Écrire à la CPAM", "/ailleurs/"),
        Due(cast.TODAY - DAY, "reunion", "r", "Réunion", "reunions/r/", False),
    )
    rows = late(people.structure, today=cast.TODAY)
    assert [(each.due.what, each.address, each.is_late) for each in rows] == [("Écrire à la CPAM", "/ailleurs/", True)]


def test_what_is_late_and_what_comes_ask_each_source_once(people, monkeypatch):
    asked, days = [], [cast.TODAY + rank * DAY for rank in (-800, -3, 3, 90)]

    def source(_structure, *, since, until):
        asked.append((since, until))
        return [Due(day, "suite", f"s:{day}", "Écrire", "reunions/suites/") for day in days if since <= day <= until]

    monkeypatch.setattr(gathering, "sources", lambda: (source,))
    span = {"since": cast.TODAY, "until": cast.TODAY + 30 * DAY, "today": cast.TODAY}
    overdue, coming = gathering.late_and_coming(people.structure, **span)
    assert ([each.day for each in overdue], [each.day for each in coming]) == ([days[1]], [days[2]])
    assert len(asked) == 1


@pytest.fixture
def projects_only(monkeypatch):
    monkeypatch.setattr(gathering, "sources", lambda: (due_work.deadlines,))


@pytest.mark.usefixtures("projects_only")
def test_the_tasks_and_steps_of_a_project_are_gathered(people):
    wanted = tasks.Wanted("Relire le diagnostic", due_on=cast.TODAY + DAY)
    task = tasks.add(people.projet, wanted, by=people.porteuse, at=cast.NOW)
    code = roadmap_of(people.projet, today=cast.TODAY).steps[0].code
    Step.objects.create(projet=people.projet, code=code, due_on=cast.TODAY + 2 * DAY, is_set=True, position=0)
    rows = gathered(people.structure, since=cast.TODAY, until=cast.TODAY + 500 * DAY, today=cast.TODAY)
    by_nature = {each.due.nature: each for each in reversed(rows)}
    assert by_nature["tache"].address == f"/projets/{people.projet.pk}/taches/{task.pk}/"
    assert by_nature["etape"].nature_told == "étape de la feuille de route"


@pytest.mark.usefixtures("projects_only")
def test_the_days_of_an_archived_project_await_nobody(people):
    tasks.add(people.projet, tasks.Wanted("Relire", due_on=cast.TODAY), by=people.porteuse, at=cast.NOW)
    people.projet.state = "archive"
    people.projet.save()
    assert gathered(people.structure, since=cast.TODAY, until=cast.TODAY + 500 * DAY, today=cast.TODAY) == []


def test_a_nature_without_words_is_told_as_it_is_written():
    assert nature_told("visite_de_site") == "visite de site"
