"""Comments on a section: who may, what a suggestion does, who is told."""

import datetime

import pytest
from tests import cast

from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.projets import comments, sections
from maillage.apps.projets.models import Comment, Section
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput
from maillage.core.text import from_markdown, plain, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.create()


@pytest.fixture
def section(people):
    text = from_markdown("La MSP ouvre de 8 h à 20 h, du lundi au vendredi.")
    return Section.objects.create(
        projet=people.projet, code="msp.acces", title="Accès", position=0, body=text.as_dict()
    )


def say(section, by, text="À relire.", **more):
    at = cast.NOW + datetime.timedelta(minutes=Comment.objects.count())
    return comments.comment(section, text=text, by=by, at=at, **more).comment


def test_everyone_of_the_structure_comments_and_nobody_else(people, section):
    for part in ("porteuse", "membre", "redactrice", "accompagnatrice"):
        say(section, getattr(people, part))
    for part in ("instructrice", "agent_cpam", "administrateur", "stranger"):
        with pytest.raises(NotAllowed):
            say(section, getattr(people, part))
    assert Comment.objects.count() == 4


def test_an_empty_comment_is_refused(people, section):
    with pytest.raises(BadInput, match="quelques mots"):
        say(section, people.membre, "   ")


def test_what_tells_a_patient_is_never_written(people, section):
    with pytest.raises(PatientData):
        say(section, people.membre, "Comme pour Mme Lefèvre, 84 ans, patiente de la MSP.")
    assert not Comment.objects.exists()


def test_an_answer_joins_the_thread_even_when_it_answers_an_answer(people, section):
    first = say(section, people.membre)
    answer = say(section, people.porteuse, "Oui.", parent=first)
    again = say(section, people.membre, "Merci.", parent=answer)
    assert (answer.parent, again.parent) == (first, first)
    (thread,) = comments.threads_of(section)
    assert [each.text for each in thread.answers.all()] == ["Oui.", "Merci."]


def test_a_suggestion_quotes_the_text_word_for_word(people, section):
    with pytest.raises(BadInput, match="mot pour mot"):
        say(section, people.membre, "", quote="de 9 h à 20 h", replacement="de 8 h à 19 h")


def test_an_accepted_suggestion_is_in_the_text_and_closed(people, section):
    asked = say(section, people.membre, "", quote="20 h", replacement="19 h 30")
    comments.accept(asked, by=people.porteuse, at=cast.NOW)
    section.refresh_from_db()
    asked.refresh_from_db()
    assert "de 8 h à 19 h 30, du lundi" in plain(read(section.body))
    assert (asked.state, asked.closed_by, section.revision) == ("acceptee", people.porteuse, 1)


def test_only_who_writes_accepts(people, section):
    asked = say(section, people.membre, "", quote="20 h", replacement="19 h")
    with pytest.raises(NotAllowed):
        comments.accept(asked, by=people.membre, at=cast.NOW)


def test_a_suggestion_whose_passage_went_is_said_and_nothing_changes(people, section):
    asked = say(section, people.membre, "", quote="20 h", replacement="19 h")
    sections.save(section, body=from_markdown("Autre texte."), base=0, by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput, match="il a changé depuis"):
        comments.accept(asked, by=people.porteuse, at=cast.NOW)
    asked.refresh_from_db()
    assert asked.state == "ouverte"


def test_a_comment_is_closed_by_its_author_or_who_writes_and_opened_again(people, section):
    remark = say(section, people.membre)
    with pytest.raises(NotAllowed):
        comments.close(remark, by=people.accompagnatrice, at=cast.NOW)
    comments.close(remark, by=people.membre, at=cast.NOW)
    with pytest.raises(BadInput, match="encore ouvert"):
        comments.close(remark, by=people.porteuse, at=cast.NOW)
    assert comments.reopen(remark, by=people.porteuse, at=cast.NOW).state == "ouverte"


def test_a_comment_is_taken_back_by_its_author_while_nobody_answered(people, section):
    remark = say(section, people.membre)
    with pytest.raises(NotAllowed):
        comments.take_back(remark, by=people.porteuse, at=cast.NOW)
    answer = say(section, people.porteuse, "Oui.", parent=remark)
    with pytest.raises(BadInput, match="sans réponse"):
        comments.take_back(remark, by=people.membre, at=cast.NOW)
    comments.take_back(answer, by=people.porteuse, at=cast.NOW)
    comments.take_back(remark, by=people.membre, at=cast.NOW)
    assert not Comment.objects.exists()


def test_a_named_member_is_told_when_they_can_see_the_project(people, section):
    porteuse = Member.objects.get(user=people.porteuse)
    gone = Member.objects.get(user=people.membre)
    people.membre.roles.update(until=cast.NOW)
    text = f"À voir @[Porteuse](membre:{porteuse.pk}) et @[Membre](membre:{gone.pk}) et @[X](membre:pas-un-identifiant)"
    written = comments.comment(section, text=text, by=people.redactrice, at=cast.NOW)
    assert written.named == (porteuse,)
    own = comments.comment(section, text=text, by=people.porteuse, at=cast.NOW)
    assert own.named == ()
