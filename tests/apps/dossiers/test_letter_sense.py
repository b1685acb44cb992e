"""A letter says what was decided: never the words of another sense."""

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.dossiers.deciding import Wanted, decide
from maillage.apps.dossiers.letter_sense import wrong_letter
from maillage.apps.dossiers.letters import draft_body, letter_of
from maillage.apps.dossiers.models import Decision
from maillage.apps.dossiers.proposing import save_proposal
from maillage.core.kernel.problems import BadInput
from maillage.core.text import from_markdown, plain

pytestmark = pytest.mark.django_db
MOTIVES = "Le territoire n'est pas pertinent."
ACCEPTS, OPPOSES = "ne s'oppose pas à ce projet de santé et le valide", "s'oppose à ce projet de santé, pour les motifs"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people), state="a_decider", answers={"communes": ["35236"]})


def refusal(body, **fields):
    return Wanted(verb="refuser", motives=MOTIVES, body=body.as_dict(), **fields)


def accepted(dossier, added=""):
    """The text of the acceptance, as the page gives it, perhaps with a paragraph of who writes."""
    text = plain(draft_body(dossier, "accepter", today=TODAY))
    return from_markdown(f"{text}\n\n{added}")


def test_the_untouched_text_of_another_sense_is_swapped(dossier, people):
    made = decide(dossier, refusal(draft_body(dossier, "accepter", today=TODAY)), by=people.decideuse, at=NOW)
    said = plain(letter_of(made).body)
    assert OPPOSES in said
    assert ACCEPTS not in said
    assert made.letter_model == "opposition_cpts"


def test_a_proposal_is_swapped_too(dossier, people):
    wanted = refusal(draft_body(dossier, "accepter", today=TODAY), letter_model="validation_cpts")
    assert save_proposal(dossier, wanted, by=people.instructrice, at=NOW).letter_model == "opposition_cpts"


@pytest.mark.parametrize("named", ["", "validation_cpts"])
def test_an_edited_text_of_another_sense_waits_for_a_confirmation(dossier, people, named):
    wanted = refusal(accepted(dossier, "Merci de votre travail."), letter_model=named)
    for act in (save_proposal, decide):
        with pytest.raises(BadInput, match="vient du modèle « Validation du projet de santé d'une CPTS »"):
            act(dossier, wanted, by=people.decideuse, at=NOW)
    assert not Decision.objects.exists()
    confirmed = wanted.model_copy(update={"is_confirmed": True})
    made = decide(dossier, confirmed, by=people.decideuse, at=NOW)
    assert made.letter_model == "opposition_cpts"
    assert not wrong_letter(made)


def test_a_text_of_its_own_is_kept(dossier, people):
    made = decide(dossier, refusal(from_markdown("Madame, je m'oppose.")), by=people.decideuse, at=NOW)
    assert plain(letter_of(made).body).strip() == "Madame, je m'oppose."


def test_a_letter_of_another_sense_kept_before_is_seen(dossier, people):
    made = decide(dossier, refusal(from_markdown("Non.")), by=people.decideuse, at=NOW)
    Decision.objects.update(body=accepted(dossier, "Bien à vous.").as_dict(), letter_model="")
    made.refresh_from_db()
    assert "Validation du projet de santé" in wrong_letter(made)
