"""The pages of subjects and of what meetings leave to do, and what the page of a meeting shows of both."""

import datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.activity import people, said  # noqa: F401
from tests.web.reading import read

from maillage.apps.activity.models import FollowUp, Meeting, Topic

TODAY = timezone.localdate()


@pytest.fixture
def root(people):  # noqa: F811
    return f"/structures/{people.structure.pk}/reunions/"


@pytest.fixture
def as_(client, people):  # noqa: F811
    def signed(name):
        client.force_login(getattr(people, name))
        return client

    return signed


@pytest.fixture
def meeting(people):  # noqa: F811
    start = timezone.now() + datetime.timedelta(days=2)
    return Meeting.objects.create(structure=people.structure, title="Bureau", starts_at=start, minutes=60)


def seen(response, status=200):
    assert response.status_code == status
    return read(response.content.decode())


def test_a_member_proposes_and_the_coordinator_fills_an_agenda(as_, root, meeting):
    page = seen(as_("membre").post(f"{root}sujets/", {"title": "Agenda partagé"}, follow=True))
    assert "Agenda partagé" in said(page)
    topic = Topic.objects.get()
    given = {"sujet": topic.pk, "reunion": meeting.pk, "depuis-liste": "oui"}
    page = seen(as_("porteuse").post(f"{root}sujets/inscrire/", given, follow=True))
    assert "1 sujet inscrit à l’ordre du jour" in said(page)
    page = seen(as_("porteuse").post(f"{root}sujets/{topic.pk}/traiter/", follow=True))
    assert "noté comme traité" in said(page)
    page = seen(as_("porteuse").post(f"{root}sujets/{topic.pk}/traiter/", follow=True))
    assert "déjà « traité »" in said(page)


def test_nothing_ticked_is_told(as_, root, meeting):
    page = seen(as_("porteuse").post(f"{root}sujets/inscrire/", {"reunion": meeting.pk}, follow=True))
    assert "cochez au moins un sujet" in said(page)


def test_a_subject_without_words_is_told_beside_its_field(as_, root):
    page = seen(as_("membre").post(f"{root}sujets/", {"title": " "}), 422)
    assert "obligatoire" in page.one("input", id="champ-title").described(page)


def test_a_task_is_noted_from_a_meeting_then_done(as_, root, meeting, people):  # noqa: F811
    owner = people.structure.members.get(user=people.membre)
    given = {"kind": "tache", "what": "Écrire à la CPAM", "owner": owner.pk, "due_on": "2020-01-01"}
    response = as_("porteuse").post(f"{root}suites/noter/", {**given, "reunion": meeting.pk})
    assert response["Location"] == f"{root}{meeting.pk}/#suites"
    row = FollowUp.objects.get()
    assert "en retard" in said(seen(as_("membre").get(f"{root}suites/")))
    seen(as_("membre").post(f"{root}suites/{row.pk}/faire/", follow=True))
    assert "Rien ici" in said(seen(as_("membre").get(f"{root}suites/")))
    assert "Écrire à la CPAM" in said(seen(as_("membre").get(f"{root}suites/", {"etat": "faite"})))


def test_who_only_reads_finishes_nothing_of_others(as_, root, people):  # noqa: F811
    row = FollowUp.objects.create(structure=people.structure, kind="tache", what="Écrire", created_at=timezone.now())
    assert as_("membre").post(f"{root}suites/{row.pk}/faire/").status_code == 403
    assert as_("membre").post(f"{root}suites/{row.pk}/", {"what": "Autre"}).status_code == 403
    assert as_("stranger").get(f"{root}suites/{row.pk}/").status_code == 404


def test_a_task_is_changed_and_a_wrong_day_keeps_what_was_typed(as_, root, people):  # noqa: F811
    row = FollowUp.objects.create(structure=people.structure, kind="tache", what="Écrire", created_at=timezone.now())
    page = seen(as_("porteuse").post(f"{root}suites/{row.pk}/", {"what": "Appeler", "due_on": "demain"}), 422)
    assert page.one("input", id="champ-what").attrs["value"] == "Appeler"
    assert "une date" in page.one("input", id="champ-due_on").described(page)
    seen(as_("porteuse").post(f"{root}suites/{row.pk}/", {"what": "Appeler", "kind": "tache"}, follow=True))
    row.refresh_from_db()
    assert row.what == "Appeler"


def test_the_list_is_exported_as_it_is_shown(as_, root, people):  # noqa: F811
    for what in ("Un", "Deux"):
        FollowUp.objects.create(structure=people.structure, kind="tache", what=what, created_at=timezone.now())
    text = as_("membre").get(f"{root}suites/", {"q": "deux", "format": "csv"}).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 2


def test_a_long_list_costs_no_more_queries(as_, root, people):  # noqa: F811
    def queries():
        with CaptureQueriesContext(connection) as asked:
            seen(as_("porteuse").get(f"{root}suites/"))
        return len(asked)

    make = lambda n: FollowUp.objects.create(  # noqa: E731
        structure=people.structure, kind="tache", what=f"Tâche {n}", created_at=timezone.now(),
        owner=people.structure.members.first(),
    )  # fmt: skip
    make(0)
    queries()
    first = queries()
    for n in range(1, 60):
        make(n)
    assert queries() <= first
    assert "Page 1 sur 2" in said(seen(as_("porteuse").get(f"{root}suites/")))


def test_the_page_of_a_meeting_shows_what_goes_from_one_to_the_next(rf, people, meeting):  # noqa: F811
    told = {"structure": people.structure, "created_at": timezone.now(), "kind": "tache"}
    FollowUp.objects.create(what="D’une autre", **told)
    FollowUp.objects.create(what="De celle-ci", meeting=meeting, **told)
    Topic.objects.create(
        structure=people.structure, title="Budget", proposed_at=timezone.now(), proposed_by=people.membre
    )
    template = Template("{% load suites %}<main>{% suites_de_la_reunion reunion %}</main>")

    def shown(who):
        request = rf.get("/")
        request.user = who
        return template.render(Context({"request": request, "reunion": meeting}))

    words = shown(people.porteuse)
    assert all(each in words for each in ("D’une autre", "De celle-ci", "Budget", "Noter cette suite"))
    assert "Noter cette suite" not in shown(people.membre)
    assert "Budget" not in shown(people.instructrice)
