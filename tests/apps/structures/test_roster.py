"""A list of members, pasted or in a file, is examined line by line before anything is written."""

import io
import zipfile

import openpyxl
import pytest
from tests import cast
from tests.apps.structures.people import MARTIN, PETIT

from maillage.apps.structures.models import Member, Site
from maillage.apps.structures.roster import examine
from maillage.apps.structures.sheets import MOST_BYTES, read_file, read_pasted, written
from maillage.apps.structures.team import add_members
from maillage.core.kernel.problems import BadInput

LIST = """Nom;Prénom;Profession;RPPS;Commune;ETP
Martin;Claire;Médecin généraliste;10000000017;Redon;1
Durand;Zoé;Kiné;;Sainte-Marie;0,5
"""


def lines(people, text):
    return examine(people.structure, read_pasted(text)).lines


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_list_is_read_then_written_at_once(people):
    roster = examine(people.structure, read_pasted(LIST))
    assert roster.is_ready
    assert not Member.objects.filter(nom="Martin").exists()
    add_members(people.structure, roster.members, by=people.porteuse, at=cast.NOW)
    zoe = Member.objects.get(nom="Durand")
    assert (zoe.metier, zoe.commune, str(zoe.etp)) == ("masseur_kinesitherapeute", "35294", "0.50")


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_list_comes_from_a_spreadsheet_or_a_file(people, separator):
    rows = read_pasted(f"Nom{separator}Métier\nMartin{separator}infirmier\n")
    assert [line.fields.metier for line in examine(people.structure, rows).lines] == ["infirmier"]


def test_a_workbook_gives_whole_numbers_and_days(people):
    content = workbook(["Nom", "Métier", "RPPS", "ETP"], ["Martin", "Infirmière", int(MARTIN), 0.5], [None] * 4)
    line, *rest = examine(people.structure, read_file(content)).lines
    assert rest == []
    assert (line.fields.rpps, str(line.fields.etp)) == (MARTIN, "0.50")


def test_each_wrong_line_says_what_is_wrong_and_the_others_stand(people):
    roster = examine(people.structure, read_pasted(LIST + "Rien;;plombier;123;Nulle-Part;9\n"))
    wrong = roster.lines[-1]
    assert wrong.number == 4
    assert [problem.field for problem in wrong.problems] == ["commune", "metier", "rpps", "etp"]
    assert (roster.wrong, roster.is_ready, len(roster.members)) == (1, False, 2)
    assert examine(people.structure, read_pasted(written(roster.right_rows))).is_ready


def test_who_is_already_in_the_team_is_told(people):
    Member.objects.update(rpps="")
    Member.objects.filter(metier="infirmier").update(rpps=PETIT)
    (line,) = lines(people, f"Nom;Métier;RPPS\nLe Petit;infirmier;{PETIT}\n")
    assert line.known.rpps == PETIT


def test_a_list_brought_twice_adds_nobody_the_second_time(people):
    roster = examine(people.structure, read_pasted(LIST))
    add_members(people.structure, roster.members, by=people.porteuse, at=cast.NOW)
    again = examine(people.structure, read_pasted(LIST + "Neuve;Ana;infirmier;;Redon;1\n"))
    assert [bool(line.known) for line in again.lines] == [True, True, False]
    assert (again.known, again.is_ready, [each.nom for each in again.members]) == (2, True, ["Neuve"])


def test_a_number_twice_in_the_list_is_told(people):
    first, second = lines(people, f"Nom;Métier;RPPS\nUn;infirmier;{PETIT}\nDeux;infirmier;{PETIT}\n")
    assert first.fields
    assert second.problems[0].field == "rpps"


def test_two_lines_of_the_same_name_deserve_a_look(people):
    assert all(line.remarks for line in lines(people, "Nom;Métier\nUn;infirmier\nUn;infirmier\n"))


def test_the_directory_fills_what_a_number_says(people, directory):
    (line,) = lines(people, f"RPPS\n{MARTIN}\n")
    assert (line.fields.nom, line.fields.metier, line.fields.commune) == ("MARTIN", "medecin_generaliste", "35236")


def test_a_name_that_is_not_that_of_the_directory_is_told(people, directory):
    (line,) = lines(people, f"Nom;RPPS\nDupont;{MARTIN}\n")
    assert line.remarks == ("l'annuaire dit « Claire MARTIN »",)
    (absent,) = lines(people, "Nom;Métier;RPPS\nDupont;infirmier;10000000058\n")
    assert absent.remarks == ("absent de l'annuaire chargé",)


def test_a_site_is_named(people):
    site = Site.objects.create(structure=people.structure, nom="Cabinet de la gare", commune="35236")
    right, wrong = lines(people, "Nom;Métier;Site\nUn;infirmier;cabinet de la gare\nDeux;infirmier;Cabinet\n")
    assert right.fields.site == site.pk
    assert wrong.problems[0].field == "site"


@pytest.mark.parametrize("text", ["", "  \n ", "Âge;Taille\n1;2\n", f"Nom;Métier\n{'x' * 200_000};infirmier"])
def test_what_is_no_list_is_refused(people, text):
    with pytest.raises(BadInput):
        examine(people.structure, read_pasted(text))


def test_what_is_no_sheet_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    for content in (b"\x00\x01", b"PK\x03\x04rien", b"a" * (MOST_BYTES + 1), bomb.getvalue()):
        with pytest.raises(BadInput):
            read_file(content)


def test_a_blank_line_keeps_the_numbers_of_the_others(people):
    rows = read_pasted("\n;;\nNom;Métier\nUn;Infirmière\n;\n\nDeux;Sage-femme\n;\n;\n")
    assert [line.number for line in examine(people.structure, rows).lines] == [2, 5]
    again = examine(people.structure, read_pasted(written(rows)))
    assert [line.number for line in again.lines] == [2, 5]
    assert [row[0] for row in again.right_rows] == ["Nom", "Un", "Deux"]


def test_a_text_that_a_spreadsheet_calls_unicode_is_read():
    assert read_file("Nom\tMétier\nLefèvre\tInfirmière\n".encode("utf-16")) == [
        ("Nom", "Métier"), ("Lefèvre", "Infirmière"),
    ]  # fmt: skip


def test_a_file_of_an_old_spreadsheet_is_read(people):
    rows = read_file("Nom;Métier\nLefèvre;Infirmière\n".encode("cp1252"))
    assert examine(people.structure, rows).members[0].nom == "Lefèvre"
