"""Reading an extraction of the RPPS: columns, savoir-faire, communes, faults."""

import tracemalloc

import pytest
from tests.apps.territories.directories.rpps_files import (
    DOCTOR,
    HEADER,
    OTHER_CASE,
    SAVOIR_FAIRE,
    activity,
    archive,
    national,
    savoir_faire,
    write,
)

from maillage.apps.territories.directories import rpps
from maillage.apps.territories.directories.locating import Locator, Place
from maillage.apps.territories.official.files import open_file
from maillage.apps.territories.reading.rows import LoadError

NAME = "PS_LibreAcces_Personne_activite_202504040839.txt"
OTHER = "PS_LibreAcces_SavoirFaire_202504040839.txt"
REDON = Place("35236", "redon", "35")


def read(path):
    """The rows, the faults by line, and the tally of a file."""
    files = rpps.extraction(open_file(path).members)
    tally = rpps.Tally()
    locator = Locator({"35236": REDON}, {}, {"35600": frozenset({"35236"})})
    lines = list(rpps.practices(files, rpps.savoir_faire_of(files), locator, tally))
    rows = [row for _line, row in lines if not isinstance(row, str)]
    return rows, {line: row for line, row in lines if isinstance(row, str)}, tally


def metiers(rows):
    return [row.metier for row in rows]


def test_each_activity_is_a_row_with_its_metier_and_its_commune(tmp_path):
    lines = [
        activity(1, DOCTOR, sf="SM54", type_sf="S", finess="010780195"),
        activity(2, DOCTOR, sf="SM04", type_sf="S"),
        activity(3, ("40", "Chirurgien-Dentiste"), commune="", cedex="35600 REDON"),
        activity(4, ("73", "Chiropracteur"), site="", enseigne="Au dos droit"),
    ]
    rows, faults, tally = read(write(tmp_path / NAME, lines))
    assert metiers(rows) == ["medecin_generaliste", "medecin_specialiste", "chirurgien_dentiste", "chiropracteur"]
    assert {row.commune for row in rows} == {"35236"}
    assert (rows[0].finess, rows[0].mode, rows[0].secteur, rows[3].site) == ("010780195", "L", "SA07", "Au dos droit")
    assert (faults, tally.lines) == ({}, 4)


def test_columns_are_found_whatever_their_case(tmp_path):
    rows, _faults, _tally = read(write(tmp_path / NAME, [activity(1, DOCTOR, sf="SM26")], OTHER_CASE))
    assert metiers(rows) == ["medecin_generaliste"]


def test_an_archive_that_has_the_savoir_faire_apart_is_joined(tmp_path):
    main = write(tmp_path / NAME, [activity(1, DOCTOR), activity(2, DOCTOR), activity(3, DOCTOR)])
    other = write(tmp_path / OTHER, [savoir_faire(2, "SM53"), savoir_faire(1, "SM04")], SAVOIR_FAIRE)
    diplomas = write(tmp_path / "PS_LibreAcces_Dipl_AutExerc_202504040839.txt", ["DE09|"], "Code diplôme")
    rows, _faults, _tally = read(archive(tmp_path / "PS_LibreAcces_202504040839.zip", main, other, diplomas))
    assert metiers(rows) == ["medecin_specialiste", "medecin_generaliste", "medecin"]


def test_the_savoir_faire_lying_beside_the_plain_file_is_used(tmp_path):
    main = write(tmp_path / "ps-libreacces-personne-activite.txt", [activity(1, DOCTOR)])
    write(tmp_path / "ps-libreacces-savoirfaire.txt", [savoir_faire(1, "SM26")], SAVOIR_FAIRE)
    assert metiers(read(main)[0]) == ["medecin_generaliste"]


def test_a_generaliste_with_another_competence_stays_one_and_counts_once(tmp_path):
    lines = [activity(1, DOCTOR, sf="C30", type_sf="C"), activity(1, DOCTOR, sf="SM54", type_sf="S")]
    rows, _faults, tally = read(write(tmp_path / NAME, lines))
    assert (metiers(rows), tally.repeated) == (["medecin_generaliste"], 1)


