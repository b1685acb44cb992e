"""Finding a date: the poll that the coordinator opens, the page where each answers without an account."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone
from tests.web.activity import people, said  # noqa: F401
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation
from maillage.apps.activity.models import DatePoll, Meeting, PollVoter
from maillage.apps.activity.services.polls import link_of
from maillage.apps.structures.models import Member

DAYS = [(timezone.localdate() + datetime.timedelta(days=n)).isoformat() for n in (10, 11)]
GIVEN = {
    "title": "Bureau de décembre",
    "kind": "bureau",
    "minutes": "1 h 30",
    "day-0": DAYS[0],
    "hour-0": "18:30",
    "day-1": DAYS[1],
    "hour-1": "20:00",
    "guests": "Jeanne Martin, jeanne@example.org",
}


@pytest.fixture
def root(people):  # noqa: F811
    return f"/structures/{people.structure.pk}/reunions/sondages/"


@pytest.fixture
def porteuse(client, people):  # noqa: F811
    client.force_login(people.porteuse)
    return client


def seen(response, status=200):
    assert response.status_code == status
    return read(response.content.decode())


@pytest.fixture
def poll(porteuse, root):
    seen(porteuse.post(f"{root}nouveau/", GIVEN, follow=True))
    return DatePoll.objects.get()


def test_a_poll_is_opened_and_its_links_leave(porteuse, root):
    assert "Aucun sondage" in said(seen(porteuse.get(root)))
    page = seen(porteuse.post(f"{root}nouveau/", GIVEN, follow=True))
    assert "Lien envoyé à 3 personnes." in said(page)
    assert len(mail.outbox) == 3
    assert "Bureau de décembre" in said(seen(porteuse.get(root)))


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(porteuse, root):
    given = {**GIVEN, "hour-1": "25h", "guests": "Jeanne"}
    page = seen(porteuse.post(f"{root}nouveau/", given), 422)
    assert "une heure" in page.one("input", id="champ-hour-1").described(page)
    assert "une personne par ligne" in page.one("textarea", id="champ-guests").described(page)
    assert page.one("input", id="champ-title").attrs["value"] == "Bureau de décembre"
    page = seen(porteuse.post(f"{root}nouveau/", {**GIVEN, "day-1": ""}), 422)
    assert "au moins deux dates" in page.one("input", id="champ-day-0").described(page)
    assert not DatePoll.objects.exists()


def test_a_day_that_is_past_is_told_beside_its_row(porteuse, root):
    given = {**GIVEN, "day-1": "", "hour-1": "", "day-2": "2020-01-01", "hour-2": "12:30"}
    page = seen(porteuse.post(f"{root}nouveau/", given), 422)
    assert "une date à venir" in page.one("input", id="champ-day-2").described(page)
    assert mail.outbox == []


def test_who_is_not_of_the_team_is_told_the_date_that_is_kept(porteuse, root, poll):
    mail.outbox.clear()
    told = {"date": str(poll.dates.first().pk)}
    page = seen(porteuse.post(f"{root}{poll.pk}/retenir/", told, follow=True))
    assert "Prévenus de la date, hors de l’équipe : Jeanne Martin." in said(page)
    assert [each.to for each in mail.outbox] == [["jeanne@example.org"]]


def test_more_dates_are_asked_without_losing_any(porteuse, root):
    page = seen(porteuse.post(f"{root}nouveau/", {**GIVEN, "plus": "oui"}))
    assert page.one("input", id="champ-day-1").attrs["value"] == DAYS[1]
    assert page.one("input", id="champ-day-7")


def test_a_patient_in_the_words_is_stopped_then_masked(porteuse, root):
    given = {**GIVEN, "words": "Pour Mme Durand, née le 12/03/1948"}
    assert "patient" in said(seen(porteuse.post(f"{root}nouveau/", given), 422))
    page = seen(porteuse.post(f"{root}nouveau/", {**given, "masquer": "oui"}))
    assert "1948" not in page.one("textarea", id="champ-words").text
    assert not DatePoll.objects.exists()


def test_one_answers_by_the_link_of_the_message_without_an_account(client, poll):
    client.logout()
    address = re.search(r"https?://[^/]+(/sondages/\S+/)", mail.outbox[0].body)[1]
    dates = list(poll.dates.values_list("pk", flat=True))
    seen(client.post(address, {f"date-{dates[0]}": "oui"}), 422)
    page = seen(client.post(address, {f"date-{dates[0]}": "oui", f"date-{dates[1]}": "si_besoin"}, follow=True))
    assert "votre réponse est enregistrée" in said(page)
    assert "1 oui, 0 si besoin, 0 non" in said(page)
    assert PollVoter.objects.exclude(answered_at=None).count() == 1


def test_a_link_that_was_not_made_here_is_not_found(client, poll):
    assert client.get(f"/sondages/{link_of(poll.voters.first())}a/").status_code == 404
    assert client.get("/sondages/rien/").status_code == 404


def test_the_link_of_who_left_or_of_a_closed_structure_is_refused_in_words(client, people, poll):  # noqa: F811
    client.logout()
    own = poll.voters.exclude(member=None).select_related("member").first()
    guest = poll.voters.get(member=None)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Member.objects.filter(pk=own.member.pk).update(joined_on=yesterday, left_on=yesterday)
    given = {f"date-{each.pk}": "oui" for each in poll.dates.all()}
    page = seen(client.get(f"/sondages/{link_of(own)}/"))
    assert "ne fait plus partie de l'équipe" in said(page)
    assert str(own.member) not in said(page)
    assert "Bureau de décembre" not in page.text
    assert "ne fait plus partie" in said(seen(client.post(f"/sondages/{link_of(own)}/", given, follow=True)))
    Organisation.objects.filter(pk=people.structure.organisation_id).update(closed_at=timezone.now())
    assert "la structure est fermée" in said(seen(client.post(f"/sondages/{link_of(guest)}/", given, follow=True)))
    assert not poll.voters.exclude(answered_at=None).exists()


def test_the_date_kept_is_a_meeting_and_the_link_says_so(porteuse, root, poll):
    date = poll.dates.last()
    address = f"/sondages/{link_of(poll.voters.first())}/"
    porteuse.post(address, {f"date-{each.pk}": "oui" if each == date else "non" for each in poll.dates.all()})
    assert "la meilleure" in said(seen(porteuse.get(f"{root}{poll.pk}/")))
    page = seen(porteuse.post(f"{root}{poll.pk}/retenir/", {"date": date.pk}, follow=True))
    assert page.one("h1").text == "Bureau de décembre"
    assert Meeting.objects.get().starts_at == date.starts_at
    assert "La date est fixée" in said(seen(porteuse.get(address)))
    assert "déjà retenue" in said(seen(porteuse.post(f"{root}{poll.pk}/abandonner/", follow=True)))


def test_a_date_that_is_not_proposed_is_refused(porteuse, root, poll):
    page = seen(porteuse.post(f"{root}{poll.pk}/retenir/", {"date": "99999"}, follow=True))
    assert "Choisissez une des dates" in said(page)


def test_a_poll_is_given_up_opened_again_and_sent_again(porteuse, root, poll):
    assert "abandonné" in said(seen(porteuse.post(f"{root}{poll.pk}/abandonner/", follow=True)))
    assert "de nouveau ouvert" in said(seen(porteuse.post(f"{root}{poll.pk}/retablir/", follow=True)))
    assert "Lien envoyé à 3" in said(seen(porteuse.post(f"{root}{poll.pk}/relancer/", follow=True)))
    assert porteuse.post(f"{root}{poll.pk}/rien/").status_code == 404


def test_the_answers_are_exported(porteuse, root, poll):
    text = porteuse.get(f"{root}{poll.pk}/", {"format": "csv"}).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 4
    assert porteuse.get(f"{root}{poll.pk}/", {"format": "pdf"}).status_code == 404


def test_four_hundred_answers_are_in_pages_who_answered_first(porteuse, root, poll):
    PollVoter.objects.bulk_create(PollVoter(poll=poll, nom=f"Aa{rank:03d}") for rank in range(60))
    PollVoter.objects.filter(nom="Aa059").update(answered_at=timezone.now())
    page = seen(porteuse.get(f"{root}{poll.pk}/"))
    names = [each.text for each in page.one(aria_label="Tableau des réponses").all("th", scope="row")]
    assert (len(names), names[0]) == (50, "Aa059")
    assert page.one("a", rel="next").attrs["href"] == "?page=2"
    rows = porteuse.get(f"{root}{poll.pk}/", {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 63


def test_the_polls_are_the_teams_own(client, people, root, poll):  # noqa: F811
    client.force_login(people.stranger)
    assert client.get(f"{root}{poll.pk}/").status_code == 404
    client.force_login(people.membre)
    assert not seen(client.get(f"{root}{poll.pk}/")).one("main").all("form")
