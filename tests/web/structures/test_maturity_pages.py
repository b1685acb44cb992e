"""A team scores its maturity: each alone, then together; it says what it will improve."""

import pytest
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.calendar.awaiting import to_do
from maillage.apps.common.models import Event
from maillage.apps.quality.models import Improvement, MaturityConsensus, MaturityRound, MaturityScore

pytestmark = pytest.mark.django_db
NAMES = {"projet": "Accès aux soins\nProjet écrit", "usagers": "", "equipe": "Réunions", "systeme": "Partage"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_of: cast.TODAY)


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def ask(client, people):
    def opened(who, address="", sent=None):
        sign_in(client, getattr(people, who))
        where = f"/structures/{people.structure.pk}/qualite/{address}"
        response = client.get(where) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


@pytest.fixture
def row(ask):
    """A round on four levels, whose dimensions are named."""
    ask("redactrice", "dimensions/", NAMES)
    ask("redactrice", "cotations/ouvrir/", {"name": "Automne 2026", "top": "4"})
    return MaturityRound.objects.get()


@pytest.fixture
def keys(people, row):
    return list(people.structure.maturity_dimensions.values_list("pk", flat=True))


def levels(keys, *given):
    return {f"niveau-{key}": str(level) for key, level in zip(keys, given, strict=False)}


def words(page):
    return page.one("main").text


def test_only_the_names_that_a_source_establishes_are_proposed(ask):
    page = ask("redactrice", "dimensions/")[1]
    assert page.one(id="champ-equipe").text.strip() == "Réunion de concertation pluriprofessionnelle"
    assert page.one(id="champ-usagers").text.strip() == ""
    assert "à confirmer" in words(page)


def test_nobody_reads_the_levels_of_another_before_they_are_shown(ask, row, keys):
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 3, 2))
    for who in ("porteuse", "coordinatrice", "redactrice"):
        page = ask(who, f"cotations/{row.pk}/")[1]
        assert "Donnés" not in words(page)
        assert "1 membre sur 2 a coté" in words(page)
        assert [
            each.attrs["value"] for each in page.all("input", name=f"niveau-{keys[0]}") if "checked" in each.attrs
        ] in (
            [],
            [""],
        )
    mine = ask("membre", f"cotations/{row.pk}/")[1]
    assert [each.attrs["value"] for each in mine.all("input", name=f"niveau-{keys[0]}") if "checked" in each.attrs] == [
        "3"
    ]
    told = Event.objects.filter(verb="coter").get()
    assert (told.before, told.after) == (None, None)


def test_the_team_agrees_on_the_majority_then_closes(ask, row, keys):
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 3, 2))
    ask("porteuse", f"cotations/{row.pk}/coter/", levels(keys, 3, 1))
    ask("redactrice", f"cotations/{row.pk}/reveler/", {})
    page = ask("redactrice", f"cotations/{row.pk}/")[1]
    assert "niveau 3 × 2" in words(page)
    assert "Majorité : niveau 3." in words(page)
    assert "Pas de majorité : parlez-en." in words(page)
    assert "Membre" not in words(page)
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 4, 4))
    assert MaturityScore.objects.filter(level=4).count() == 0
    sent = {**levels(keys, 3, 2), f"note-{keys[1]}": "Le texte date."}
    ask("redactrice", f"cotations/{row.pk}/retenir/", sent)
    ask("redactrice", f"cotations/{row.pk}/clore/", {})
    row.refresh_from_db()
    assert row.state == "close"
    shown = words(ask("membre", f"cotations/{row.pk}/")[1])
    assert "3 sur 4" in shown
    assert "Le texte date." in shown


def test_a_round_is_drawn_beside_the_last_one(ask, row, keys):
    for level, name in ((2, "Printemps 2027"), (3, "")):
        running = MaturityRound.objects.filter(state="ouverte").get()
        ask("membre", f"cotations/{running.pk}/coter/", levels(keys, 2, 2, 2, 2))
        ask("redactrice", f"cotations/{running.pk}/reveler/", {})
        ask("redactrice", f"cotations/{running.pk}/retenir/", levels(keys, *[level] * 4))
        ask("redactrice", f"cotations/{running.pk}/clore/", {})
        if name:
            ask("redactrice", "cotations/ouvrir/", {"name": name, "top": "4"})
    page = ask("membre", f"cotations/{running.pk}/")[1]
    assert "Automne 2026, tirets" in words(page)
    assert "sur 4 : 1, Accès aux soins : 3" in page.one("desc").text


def test_who_is_not_of_the_team_does_not_score(ask, row, keys):
    assert ask("coordinatrice", f"cotations/{row.pk}/coter/", levels(keys, 3))[0].status_code == 403
    assert ask("instructrice", f"cotations/{row.pk}/")[0].status_code == 404
    assert not MaturityScore.objects.exists()


@pytest.mark.parametrize("level", ["5", "0", "-1", "beaucoup"])
def test_a_level_beyond_the_grid_is_not_written(ask, row, keys, level):
    ask("membre", f"cotations/{row.pk}/coter/", {f"niveau-{keys[0]}": level})
    assert not MaturityScore.objects.exists()


def test_a_refused_consensus_keeps_what_was_typed(ask, row, keys):
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 3))
    ask("redactrice", f"cotations/{row.pk}/reveler/", {})
    sent = {f"niveau-{keys[0]}": "2", f"note-{keys[0]}": "Mme Lefèvre, 84 ans, attend."}
    response, page = ask("redactrice", f"cotations/{row.pk}/retenir/", sent)
    assert response.status_code == 422
    assert page.one("input", name=f"note-{keys[0]}").attrs["value"] == sent[f"note-{keys[0]}"]
    assert not MaturityConsensus.objects.exists()


