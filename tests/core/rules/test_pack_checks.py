"""A pack is held against the rules, line by line; each thing that can be wrong is told where it stands."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import BadInput
from maillage.core.rules.packs.checks import verify
from maillage.core.rules.packs.skeleton import write_skeleton
from maillage.core.rules.regions import PACKS, REGIONS, pack_codes

FIGURE = "parametres/financements/esp/fir.yaml"
DESCRIPTION = "pack.yaml"
OCCITANIE = "76"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with nothing wrong."""
    write_skeleton(tmp_path / "occitanie", OCCITANIE)
    return tmp_path / "occitanie"


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace a text of a file, and give the line where it stood."""
    text = (folder / file).read_text("utf-8")
    assert text.count(old) >= 1, old
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(folder: Path) -> list[str]:
    return [finding.message for finding in verify(folder).findings]


@pytest.mark.parametrize("code", pack_codes())
def test_nothing_is_wrong_in_the_packs_of_the_project(code: str) -> None:
    assert told(PACKS / code) == []


def test_nothing_is_wrong_in_the_model(folder: Path) -> None:
    report = verify(folder)
    assert report.findings == ()
    assert report.counts == ("1 accompagnement", "1 financement", "1 appel à projets", "1 contact", "1 paramètre")


def test_the_model_asks_for_its_region(tmp_path: Path) -> None:
    write_skeleton(tmp_path / "nouvelle")
    (only,) = told(tmp_path / "nouvelle")
    assert only.startswith("pack.yaml, ligne 6 : regions.0 : « 00 » n'est pas accepté.")


BROKEN = [
    ("etape: projet", "etape: projt", "vouliez-vous dire « projet » ?"),
    ("parametre: financements.esp.fir", "parametre: financements.esp.fri", "« financements.esp.fir » ?"),
    ("structure: ESP", "structure: HOPITAL", "l'un de : ESP, MSP, CDS, ESS, CPTS"),
    ("nature: argent", "nature: sous", "l'un de : methode, consultant, argent, contrat, decision"),
    ("confiance: B", "confiance: D", "l'un de : A, B, C"),
    ("depuis: 2026-01-01", "depuis: 2026-13-01", "une date du calendrier"),
    ("depuis: 2026-01-01", "jusqu_a: 2025-01-01\n    depuis: 2026-01-01", "ne précède pas depuis (2026-01-01)"),
    ('regions: ["76"]', 'regions: ["99"]', "76 Occitanie"),
    ('regions: ["76"]', "regions: [76]", "entre guillemets"),
    ('regions: ["76"]', 'regions: ["53"]', "celle-ci suit « bretagne »"),
    ('regions: ["76"]', "regions: []", "au moins un code"),
    ("code: occitanie", "code: oc", "« occitanie », le nom du dossier"),
    ("avertissement:", "avertissment:", "vouliez-vous dire « avertissement » ?"),
    ("    federer:", "    federez:", "vouliez-vous dire « federer » ?"),
    ("ouvert_le: null", "ouvert_le: demain", "une date de la forme AAAA-MM-JJ"),
    ("public: [ESP, MSP]", "public: [ESP, SCM]", "l'un de : ESP, MSP"),
    ("partiel: true", "partiel: peut-être", "vrai ou faux"),
    ("conditions: [Équipe reconnue", "conditions: [{libelle: Reconnue, regles: [esp_valide]}", "esp_validation"),
    ("    documents: [Projet", "    remplace: [esp_federer]\n    documents: [Projet", "esp_federer_ars"),
    ("    documents: [Projet", "    id: autre\n    documents: [Projet", "est écrit deux fois"),
    ("  - organisme: L'ARS", "  - organisme: [L'ARS", "le YAML ne se lit pas"),
    ('regions: ["76"]', "regions: [[1]]", "un texte"),
    ('regions: ["76"]', "regions: [53]", "entre guillemets"),
    ("parametre: financements.esp.fir", "parametre: [1]", "un texte"),
    ("    documents: [Projet", "    remplace: [[1]]\n    documents: [Projet", "un texte"),
    ("conditions: [Équipe reconnue", "conditions: [{libelle: Reconnue, regles: [[1]]}", "une règle"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_what_is_wrong_in_the_description_is_told(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder, DESCRIPTION, old, new)
    assert any(expected in message for message in told(folder)), told(folder)


BROKEN_FIGURES = [
    ("value: null", 'value: "mille"', "Attendu : un nombre."),
    ("value: null", "value: 1000", "metadata.confiance : non donné"),
    ("      motif: le montant n'est pas publié\n", "", "pourquoi la valeur n'est pas connue"),
    ("unite: euros par an et par équipe", "unite: euros", "« euros par an et par équipe »"),
    ("          href: null", "          url: null", "l'une des clés : href, title"),
    ("  2026-01-01:", "  2026-02-30:", "une date du calendrier"),
    ("  verifie_le:", "  a_verifier_depuis: 2026-01-01\n  verifie_le:", "a_verifier_motif ensemble"),
    ("description:", "descripton:", "vouliez-vous dire « description » ?"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN_FIGURES)
def test_what_is_wrong_in_a_parameter_is_told(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder, FIGURE, old, new)
    assert any(expected in message and message.startswith(FIGURE) for message in told(folder)), told(folder)


def test_a_value_without_text_is_told_at_its_date(folder: Path) -> None:
    change(folder, FIGURE, "value: null", "value: 1000")
    change(folder, FIGURE, "      motif: le montant n'est pas publié\n", "      confiance: B\n")
    text = (folder / FIGURE).read_text("utf-8")
    (folder / FIGURE).write_text(text[: text.index("      reference:")], "utf-8")
    (only,) = told(folder)
    assert only == (
        f"{FIGURE}, ligne 9 : values.2026-01-01.metadata.reference : non donné. "
        "Attendu : au moins un texte (title, href)."
    )


@pytest.mark.parametrize(
    ("old", "new"), [("etape: projet", "etape: projt"), ("    borne: plafond", "    born: plafond")]
)
def test_the_line_is_the_one_of_the_file(folder: Path, old: str, new: str) -> None:
    line = change(folder, DESCRIPTION, old, new)
    assert any(message.startswith(f"pack.yaml, ligne {line} : ") for message in told(folder))


def test_a_contact_without_source_is_told_at_its_line(folder: Path) -> None:
    text = (folder / DESCRIPTION).read_text("utf-8")
    at = text.rindex("    source:")
    (folder / DESCRIPTION).write_text(text[:at], "utf-8")
    line = text[: text.index("  - organisme:")].count("\n") + 1
    assert told(folder) == [f"pack.yaml, ligne {line} : contacts.0.source : non donné. Attendu : un champ obligatoire."]


def test_a_checklist_of_no_heading_is_told_with_the_form_of_a_code(folder: Path) -> None:
    line = "  - {rubrique: Accès, points: [Le secrétariat], source: '', confiance: B}"
    with (folder / DESCRIPTION).open("a", encoding="utf-8") as file:
        file.write(f"\nreperes:\n{line}\n")
    found = " ".join(told(folder))
    assert "le code d'une rubrique" in found
    assert "reperes.0.source" in found


def test_the_same_id_twice_is_told_at_the_second(folder: Path) -> None:
    text = (folder / DESCRIPTION).read_text("utf-8")
    start, end = text.index("  - id: exemple"), text.index("# Des organismes")
    (folder / DESCRIPTION).write_text(text[:end].rstrip() + "\n" + text[start:], "utf-8")
    (only,) = told(folder)
    first = text[:start].count("\n") + 1
    assert (
        f"appels.1.id : « exemple » n'est pas accepté. Attendu : un autre nom : il est déjà pris ligne {first}." in only
    )


def test_a_parameter_of_no_nation_is_told_with_the_nearest_path(folder: Path) -> None:
    (folder / FIGURE).rename(folder / FIGURE.replace("fir", "firr"))
    (only,) = told(folder)
    assert "« financements.esp.firr »" in only
    assert "vouliez-vous dire « financements.esp.fir » ?" in only


def test_a_file_that_nobody_would_read_is_told(folder: Path) -> None:
    (folder / "notes.txt").write_text("à faire")
    assert told(folder) == [
        "notes.txt, ligne 1 : ce fichier ne serait pas lu. Attendu : pack.yaml, ou un fichier .yaml sous parametres/."
    ]


@pytest.mark.parametrize("content", [b"", b"- une liste\n", b"\xff\xfe", b"a: &a [*a]\n"])
def test_a_file_that_describes_nothing_is_told(folder: Path, content: bytes) -> None:
    (folder / DESCRIPTION).write_bytes(content)
    (folder / FIGURE).write_bytes(content)
    assert {message.split(",")[0] for message in told(folder)} == {DESCRIPTION, FIGURE}


def test_a_folder_without_description_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == ["pack.yaml, ligne 1 : le fichier manque. Attendu : la description de la région."]


def test_every_line_wrong_is_told_at_once(folder: Path) -> None:
    for old, new in (
        ("etape: projet", "etape: projt"),
        ("confiance: B", "confiance: D"),
        ("regions: [", 'regions: ["99", '),
    ):
        change(folder, DESCRIPTION, old, new)
    assert len(told(folder)) == 3


@pytest.mark.parametrize(("name", "region"), [("Occi-tanie", OCCITANIE), ("occitanie2", "99")])
def test_a_model_of_nothing_known_is_refused(tmp_path: Path, name: str, region: str) -> None:
    with pytest.raises(BadInput):
        write_skeleton(tmp_path / name, region)
    assert not (tmp_path / name).exists()


def test_a_model_overwrites_nothing(folder: Path) -> None:
    with pytest.raises(BadInput, match="rien n'est écrasé"):
        write_skeleton(folder, OCCITANIE)


def test_a_region_has_one_policy_at_most() -> None:
    from maillage.core.rules.orientation.packs import pack

    governed = [region for code in pack_codes() for region in pack(code).regions]
    assert len(governed) == len(set(governed))
    assert set(governed) <= set(REGIONS)


NASTY = """- [|a: b|? x|5|null|[]|{}|"|code: {a: 1}|regions: 5|regions: [[1]]|etapes: [ESP]|? [a]: b|values: 5
etapes: {ESP: {[1]: 2}}|accompagnements: {a: 1}|accompagnements: [5, null]|metadata: []|2026-01-01: 5|<<: *x
contacts: [{}]|appels: texte|    parametre: [1]|    id: [a]|    etape: {a: 1}|    structure: [1]|    remplace: [[1]]
    conditions: [{regles: [[1]]}]|    par_taille: [1]|    depuis: 2026-99-99""".replace("\n", "|").split("|")
"""What a person may type anywhere."""


@given(
    file=st.sampled_from((DESCRIPTION, FIGURE)), line=st.integers(0, 80), text=st.sampled_from(NASTY), cut=st.booleans()
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_typed_is_told_and_breaks_nothing(file: str, line: int, text: str, cut: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "occitanie"
        write_skeleton(folder, OCCITANIE)
        lines = (folder / file).read_text("utf-8").splitlines()
        at = line % len(lines)
        (folder / file).write_text("\n".join([*lines[:at], text, *([] if cut else lines[at + 1 :])]), "utf-8")
        for finding in verify(folder).findings:
            assert 1 <= finding.line <= len(lines) + 1
            assert finding.message