def test_doctors_without_any_savoir_faire_are_refused_rather_than_told_without_generalistes(tmp_path):
    with pytest.raises(LoadError, match="aucun savoir-faire"):
        read(write(tmp_path / NAME, [activity(1, DOCTOR)]))


def test_a_bad_line_is_left_out_with_its_number_and_no_name(tmp_path):
    lines = [
        activity(1),
        activity(2, identifiant="12345678901"),
        activity(3).replace("|Cabinet|", "|Cabinet|un champ de trop|"),
        activity(4, identifiant=""),
        activity(5, ("", "")),
        activity(6),
    ]
    rows, faults, _tally = read(write(tmp_path / NAME, lines))
    assert len(rows) == 2
    assert faults == {
        3: "la clé du numéro RPPS est fausse",
        4: "nombre de champs inattendu",
        5: "identifiant absent",
        6: "code profession absent",
    }


def test_an_adeli_number_is_kept_as_it_is(tmp_path):
    rows, _faults, _tally = read(write(tmp_path / NAME, [activity(1, type="0", identifiant="2A9100017")]))
    assert [row.rpps for row in rows] == ["2A9100017"]


def test_students_are_counted_apart(tmp_path):
    rows, _faults, tally = read(write(tmp_path / NAME, [activity(1, categorie="Étudiant"), activity(2)]))
    assert (len(rows), tally.students) == (1, 1)


@pytest.mark.parametrize("cut", [1, 5, 60])
def test_a_file_cut_in_its_last_line_is_refused(tmp_path, cut):
    path = write(tmp_path / NAME, [activity(1), activity(2)])
    path.write_bytes(path.read_bytes()[: -(cut + 1)])
    with pytest.raises(LoadError, match=r"est coupé : sa dernière ligne \(3\) n'est pas entière"):
        read(path)


def test_a_last_field_that_no_bar_ends_is_cut_when_its_line_has_no_end(tmp_path):
    path = tmp_path / NAME
    path.write_text("\n".join([HEADER, *(activity(rank)[:-1] + "Fonction" for rank in (1, 2))]), encoding="utf-8")
    with pytest.raises(LoadError, match="est coupé"):
        read(path)


def test_a_file_that_is_something_else_names_the_columns_that_it_lacks(tmp_path):
    with pytest.raises(LoadError, match="« identifiant pp »"):
        read(write(tmp_path / NAME, ["1|2|"], "nom|prénom"))


def test_the_encoding_is_detected(tmp_path):
    path = write(tmp_path / NAME, [activity(1, nom="É"), activity(2, categorie="Étudiant")])
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    rows, _faults, tally = read(path)
    assert [row.nom for row in rows] == ["É"]
    assert tally.students == 1


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = write(tmp_path / NAME, [activity(1, nom="É")])
    path.write_bytes(path.read_bytes() + b"\x81\x8d\n")
    with pytest.raises(LoadError, match=r"ni en UTF-8 ni en Windows-1252|il lui manque"):
        read(path)


def test_telephones_and_e_mails_are_not_kept(tmp_path):
    rows, _faults, _tally = read(write(tmp_path / NAME, [activity(1)]))
    assert not any("0102030405" in value or "@" in value for value in rows[0])


def test_reading_never_holds_the_file_in_memory(tmp_path):
    """A third of the size of the file is far above a buffer, a savoir-faire per doctor and a mark per activity."""
    path = write(tmp_path / NAME, national(20_000, ["35236"]))
    files = rpps.extraction(open_file(path).members)
    tracemalloc.start()
    known = rpps.savoir_faire_of(files)
    locator = Locator({"35236": REDON}, {}, {})
    lines = sum(1 for _line in rpps.practices(files, known, locator, rpps.Tally()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == 20_000
    assert peak < path.stat().st_size / 3
