"""A list that says what each one belongs to: examined line by line, then written whole or not at all."""

import pytest
from tests import cast
from tests.apps.structures.entities import Entities

from maillage.apps.common.models import Event
from maillage.apps.structures.bringing import bring
from maillage.apps.structures.models import Belonging, DuesPayment, Member
from maillage.apps.structures.roster import examine
from maillage.apps.structures.share_counts import shares_on
from maillage.apps.structures.sheets import read_pasted

TITLES = "Nom;Métier;Personne morale;Qualité;Qualité depuis le;Parts;Cotisation payée;Année\n"


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


def examined(world, *rows, titles=TITLES):
    return examine(world.structure, read_pasted(titles + "\n".join(rows) + "\n"))


def problems(world, *rows, titles=TITLES):
    return [problem.field for line in examined(world, *rows, titles=titles).lines for problem in line.problems]


def test_a_list_adds_people_with_what_they_belong_to(world):
    world.amounts(adherent="50")
    roster = examined(
        world,
        "Lebrun;infirmier;Les amis;adhérente;01/02/2026;;50;2026",
        "Lebrun;infirmier;SISA de Redon;;01/02/2026;10;;",
        "Petit;kiné;;;;;;",
    )
    assert (roster.is_ready, len(roster.members), roster.begun) == (True, 2, 2)
    done = bring(world.structure, roster, **world.told)
    assert (done.members, done.belongings) == (2, 2)
    lebrun = Member.objects.get(nom="Lebrun")
    assert {each.quality for each in lebrun.belongings.all()} == {"adherent", "associe"}
    assert list(shares_on(world.sisa, on=cast.TODAY).values()) == [10]
    assert DuesPayment.objects.get().amount == 50


def test_the_same_list_again_changes_nothing(world):
    rows = ("Lebrun;infirmier;Les amis;adhérent;01/02/2026;;;", "Petit;kiné;SISA de Redon;associé;01/02/2026;4;;")
    bring(world.structure, examined(world, *rows), **world.told)
    again = examined(world, *rows)
    assert (again.is_ready, again.begun, again.known) == (False, 0, 2)
    assert bring(world.structure, again, **world.told).belongings == 0
    assert list(shares_on(world.sisa, on=cast.TODAY).values()) == [4]


def test_a_member_who_is_there_gains_what_the_list_says(world):
    Member.objects.filter(pk=world.membre.pk).update(rpps="10000000017")
    roster = examined(
        world, "Exemple;Membre;infirmier;Les amis;adhérent;01/02/2026",
        titles="Nom;Prénom;Métier;Entité;Qualité;Depuis le\n",
    )  # fmt: skip
    assert (roster.is_ready, roster.known, roster.begun) == (True, 1, 1)
    bring(world.structure, roster, **world.told)
    assert Belonging.objects.get().member == world.membre
    assert Member.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("Lebrun;infirmier;Autre;adhérent;01/02/2026;;;", ["entite"]),
        ("Lebrun;infirmier;Les amis;chef;01/02/2026;;;", ["qualite"]),
        ("Lebrun;infirmier;Les amis;adhérent;;;;", ["depuis"]),
        ("Lebrun;infirmier;Les amis;adhérent;01/02/2026;dix;;", ["parts"]),
        ("Lebrun;infirmier;Les amis;adhérent;01/02/2026;10;;", ["parts"]),
        ("Lebrun;infirmier;Les amis;adhérent;01/02/2026;;50;2026", ["cotisation"]),
        ("Lebrun;infirmier;Les amis;adhérent;01/02/2026;;;hier", ["annee"]),
        ("Lebrun;infirmier;SISA de Redon;associé;01/02/2099;5;;", ["depuis"]),
    ],
)
def test_each_mistake_is_told_beside_its_line_and_nothing_is_ready(world, row, wrong):
    assert problems(world, row) == wrong
    assert not examined(world, row).is_ready


def test_a_fee_beyond_what_is_owed_is_told_beside_its_line(world):
    world.amounts(adherent="50")
    assert problems(world, "Lebrun;infirmier;Les amis;adhérent;01/02/2026;;51;2026") == ["cotisation"]


def test_a_line_that_says_half_days_is_of_a_vacataire(world):
    titles = "Nom;Métier;Entité;Qualité;Depuis le;Demi-journées\n"
    assert problems(world, "Lebrun;infirmier;Les amis;adhérent;01/02/2026;2", titles=titles) == ["demi_journees"]
    roster = examined(world, "Lebrun;sage-femme;SISA de Redon;vacataire;01/02/2026;2,5", titles=titles)
    bring(world.structure, roster, **world.told)
    assert Belonging.objects.get().half_days == 2.5


def test_who_stands_already_gains_their_first_shares_and_their_payment(world):
    world.amounts(adherent="50")
    world.begin(world.membre, entity=world.sisa, quality="associe")
    world.begin(world.membre)
    titles = "Nom;Prénom;Métier;Personne morale;Qualité;Parts;Cotisation payée;Remarque\n"
    rows = (
        "Exemple;Membre;infirmier;SISA de Redon;associé;5;;appeler",
        "Exemple;Membre;infirmier;Les amis;adhérent;;50;",
    )
    roster = examined(world, *rows, titles=titles)
    assert (roster.is_ready, roster.begun, roster.noted) == (True, 0, 2)
    assert roster.unread == ["Remarque"]
    done = bring(world.structure, roster, **world.told)
    assert (done.members, done.belongings, done.noted) == (0, 0, 2)
    assert list(shares_on(world.sisa, on=cast.TODAY).values()) == [5]
    assert DuesPayment.objects.get().amount == 50
    assert not examined(world, *rows, titles=titles).is_ready


def test_other_shares_than_those_noted_are_told(world):
    row = world.begin(world.membre, entity=world.sisa, quality="associe")
    world.move(10, taker=f"a:{row.pk}")
    titles = "Nom;Prénom;Métier;Personne morale;Qualité;Parts\n"
    [line] = examined(world, "Exemple;Membre;infirmier;SISA;associé;5", titles=titles).lines
    assert line.remarks == ("5 parts dans la liste, 10 notées : notez un mouvement de parts",)
    assert list(shares_on(world.sisa, on=cast.TODAY).values()) == [10]


def test_the_payments_of_a_list_are_one_act(world):
    year = world.amounts(adherent="50")
    world.begin(world.membre)
    rows = [
        "Exemple;Membre;infirmier;Les amis;adhérent;;50",
        "Exemple;Porteuse;medecin_generaliste;Les amis;adhérent;01/02/2026;50",
    ]
    titles = "Nom;Prénom;Métier;Personne morale;Qualité;Depuis le;Cotisation payée\n"
    done = bring(world.structure, examined(world, *rows, titles=titles), **world.told)
    assert (done.belongings, done.noted) == (1, 1)
    assert Event.objects.filter(verb="noter payé").count() == 1
    assert year.payments.count() == 2
