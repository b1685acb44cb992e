"""The pages of legal persons and of their ring-fenced funds."""

import pytest
from tests.web.living import *  # noqa: F403
from tests.web.living import said

from maillage.apps.contracts.models import Contract, Fund
from maillage.apps.structures.models import LegalEntity, Site

ASSOCIATION = {
    "form": "association_1901",
    "nom": "Les Deux-Rives",
    "state": "constituee",
    "constituted_on": "2020-05-04",
}


@pytest.fixture
def association(people):
    return LegalEntity.objects.create(structure=people.structure, form="association_1901", nom="Les Deux-Rives")


@pytest.fixture
def sisa(people):
    return LegalEntity.objects.create(structure=people.structure, form="sisa", nom="SISA")


@pytest.fixture
def fund(inside, association):
    inside.posted("entites/fonds/nouveau/", {"title": "Équipement", "entity": association.pk})
    fund = Fund.objects.get()
    move(inside, fund, "recu", "1 000", "2026-01-10")
    return fund


def move(inside, fund, kind, amount, day, status=200, **more):
    told = {"kind": kind, "amount": amount, "day": day, "label": "Objet", **more}
    return inside.posted(f"entites/fonds/{fund.pk}/", told, status=status)


def test_a_legal_person_is_described_with_what_it_holds(inside, people):
    site = Site.objects.create(structure=people.structure, nom="Cabinet de la gare", commune="35236")
    told = {**ASSOCIATION, "sites": [site.pk], "communes": ["35236"], "is_manager": "oui", "purpose": "Porte le FIR"}
    shown = said(inside.posted("entites/nouvelle/", told))
    assert "Cabinet de la gare" in shown
    assert "Porte le FIR" in shown
    cards = said(inside.get("entites/"))
    assert "gestionnaire" in cards
    assert "1 commune" in cards
    entity = LegalEntity.objects.get()
    page = inside.get(f"entites/{entity.pk}/modifier/")
    assert page.one("input", name="sites").has({"checked": True})
    inside.posted(f"entites/{entity.pk}/modifier/", {**ASSOCIATION, "siren": "732 829 320"})
    assert "732829320" in said(inside.get(f"entites/{entity.pk}/"))
    assert "Cabinet de la gare" not in said(inside.get(f"entites/{entity.pk}/"))


def test_what_is_wrong_is_told_beside_its_field(inside):
    told = {**ASSOCIATION, "siren": "123", "communes": ["99999"]}
    page = inside.posted("entites/nouvelle/", told, status=422)
    assert "neuf chiffres" in page.one("input", id="champ-siren").described(page)
    page = inside.posted("entites/nouvelle/", {**ASSOCIATION, "purpose": "Patient 1 85 05 78 006 084 91"}, status=422)
    assert "patient" in said(page)
    assert not LegalEntity.objects.exists()


def test_a_legal_person_taken_out_is_put_back_with_what_it_held(inside, people):
    site = Site.objects.create(structure=people.structure, nom="Cabinet", commune="35236")
    inside.posted("entites/nouvelle/", {**ASSOCIATION, "sites": [site.pk], "purpose": "Porte le FIR"})
    entity = LegalEntity.objects.get()
    page = inside.posted(f"entites/{entity.pk}/retirer/")
    assert not LegalEntity.objects.exists()
    key = page.one("input", name="cle").attrs["value"]
    inside.posted("entites/retablir/", {"cle": key})
    shown = said(inside.get(f"entites/{entity.pk}/"))
    assert "Porte le FIR" in shown
    assert "Cabinet" in shown


def test_a_legal_person_with_a_contract_stays(inside, association):
    inside.posted("entites/contrats/nouveau/", {"kind": "fir", "entity": association.pk})
    assert "ne se retire pas" in inside.posted(f"entites/{association.pk}/retirer/").text
    assert LegalEntity.objects.exists()


