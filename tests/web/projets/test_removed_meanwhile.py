"""Someone removes a thing between the moment a page finds it and the moment its service writes it: « introuvable »."""

import pytest
from tests import cast
from tests.web.activity import *  # noqa: F403

from maillage.apps.activity.models import Action, Meeting, Protocol
from maillage.apps.projets.models import BudgetLine, Comment, Section, Task
from maillage.core.text import empty

TASK = {"title": "Relire", "created_at": cast.NOW}
LINE = {"kind": "depense", "year": 2027, "label": "Logiciel"}
SHEET = {"title": "Diabète", "state": "prevue"}
MEETING = {"title": "Le territoire", "starts_at": cast.NOW, "minutes": 60}
SECTION = {"code": "msp.acces", "title": "Accès", "position": 1, "body": empty().as_dict()}
POSTS = [
    (Task, "taches/{}/retirer/", {}),
    (Task, "taches/{}/faite/", {}),
    (Task, "taches/{}/", {"titre": "Relire tout"}),
    (Comment, "commentaires/{}/clore/", {}),
    (BudgetLine, "budget/{}/supprimer/", {}),
    (Action, "actions/{}/monter/", {}),
    (Action, "actions/{}/finir/", {}),
    (Action, "actions/{}/dupliquer/", {}),
    (Action, "actions/{}/supprimer/", {}),
    (Action, "actions/{}/modifier/", SHEET),
    (Protocol, "protocoles/{}/descendre/", {}),
    (Protocol, "protocoles/{}/supprimer/", {}),
    (Protocol, "protocoles/{}/modifier/", {"title": "Diabète"}),
    (Meeting, "reunions/{}/annuler/", {}),
]


@pytest.fixture
def rows(people):
    section = Section.objects.create(projet=people.projet, **SECTION)
    written = {"author": people.porteuse, "at": cast.NOW, "text": "À relire."}
    of_structure = {"structure": people.structure}
    return {
        Task: Task.objects.create(projet=people.projet, created_by=people.porteuse, **TASK),
        Comment: Comment.objects.create(section=section, **written),
        BudgetLine: BudgetLine.objects.create(projet=people.projet, **LINE),
        Action: Action.objects.create(title="Chutes", **of_structure),
        Protocol: Protocol.objects.create(title="Diabète", **of_structure),
        Meeting: Meeting.objects.create(**MEETING, **of_structure),
    }


@pytest.mark.parametrize(("model", "path", "data"), POSTS)
def test_what_was_removed_meanwhile_is_not_to_be_found(porteuse, rows, monkeypatch, model, path, data):
    row, lock = rows[model], model._default_manager.select_for_update

    def removed_then_locked(*args, **kwargs):
        model._base_manager.filter(pk=row.pk).delete()
        return lock(*args, **kwargs)

    monkeypatch.setattr(model._default_manager, "select_for_update", removed_then_locked)
    answer = porteuse.post(path.format(row.pk), data)
    assert answer.status_code == 404
    assert "quelqu’un l’a retiré entre-temps" in answer.content.decode()
