"""The pages of the tools of a structure and of its counts by month."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.living import *  # noqa: F403
from tests.web.living import said

from maillage.apps.digital.models import MonthlyCount, Tool, ToolUser
from maillage.core.documents.tables import xlsx_bytes

TODAY = datetime.date.today()  # noqa: DTZ011
TOOL = {"product": "Axi", "use": "dossier", "label": "standard", "link": "https://dossier.example.org/"}


@pytest.fixture
def tool(inside, people):
    members = [each.pk for each in people.structure.members.all()]
    told = {**TOOL, "acquired_on": f"{TODAY.year}-01-01", "licences": "1", "users": members}
    inside.posted("numerique/outils/nouveau/", told)
    return Tool.objects.get()


def counts(*lines):
    return "\n".join(("Mois;Soins non programmés;Téléconsultations", *lines))


def test_a_tool_is_noted_with_its_name_and_its_use(inside):
    assert "Aucun outil pour l'instant" in said(inside.get("numerique/"))
    shown = said(inside.posted("numerique/outils/nouveau/", {"product": "Axi", "use": "messagerie"}))
    assert "label à confirmer" in shown
    assert said(inside.get("numerique/")).count("à confirmer") >= 3


def test_who_uses_a_tool_without_a_licence_is_told_and_its_address_opens(inside, tool):
    page = inside.get("numerique/")
    assert "1 sans licence" in said(page)
    (link,) = page.all("a", href="https://dossier.example.org/")
    assert link.attrs["rel"] == "noreferrer noopener"


def test_the_days_of_the_year_with_a_label_are_facts(inside, tool):
    shown = said(inside.get("numerique/"))
    assert f"sur {366 if TODAY.year % 4 == 0 else 365}, depuis le 1er janvier" in shown
    assert "1 outil sans preuve du label" in shown
    assert "aucun jour connu" in shown


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("link", "http://dossier.example.org", "https://"),
        ("link", "https://marie:secret@dossier.example.org", "sans identifiant"),
        ("licences", "beaucoup", "un nombre entier"),
        ("ended_on", "2001-01-01", "ne précède pas"),
        ("product", "", "obligatoire"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(inside, field, typed, words):
    told = {**TOOL, "acquired_on": "2026-01-01", field: typed}
    page = inside.posted("numerique/outils/nouveau/", told, status=422)
    assert words in page.one("input", id=f"champ-{field}").described(page)
    assert not Tool.objects.exists()


def test_an_address_copied_without_its_beginning_is_completed(inside):
    inside.posted("numerique/outils/nouveau/", {**TOOL, "link": "www.dossier.example.org"})
    assert Tool.objects.get().link == "https://www.dossier.example.org"


def test_a_tool_is_changed_left_filtered_and_exported(inside, tool):
    proof = SimpleUploadedFile("label.txt", b"Label", "text/plain")
    told = {**TOOL, "acquired_on": "2026-01-01", "ended_on": "2026-06-30", "fichier": proof}
    assert "label.txt" in said(inside.posted(f"numerique/outils/{tool.pk}/modifier/", told))
    assert b"".join(inside.raw(f"numerique/outils/{tool.pk}/preuve/").streaming_content) == b"Label"
    assert "Aucun outil ne correspond" in said(inside.get("numerique/"))
    assert "Axi" in said(inside.get("numerique/", etat="abandonnes", label="standard", usage="dossier", q="axi"))
    assert len(inside.raw("numerique/", etat="tous", format="csv").content.decode("utf-8-sig").splitlines()) == 2


def test_a_tool_sent_twice_is_noted_once(inside, tool):
    page = inside.posted("numerique/outils/nouveau/", TOOL, status=422)
    assert "déjà noté" in page.one("input", id="champ-product").described(page)
    assert Tool.objects.count() == 1


def test_a_tool_taken_out_is_put_back(inside, tool):
    assert "est retiré" in said(inside.posted(f"numerique/outils/{tool.pk}/retirer/"))
    assert "Aucun outil pour l'instant" in said(inside.get("numerique/"))
    inside.posted(f"numerique/outils/{tool.pk}/retablir/")
    assert "Axi" in said(inside.get("numerique/"))


def test_the_counts_of_a_month_are_written_and_what_is_left_blank_is_unknown(inside):
    page = inside.posted("numerique/nombres/2026-1/", {"snp": "1 250", "teleconsultation": "0", "demandee": ""})
    january = [each.text for each in page.one("tbody").all("tr")[0].all("td")]
    assert [each.replace("\u202f", " ") for each in january] == ["1 250", "0", "inconnu", "inconnu"]
    assert MonthlyCount.objects.count() == 2
    inside.posted("numerique/nombres/2026-1/", {"snp": "", "teleconsultation": "0"})
    assert MonthlyCount.objects.get().kind == "teleconsultation"


def test_the_months_known_are_drawn_beside_their_table(inside):
    year = TODAY.year - 1
    inside.posted(f"numerique/nombres/{year}-1/", {"snp": "42", "demandee": "3"})
    assert "Mois par mois" not in said(inside.get("numerique/nombres/", annee=str(year)))
    inside.posted(f"numerique/nombres/{year}-3/", {"snp": "50"})
    page = inside.get("numerique/nombres/", annee=str(year))
    assert len(page.all("svg")) >= 1
    assert [each.text for each in page.all("figcaption")] == ["Soins non programmés"]


def test_a_count_that_is_not_a_number_and_a_month_to_come_are_refused(inside):
    page = inside.posted("numerique/nombres/2026-1/", {"snp": "Mme Durand"}, status=422)
    assert "un nombre entier" in page.one("input", id="champ-snp").described(page)
    assert inside.raw(f"numerique/nombres/{TODAY.year + 1}-1/").status_code == 404
    assert inside.raw("numerique/nombres/2026-13/").status_code == 404


def test_a_table_is_examined_then_written(inside):
    inside.posted("numerique/nombres/2026-1/", {"snp": "10", "demandee": "3"})
    text = counts("janvier 2026;12;", "02/2026;7;4")
    page = inside.posted("numerique/nombres/importer/", {"texte": text})
    assert "Soins non programmés : 10 → 12" in said(page)
    assert "3 nombres à écrire" in said(page)
    assert MonthlyCount.objects.count() == 2
    shown = said(inside.posted("numerique/nombres/importer/", {"texte": text, "geste": "ecrire"}))
    assert "Janvier" in shown
    assert {(each.month.month, each.kind, each.count) for each in MonthlyCount.objects.all()} == {
        (1, "snp", 12),
        (1, "demandee", 3),
        (2, "snp", 7),
        (2, "teleconsultation", 4),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mois;Nom du patient\n01/2026;3", "jamais de patient"),
        ("Mois;SNP\n13/2026;3", "un mois"),
        ("Mois;SNP\n01/2026;3\njanvier 2026;4", "déjà sur une autre ligne"),
        ("Mois;SNP\n01/2026;Mme Durand", "un nombre entier"),
        ("Mois\n01/2026", "un nombre au moins"),
        ("Mois;SNP\n01/2099;3", "pas commencé"),
    ],
)
def test_a_table_that_is_wrong_is_refused_line_by_line(inside, text, words):
    page = inside.post("numerique/nombres/importer/", {"texte": text, "geste": "ecrire"})
    assert words in page.content.decode()
    assert page.status_code == 422
    assert not MonthlyCount.objects.exists()


def test_the_export_of_a_year_is_a_table_that_can_be_brought_back(inside):
    inside.posted("numerique/nombres/2026-1/", {"snp": "12", "rendue": "2"})
    kept = inside.raw("numerique/nombres/", annee=2026, format="csv").content.decode("utf-8-sig")
    assert "Rien de nouveau" in said(inside.posted("numerique/nombres/importer/", {"texte": kept}))
    MonthlyCount.objects.all().delete()
    inside.posted("numerique/nombres/importer/", {"texte": kept, "geste": "ecrire"})
    assert MonthlyCount.objects.count() == 2


def test_a_workbook_is_read_and_the_template_too(inside):
    content = xlsx_bytes("Nombres", ("Mois", "SNP"), [["03/2026", 5]])
    sent = SimpleUploadedFile("nombres.xlsx", content, "application/octet-stream")
    assert "1 nombre à écrire" in said(inside.posted("numerique/nombres/importer/", {"fichier": sent}))
    assert inside.raw("numerique/nombres/modele/").content.decode("utf-8-sig").startswith("Mois;Soins")


def test_who_may_only_read_reads_and_an_authority_finds_nothing(inhabitant, tool):
    page = inhabitant("membre").get(f"numerique/outils/{tool.pk}/")
    assert page.one("main").all("form") == []
    assert inhabitant("membre").raw("numerique/nombres/2026-1/").status_code == 403
    assert inhabitant("instructrice").raw("numerique/").status_code == 404


def test_a_long_list_costs_the_same_number_of_reads(inside, tool, people):
    def cost():
        with CaptureQueriesContext(connection) as read:
            inside.get("numerique/")
        return len(read)

    before = cost()
    for rank in range(20):
        row = Tool.objects.create(structure=people.structure, use="autre", product=f"Outil {rank}")
        ToolUser.objects.create(tool=row, member=people.structure.members.first())
    assert cost() == before
