"""Several authors in one section: nothing that one of them wrote is lost."""

import datetime
import itertools

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import sections
from maillage.apps.projets.models import Section, SectionConflict
from maillage.apps.projets.patients import PatientDataFound
from maillage.apps.projets.sections import Outcome
from maillage.core.kernel.problems import BadInput
from maillage.core.text import empty, from_markdown, read, to_markdown

pytestmark = pytest.mark.django_db
START = "Le territoire compte dix communes.\n\nLes habitants vieillissent."


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def section(people):
    return Section.objects.create(
        projet=people.projet, code="msp.besoins_du_territoire", title="Les besoins", position=1, body=empty().as_dict()
    )


@pytest.fixture
def save(section):
    """Saves a Markdown text on a revision, a minute after the one before."""
    minutes = itertools.count()

    def write(by, text, base, **others):
        at = cast.NOW + datetime.timedelta(minutes=next(minutes))
        return sections.save(section, body=from_markdown(text), base=base, by=by, at=at, **others)

    return write


def text_of(section):
    section.refresh_from_db()
    return to_markdown(read(section.body)).strip()


def test_a_text_becomes_a_revision_with_its_author_and_one_event(people, section, save):
    saved = save(people.porteuse, START, 0)
    assert (saved.outcome, saved.own, saved.section.revision) == (Outcome.SAVED, 1, 1)
    assert text_of(section) == START
    revision = section.revisions.get()
    assert (revision.number, revision.author, revision.at) == (1, people.porteuse, cast.NOW)
    event = Event.objects.get(subject_type="projets.section")
    assert (event.verb, event.actor) == ("enregistrer", people.porteuse.event_actor)
    assert (event.before, event.after) == ({"revision": 0}, {"revision": 1, "etat": "en_cours", "mots": 8})
    assert event.scope == str(people.structure.organisation_id)


def test_the_same_text_sent_twice_is_saved_once(people, section, save):
    save(people.porteuse, START, 0)
    again = save(people.porteuse, START, 0)
    assert (again.outcome, again.own) == (Outcome.SAME, 1)
    assert section.revisions.count() == 1


def test_two_authors_who_wrote_apart_are_merged(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, START.replace("dix communes", "douze communes"), 1)
    mine = START.replace("vieillissent", "sont plus âgés")
    saved = save(people.redactrice, mine, 1)
    assert saved.outcome == Outcome.MERGED
    assert text_of(section) == "Le territoire compte douze communes.\n\nLes habitants sont plus âgés."
    kept = {each.number: to_markdown(read(each.body)).strip() for each in section.revisions.all()}
    assert kept[saved.own] == mine
    assert section.revision == saved.own + 1


def test_an_author_who_kept_typing_stands_on_what_they_sent(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, f"Avant-propos.\n\n{START}", 1)
    first = save(people.redactrice, f"{START} Beaucoup", 1)
    second = save(people.redactrice, f"{START} Beaucoup sont seuls.", first.own)
    assert second.outcome == Outcome.MERGED
    assert text_of(section) == f"Avant-propos.\n\n{START} Beaucoup sont seuls."


def test_a_text_that_came_again_after_a_merge_is_not_a_conflict(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, START.replace("dix", "douze"), 1)
    first = save(people.redactrice, START.replace("vieillissent", "partent"), 1)
    again = save(people.redactrice, START.replace("vieillissent", "partent"), 1)
    assert (again.outcome, again.own) == (Outcome.MERGED, first.own)
    assert section.revisions.count() == 4


def test_two_texts_that_cannot_be_merged_are_both_kept(people, section, save):
    save(people.porteuse, START, 0)
    theirs, mine = START.replace("dix communes", "douze communes"), START.replace("dix communes", "neuf villages")
    save(people.porteuse, theirs, 1)
    saved = save(people.redactrice, mine, 1)
    assert saved.outcome == Outcome.CONFLICT
    assert text_of(section) == theirs
    kept = SectionConflict.objects.get()
    assert (kept.base, kept.author, to_markdown(read(kept.body)).strip()) == (1, people.redactrice, mine)
    assert save(people.redactrice, mine, 1).conflict == kept
    assert SectionConflict.objects.count() == 1


def test_a_choice_between_two_texts_closes_the_conflict(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, START.replace("dix", "douze"), 1)
    conflict = save(people.redactrice, START.replace("dix", "neuf"), 1).conflict
    chosen = START.replace("dix", "douze ou neuf")
    saved = sections.resolve_conflict(conflict, body=from_markdown(chosen), base=2, by=people.redactrice, at=cast.NOW)
    assert saved.outcome == Outcome.SAVED
    assert text_of(section) == chosen
    conflict.refresh_from_db()
    assert conflict.resolved_at == cast.NOW


def test_a_choice_made_while_another_wrote_is_not_lost(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, START.replace("dix", "douze"), 1)
    conflict = save(people.redactrice, START.replace("dix", "neuf"), 1).conflict
    save(people.coordinatrice, START.replace("dix", "vingt"), 2)
    chosen = from_markdown(START.replace("dix", "onze"))
    saved = sections.resolve_conflict(conflict, body=chosen, base=2, by=people.redactrice, at=cast.NOW)
    assert saved.outcome == Outcome.CONFLICT
    assert read(saved.conflict.body) == chosen
    assert [each.pk for each in section.conflicts.filter(resolved_at=None)] == [saved.conflict.pk]


def test_a_section_that_was_ready_and_changed_is_to_be_read_again(people, section, save):
    save(people.porteuse, START, 0)
    sections.set_state(section, state="pret", by=people.porteuse, at=cast.NOW)
    assert save(people.porteuse, f"{START} Fin.", 1).section.state == "a_revoir"
    assert save(people.porteuse, "", 2).section.state == "vide"


def test_an_empty_section_is_not_ready(people, section):
    with pytest.raises(BadInput):
        sections.set_state(section, state="pret", by=people.porteuse, at=cast.NOW)


def test_an_earlier_text_comes_back_as_a_new_revision(people, section, save):
    save(people.porteuse, START, 0)
    save(people.porteuse, "Tout est effacé.", 1)
    sections.restore(section, number=1, by=people.redactrice, at=cast.NOW)
    assert text_of(section) == START
    assert section.revision == 3
    assert section.revisions.first().reason == "retour à la révision 1"
    sections.restore(section, number=2, by=people.redactrice, at=cast.NOW)
    assert text_of(section) == "Tout est effacé."


def test_a_text_that_tells_a_patient_is_not_saved(people, section, save):
    with pytest.raises(PatientDataFound) as stopped:
        save(people.porteuse, "Mme Dupont, 82 ans, vit seule.", 0)
    assert "Dupont" not in str(stopped.value)
    assert [each.excerpt for each in stopped.value.passages] == ["Dupont, 82"]
    assert section.revisions.count() == 0
    assert not Event.objects.filter(subject_type="projets.section").exists()


@pytest.mark.parametrize("part", ["membre", "accompagnatrice", "instructrice", "stranger"])
def test_who_may_not_write_saves_nothing(people, section, save, part):
    with pytest.raises(NotAllowed):
        save(getattr(people, part), START, 0)
    assert section.revisions.count() == 0


def test_a_revision_that_never_was_is_refused(people, save):
    with pytest.raises(BadInput):
        save(people.porteuse, START, 7)
