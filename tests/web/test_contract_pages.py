"""The pages of contracts: recorded in seconds, amended without losing what was agreed before."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.web.living import *  # noqa: F403
from tests.web.living import said

from maillage.apps.contracts.models import Contract, ContractVersion, Fund
from maillage.apps.digital.models import Tool
from maillage.apps.structures.models import Belonging, LegalEntity, ShareMovement

SIGNED = {"kind": "aci_msp", "signed_on": "2024-03-10", "effective_on": "2024-03-15", "ends_on": "2029-03-14"}
NUMBER = "1 85 05 78 006 084 91"


@pytest.fixture
def sisa(people):
    return LegalEntity.objects.create(structure=people.structure, form="sisa", nom="SISA des Deux-Rives")


@pytest.fixture
def contract(inside, sisa):
    inside.posted("entites/contrats/nouveau/", {**SIGNED, "entity": sisa.pk})
    return Contract.objects.get()


def test_a_contract_is_recorded_with_its_kind_and_its_days(inside, sisa):
    page = inside.get("entites/contrats/nouveau/")
    assert page.one("select", id="champ-entity").one("option", selected=True).text == "SISA des Deux-Rives"
    shown = said(inside.posted("entites/contrats/nouveau/", {**SIGNED, "entity": sisa.pk}))
    assert "14 mars 2029" in shown
    assert "5 ans" in shown
    assert Contract.objects.get().title == "ACI des MSP"


def test_what_is_unknown_is_to_confirm(inside):
    page = inside.posted("entites/contrats/nouveau/", {"kind": "fir"})
    assert said(page).count("à confirmer") >= 6
    assert "à signer" in said(page)


def test_a_wrong_day_is_told_beside_its_field_and_what_was_typed_stays(inside):
    wrong = {**SIGNED, "ends_on": "2020-01-01", "title": "Mon ACI"}
    page = inside.posted("entites/contrats/nouveau/", wrong, status=422)
    assert "ne précède pas" in page.one("input", id="champ-ends_on").described(page)
    assert page.one("input", id="champ-title").attrs["value"] == "Mon ACI"
    assert not Contract.objects.exists()


def test_an_amendment_keeps_what_was_agreed_before(inside, contract):
    page = inside.get(f"entites/contrats/{contract.pk}/version/")
    assert page.one("input", id="champ-ends_on").attrs["value"] == "2029-03-14"
    amendment = {
        "nature": "dialogue",
        "effective_on": "2026-01-01",
        "ends_on": "2029-03-14",
        "changes": "Enveloppe de 2026",
        "enveloppe-0-annee": "2026",
        "enveloppe-0-montant": "86 420,50",
        "enveloppe-1-annee": "2027",
        "enveloppe-1-montant": "",
    }
    shown = said(inside.posted(f"entites/contrats/{contract.pk}/version/", amendment))
    assert "86 420,50 €" in shown
    assert "2027" in shown
    assert "Contrat d'origine" in shown
    assert [each.number for each in contract.versions.all()] == [2, 1]
    page = inside.get(f"entites/contrats/{contract.pk}/version/")
    assert page.one("input", id="enveloppe-0-montant").attrs["value"] == "86420,50"


def test_an_amendment_says_from_which_day(inside, contract):
    page = inside.posted(f"entites/contrats/{contract.pk}/version/", {"nature": "avenant"}, status=422)
    assert "à partir duquel" in page.one("input", id="champ-effective_on").described(page)


def test_a_file_is_kept_with_its_version_and_given_back_to_the_team_only(inside, inhabitant, sisa):
    sent = SimpleUploadedFile("aci.txt", b"Contrat de cinq ans", "text/plain")
    inside.posted("entites/contrats/nouveau/", {**SIGNED, "fichier": sent})
    address = f"entites/contrats/{Contract.objects.get().pk}/version-1/fichier/"
    assert b"".join(inside.raw(address).streaming_content) == b"Contrat de cinq ans"
    assert inhabitant("instructrice").raw(address).status_code == 404
    assert inside.raw(address.replace("-1", "-2")).status_code == 404


def test_a_file_that_tells_a_patient_is_refused_and_nothing_is_written(inside):
    sent = io.BytesIO(f"Patient {NUMBER}".encode())
    sent.name = "aci.txt"
    page = inside.posted("entites/contrats/nouveau/", {**SIGNED, "fichier": sent}, status=422)
    assert "désigner un patient" in page.one("input", id="champ-fichier").described(page)
    assert not Contract.objects.exists()


def test_a_contract_stops_for_a_reason_then_goes_on(inside, contract):
    page = inside.posted(f"entites/contrats/{contract.pk}/fin/", {"day": "2026-01-31", "reason": ""}, status=422)
    assert "obligatoire" in page.one("input", id="champ-reason").described(page)
    shown = said(inside.posted(f"entites/contrats/{contract.pk}/fin/", {"day": "2026-01-31", "reason": "Fusion"}))
    assert "arrêté" in shown
    assert "Fusion" in shown
    assert "arrêté" not in said(inside.posted(f"entites/contrats/{contract.pk}/reprendre/")).split("Histoire")[0]


def test_a_contract_does_not_stop_before_it_begins(inside, contract):
    told = {"day": "2020-01-01", "reason": "Fusion"}
    page = inside.posted(f"entites/contrats/{contract.pk}/fin/", told, status=422)
    assert "15 mars 2024" in page.one("input", id="champ-day").described(page)
    assert Contract.objects.get().ended_on is None


def test_a_contract_sent_twice_is_recorded_once(inside, sisa):
    told = {**SIGNED, "entity": sisa.pk}
    inside.posted("entites/contrats/nouveau/", told)
    page = inside.posted("entites/contrats/nouveau/", told, status=422)
    assert "déjà noté" in page.one("input", id="champ-title").described(page)
    assert Contract.objects.count() == 1
    inside.posted("entites/contrats/nouveau/", {**told, "title": "Deuxième ACI"})
    assert Contract.objects.count() == 2


def test_a_contract_taken_out_is_put_back(inside, contract):
    assert "retiré des listes" in said(inside.posted(f"entites/contrats/{contract.pk}/retirer/"))
    assert "Aucun contrat" in said(inside.get("entites/contrats/"))
    inside.posted(f"entites/contrats/{contract.pk}/retablir/")
    assert "ACI des MSP" in said(inside.get("entites/contrats/"))


def test_the_list_is_filtered_sorted_and_exported(inside, contract):
    inside.posted("entites/contrats/nouveau/", {**SIGNED, "kind": "fir", "title": "FIR", "ends_on": "2025-01-01"})
    names = [each.one("a").text for each in inside.get("entites/contrats/").one("tbody").all("th")]
    assert names == ["ACI des MSP"]
    assert len(inside.get("entites/contrats/", etat="tous").one("tbody").all("tr")) == 2
    assert len(inside.get("entites/contrats/", etat="tous", nature="fir").one("tbody").all("tr")) == 1
    assert "Aucun contrat ne correspond" in said(inside.get("entites/contrats/", q="zzz"))
    lines = inside.raw("entites/contrats/", format="csv", etat="tous", tri="titre").content.decode("utf-8-sig")
    assert lines.splitlines()[1].startswith("ACI des MSP;ACI des MSP;SISA des Deux-Rives")
    assert inside.raw("entites/contrats/", format="pdf").status_code == 404


def test_what_ends_soon_is_told_first(inside, sisa):
    soon = (datetime.date.today() + datetime.timedelta(days=40)).isoformat()  # noqa: DTZ011
    inside.posted("entites/contrats/nouveau/", {**SIGNED, "ends_on": soon})
    assert "se termine le" in said(inside.get("entites/"))


def test_who_may_only_read_reads_and_an_authority_finds_nothing(inhabitant, contract):
    page = inhabitant("membre").get(f"entites/contrats/{contract.pk}/")
    assert page.one("main").all("form") == []
    assert inhabitant("membre").post(f"entites/contrats/{contract.pk}/version/", {}).status_code == 403
    for part in ("stranger", "instructrice"):
        assert inhabitant(part).raw(f"entites/contrats/{contract.pk}/").status_code == 404


def test_a_contract_that_renews_itself_says_so_with_the_last_day_to_leave(inside):
    today = datetime.date.today()  # noqa: DTZ011
    soon = (today + datetime.timedelta(days=100)).isoformat()
    told = {**SIGNED, "ends_on": soon, "renewal": "tacite", "renewal_months": "12", "notice_months": "2 mois"}
    inside.posted("entites/contrats/nouveau/", told)
    shown = said(inside.get("entites/"))
    assert "se renouvelle après le" in shown
    assert "dernier jour pour annoncer un départ" in shown
    assert "se renouvelle bientôt" in shown
    assert "tacite reconduction, 1 an" in said(inside.get(f"entites/contrats/{Contract.objects.get().pk}/"))


def test_a_long_list_costs_the_same_number_of_reads(inside, contract, people):
    def cost(path):
        with CaptureQueriesContext(connection) as read:
            inside.get(path)
        return len(read)

    Fund.objects.create(entity=contract.entity, title="Premier")
    before = {path: cost(path) for path in ("entites/", "entites/contrats/")}
    version = contract.versions.get()
    for rank in range(20):
        entity = LegalEntity.objects.create(structure=people.structure, form="sisa", nom=f"SISA {rank}")
        row = Contract.objects.create(structure=people.structure, entity=entity, kind="fir", title=f"FIR {rank}")
        ContractVersion.objects.create(contract=row, number=1, nature="initial", at=version.at, by=version.by)
        Fund.objects.create(entity=entity, contract=row, title=f"Fonds {rank}")
    assert {path: cost(path) for path in before} == before


@pytest.mark.parametrize(("year", "words"), [("", ""), ("1990", "2 000"), ("demain", "entier")])
def test_the_rows_of_amounts_left_blank_are_left_out_and_a_wrong_year_is_told(inside, year, words):
    blank = {"enveloppe-0-annee": year, "enveloppe-0-objet": "", "enveloppe-0-montant": ""}
    page = inside.posted("entites/contrats/nouveau/", {**SIGNED, **blank}, status=422 if year else 200)
    if year:
        assert words in page.one("fieldset", id="champ-envelopes").text.replace("\u202f", " ")
        assert page.one("input", id="enveloppe-0-annee").attrs["value"] == year
    else:
        assert Contract.objects.get().versions.get().envelopes == []


@pytest.mark.parametrize("address", ["entites/contrats/", "entites/fonds/", "numerique/", "equipe/parts/"])
def test_beyond_fifty_a_list_has_pages(inside, sisa, people, address):
    day = datetime.date(2026, 1, 1)
    member = people.structure.members.first()
    row = Belonging.objects.create(entity=sisa, member=member, quality="associe", since=day)
    for rank in range(51):
        Contract.objects.create(structure=people.structure, kind="fir", title=f"C {rank:03}")
        Fund.objects.create(entity=sisa, title=f"F {rank:03}")
        Tool.objects.create(structure=people.structure, product=f"O {rank:03}", use="dossier")
        ShareMovement.objects.create(entity=sisa, taker=row, shares=1, day=day, noted_at=cast.NOW)
    first, second = inside.get(address, etat="tous"), inside.get(address, etat="tous", page="2")
    assert "Page 1 sur 2" in said(first)
    assert "Page 2 sur 2" in said(second)
    assert len(second.text) < len(first.text)