def test_the_number_of_levels_is_asked_and_never_proposed(ask):
    ask("redactrice", "dimensions/", NAMES)
    page = ask("redactrice", "cotations/ouvrir/")[1]
    assert page.one(id="champ-top").attrs["value"] == ""
    response, page = ask("redactrice", "cotations/ouvrir/", {"name": "Automne", "top": "12"})
    assert response.status_code == 422
    assert page.one(id="champ-top-erreur").text
    assert page.one(id="champ-name").attrs["value"] == "Automne"


def test_what_is_no_longer_scored_keeps_its_history(ask, people, row, keys):
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 3))
    refused = ask("redactrice", "dimensions/", {"projet": "Autre"})[0]
    assert refused.status_code == 422
    ask("redactrice", f"cotations/{row.pk}/annuler/", {})
    ask("redactrice", "dimensions/", {"projet": "Autre"})
    named = people.structure.maturity_dimensions
    assert [each.name for each in named.filter(is_scored=True)] == ["Autre"]
    assert named.count() == 5


def test_an_improvement_has_an_owner_and_a_date_and_is_done(ask, people, row):
    owner = people.structure.members.first()
    address = f"ameliorations/noter/?cotation={row.pk}"
    page = ask("redactrice", address)[1]
    assert page.one("input", name="cotation").attrs["value"] == str(row.pk)
    sent = {"what": "Dater les comptes rendus", "owner": owner.pk, "due_on": "2026-11-01", "cotation": row.pk}
    ask("redactrice", "ameliorations/noter/", sent)
    improvement = Improvement.objects.get()
    assert (improvement.round, improvement.owner) == (row, owner)
    assert "en retard" in words(ask("membre")[1])
    ask("redactrice", f"ameliorations/{improvement.pk}/", {"what": "Dater les feuilles", "due_on": ""})
    ask("redactrice", f"ameliorations/{improvement.pk}/faite/", {"geste": "faite"})
    assert "Dater les feuilles" not in words(ask("membre")[1])
    assert "faite le 22 novembre 2026" in words(ask("membre", "?etat=faites")[1])
    assert "Dater les feuilles" in ask("membre", "?etat=toutes&format=csv")[0].content.decode()
    ask("redactrice", f"ameliorations/{improvement.pk}/faite/", {"geste": "reprendre"})
    assert "Dater les feuilles" in words(ask("membre")[1])


@pytest.mark.parametrize("sent", [{"what": ""}, {"what": "X", "owner": "00000000-0000-0000-0000-000000000000"},
                                  {"what": "X", "due_on": "demain"}, {"what": "X", "dimension": "999999"}])  # fmt: skip
def test_an_improvement_that_makes_no_sense_is_refused_beside_its_field(ask, people, sent):
    response, _page = ask("redactrice", "ameliorations/noter/", sent)
    assert response.status_code == 422
    assert not Improvement.objects.exists()


def test_an_improvement_is_removed_and_put_back_as_it_was(ask, people, row):
    owner = people.structure.members.first()
    sent = {"what": "Dater les comptes rendus", "owner": owner.pk, "due_on": "2026-12-01", "cotation": row.pk}
    ask("redactrice", "ameliorations/noter/", sent)
    improvement = Improvement.objects.get()
    assert ask("membre", f"ameliorations/{improvement.pk}/retirer/", {})[0].status_code == 403
    ask("redactrice", f"ameliorations/{improvement.pk}/retirer/", {})
    assert not Improvement.objects.exists()
    page = ask("redactrice")[1]
    assert "« Dater les comptes rendus » est supprimé" in words(page)
    ask("redactrice", "ameliorations/retablir/", {"cle": page.one("input", name="cle").attrs["value"]})
    back = Improvement.objects.get()
    told = (back.pk, back.what, back.owner, back.round, back.due_on, back.done_on)
    assert told == (improvement.pk, improvement.what, owner, row, improvement.due_on, None)
    ask("redactrice", "ameliorations/retablir/", {"cle": str(improvement.pk)})
    ask("redactrice", "ameliorations/retablir/", {"cle": "rien"})
    assert Improvement.objects.count() == 1


def test_an_improvement_comes_back_without_who_is_gone_for_good(ask, people, row):
    owner = people.structure.members.create(nom="Passage", prenom="Ali", metier="infirmier", joined_on=cast.TODAY)
    ask("redactrice", "ameliorations/noter/", {"what": "Dater", "owner": owner.pk})
    key = Improvement.objects.get().pk
    ask("redactrice", f"ameliorations/{key}/retirer/", {})
    owner.delete()
    ask("redactrice", "ameliorations/retablir/", {"cle": key})
    assert Improvement.objects.get().owner is None


def test_an_open_round_awaits_each_member_until_they_score(ask, people, row, keys):
    def awaited(who):
        return [each.words for each in to_do(getattr(people, who), people.structure, at=cast.NOW)]

    assert "Lecture seule" not in words(ask("membre", f"cotations/{row.pk}/")[1])
    assert "Lecture seule" in words(ask("membre")[1])
    assert awaited("membre") == ["Donner vos niveaux de maturité : « Automne 2026 »"]
    assert awaited("coordinatrice") == []
    ask("membre", f"cotations/{row.pk}/coter/", levels(keys, 3))
    assert awaited("membre") == []
    ask("redactrice", f"cotations/{row.pk}/reveler/", {})
    assert awaited("porteuse") == []
