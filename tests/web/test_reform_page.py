"""The page that compares rules: example, result, export, refusals."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from maillage.web.reforme.example import REFORM, SITUATIONS
from maillage.web.reforme.views import MOST_BYTES

ADDRESS = "/reforme/"


def sent(client: Client, **changes: object) -> HttpResponse:
    return client.post(ADDRESS, {"reforme": REFORM, "situations": SITUATIONS, **changes})


def test_the_page_offers_an_example_that_it_accepts(client: Client) -> None:
    assert "Partir d’un exemple" in client.get(ADDRESS).content.decode()
    assert "valeur_du_point: 8" in client.get(f"{ADDRESS}?exemple").content.decode()
    assert sent(client).status_code == 200


def test_the_result_tells_the_totals_the_chart_and_each_structure(client: Client) -> None:
    page = sent(client).content.decode()

    assert "3 gagnantes" in page
    assert "<svg" in page
    assert "Exemple B" in page


def test_the_table_can_be_exported(client: Client) -> None:
    answer = sent(client, export="csv")

    assert answer["Content-Disposition"] == 'attachment; filename="reforme.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("1;Exemple A;")


def test_a_file_may_be_sent_instead_of_a_text(client: Client) -> None:
    file = SimpleUploadedFile("situations.jsonl", SITUATIONS.replace("Exemple B", "Exemple Z").encode())
    page = sent(client, situations="", situations_fichier=file).content.decode()

    assert "Exemple Z" in page


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client: Client) -> None:
    answer = sent(client, reforme=REFORM.replace("valeur_du_point", "valeur_point"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "vouliez-vous dire" in page
    assert "Exemple C" in page


def test_a_wrong_line_is_told_by_its_number(client: Client) -> None:
    answer = sent(client, situations=f'{SITUATIONS}\n{{"annee": 2026}}')

    assert answer.status_code == 422
    assert "ligne 4, patientele" in answer.content.decode()


def test_a_file_that_is_too_large_is_refused_not_left_out(client: Client) -> None:
    file = SimpleUploadedFile("situations.jsonl", b"x" * (MOST_BYTES + 1))
    answer = sent(client, situations_fichier=file)

    assert answer.status_code == 422
    assert "au plus 2 Mo" in answer.content.decode().replace("\xa0", " ")


def test_a_file_that_is_not_text_is_refused(client: Client) -> None:
    answer = sent(client, situations_fichier=SimpleUploadedFile("situations.jsonl", b'{"nom": "\xff"}'))

    assert answer.status_code == 422
    assert "du texte en UTF-8" in answer.content.decode().replace("\xa0", " ")
