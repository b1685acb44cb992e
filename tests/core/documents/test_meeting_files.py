"""The attendance sheet and the statement of the time spent, as documents."""

import datetime
import io

import pypdf

from maillage.core.documents.meeting_files import sheet_pdf, statement_pdf
from maillage.core.projet.elaboration import TimeSpent, statement, terms

DAY = datetime.date(2026, 11, 22)
SHEET = {
    "structure": "MSP de Redon",
    "sujet": "Projet de santé : #1 le territoire",
    "nature": "élaboration du projet de santé",
    "jour": "1er décembre 2026",
    "horaire": "de 18 h 30 à 20 h",
    "lieu": "",
    "numero": 2,
    "raison": "Un présent avait été oublié.",
    "close_par": "Porteuse Exemple",
    "close_le": "2 décembre 2026 à 9 h 05",
    "presences": [
        {
            "nom": "Anne Exemple",
            "metier": "infirmier",
            "presence": "present",
            "minutes": 90,
            "preparation": 30,
            "organisme": "",
        },
        {
            "nom": "Zoé Exemple",
            "metier": "pharmacien",
            "presence": "excuse",
            "minutes": 0,
            "preparation": 0,
            "organisme": "URPS",
        },
    ],
}


def words(pdf):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").replace("’", "'").split())


def test_a_sheet_says_who_came_how_and_how_long():
    read = words(sheet_pdf(SHEET, today=DAY))
    for told in ("Anne Exemple", "1 h 30", "30 min", "excusé", "mandaté par URPS", "1 présent, 2 h en tout"):
        assert told in read, told
    assert "Raison : Un présent avait été oublié." in read
    assert "Close par Porteuse Exemple le 2 décembre 2026 à 9 h 05." in read


def test_the_same_sheet_gives_the_same_bytes():
    assert sheet_pdf(SHEET, today=DAY) == sheet_pdf(SHEET, today=DAY)


def test_a_statement_without_a_rate_says_what_is_to_be_confirmed():
    found = statement(terms("CPTS", "53", DAY), [TimeSpent("a", "Anne", "infirmier", "liberal", 2026, 90)])
    pdf = statement_pdf(
        found,
        title="Temps passé",
        period="Toute la période",
        professions=[("infirmier", 1, 90)],
        meetings=[{"jour": "1er décembre 2026", "sujet": "Le territoire", "presents": "1", "empreinte": "abc"}],
        names={"infirmier": "infirmier"},
        today=DAY,
    )
    read = words(pdf)
    assert "à confirmer" in read
    assert "ne publie pas le tarif de l'heure" in read
    assert "50 000" in read