def test_what_is_left_of_a_fund_is_told_after_each_movement(inside, fund):
    shown = said(move(inside, fund, "emploi", "400,50", "2026-02-01"))
    assert "599,50 €" in shown
    assert "599,50 €" in said(inside.get("entites/"))
    lines = inside.raw(f"entites/fonds/{fund.pk}/", format="csv").content.decode("utf-8-sig").splitlines()
    assert lines[2].split(";")[3] in ("-400,50", "-400.50", "-400,5")
    assert len(inside.raw("entites/fonds/", format="csv").content.decode("utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize(("amount", "day"), [("1000,01", "2026-02-01"), ("10", "2026-01-09")])
def test_more_than_what_came_never_leaves_whatever_the_day(inside, fund, amount, day):
    page = move(inside, fund, "emploi", amount, day, status=422)
    assert "il manquerait" in page.one("input", id="champ-amount").described(page)
    assert fund.movements.count() == 1


def test_a_movement_of_money_sent_twice_is_written_once(inside, fund):
    page = move(inside, fund, "recu", "1 000", "2026-01-10", status=422)
    assert "déjà noté, il y a un instant" in page.one("input", id="champ-label").described(page)
    assert fund.movements.count() == 1
    move(inside, fund, "recu", "1 000", "2026-01-10", label="Second versement")
    assert fund.movements.count() == 2


def test_money_does_not_pass_from_a_legal_person_to_another(inside, fund, sisa):
    page = move(inside, fund, "emploi", "10", "2026-02-01", status=422, paid_by=sisa.pk)
    assert "ne passe pas" in page.one("select", id="champ-paid_by").described(page)
    told = {"title": "Équipement", "entity": sisa.pk}
    page = inside.posted(f"entites/fonds/{fund.pk}/modifier/", told, status=422)
    assert "ne passe pas" in page.one("select", id="champ-entity").described(page)


def test_a_fund_comes_from_a_contract_of_its_own_legal_person(inside, association, sisa):
    inside.posted("entites/contrats/nouveau/", {"kind": "fir", "entity": sisa.pk})
    contract = Contract.objects.get()
    told = {"title": "Équipement", "entity": association.pk, "contract": contract.pk}
    page = inside.posted("entites/fonds/nouveau/", told, status=422)
    assert "Les Deux-Rives" in page.one("select", id="champ-contract").described(page)
    inside.posted("entites/fonds/nouveau/", {**told, "entity": sisa.pk})
    assert "Équipement" in said(inside.get(f"entites/contrats/{contract.pk}/"))
    assert "ne se retire pas" in inside.posted(f"entites/contrats/{contract.pk}/retirer/").text


def test_a_movement_cancelled_no_longer_counts_then_counts_again(inside, fund):
    move(inside, fund, "emploi", "400", "2026-02-01")
    first, spent = fund.movements.all()
    refused = inside.posted(f"entites/fonds/{fund.pk}/{first.pk}/annuler/").text
    assert "il manquerait" in refused.replace("\u202f", " ")
    assert "ne compte pas" in said(inside.posted(f"entites/fonds/{fund.pk}/{spent.pk}/annuler/"))
    assert "600 €" in said(inside.posted(f"entites/fonds/{fund.pk}/{spent.pk}/retablir/"))


def test_a_fund_is_closed_once_it_is_used_up(inside, fund):
    assert "Il reste" in inside.posted(f"entites/fonds/{fund.pk}/fermer/").text
    move(inside, fund, "rendu", "1000", "2026-03-01")
    assert "Rouvrir" in said(inside.posted(f"entites/fonds/{fund.pk}/fermer/"))
    assert move(inside, fund, "recu", "10", "2026-04-01", status=422)
    inside.posted(f"entites/fonds/{fund.pk}/rouvrir/")
    move(inside, fund, "recu", "10", "2026-04-01")


def test_a_stranger_finds_none_of_it(inhabitant, fund, association):
    for path in ("entites/", f"entites/{association.pk}/", f"entites/fonds/{fund.pk}/"):
        assert inhabitant("stranger").raw(path).status_code == 404
        assert inhabitant("instructrice").raw(path).status_code == 404


def test_the_advisor_of_legal_forms_does_not_remove_who_signed(inside, people, association):
    inside.posted("entites/contrats/nouveau/", {"kind": "fir", "entity": association.pk})
    address = f"/projets/{people.projet.pk}/forme-juridique/"
    answer = inside.client.post(f"{address}{association.pk}/retirer/", follow=True)
    assert "ne se retire pas" in answer.content.decode()
    assert "dans la structure" in answer.content.decode()
    assert LegalEntity.objects.exists()


def test_money_to_come_is_not_written(inside, fund):
    page = move(inside, fund, "recu", "500", "2099-01-01", status=422)
    assert "aujourd'hui" in page.one("input", id="champ-day").described(page)
    assert fund.movements.count() == 1


def test_a_fund_sent_twice_is_opened_once(inside, association, fund):
    told = {"title": "Équipement", "entity": association.pk}
    assert "déjà noté" in inside.posted("entites/fonds/nouveau/", told, status=422).text.replace("’", "'")
    assert Fund.objects.count() == 1


def test_a_legal_person_that_exists_has_a_name(inside):
    page = inside.posted("entites/nouvelle/", {"form": "sisa", "state": "constituee"}, status=422)
    assert "son nom" in page.one("input", id="champ-nom").described(page)
    assert not LegalEntity.objects.exists()
    inside.posted("entites/nouvelle/", {"form": "sisa", "state": "envisagee"})
    assert LegalEntity.objects.get().state == "envisagee"
