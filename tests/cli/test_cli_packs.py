"""``maillage packs``: list the regional policies, begin one, hold one against the rules."""

from pathlib import Path
from typing import TYPE_CHECKING

from maillage.core.rules.orientation.packs import pack
from maillage.core.rules.regions import PACKS, pack_codes

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "packs.md").read_text("utf-8")


def test_each_policy_is_listed_with_what_it_says_of_itself(maillage: "Maillage") -> None:
    ran = maillage("packs", "lister")
    assert ran.code == 0
    for code in pack_codes():
        assert f"{code} : {pack(code).nom}" in ran.out
        assert pack(code).avertissement in ran.out
    assert "Pays de la Loire (en partie)" in ran.out


def test_a_policy_is_begun_then_found_right(maillage: "Maillage", tmp_path: Path) -> None:
    folder = tmp_path / "occitanie"
    begun = maillage("packs", "modele", folder, "--region", "76")
    assert (begun.code, begun.out.splitlines()[0]) == (0, str(folder / "pack.yaml"))
    assert f"maillage packs verifier {folder}" in begun.err
    assert maillage("packs", "verifier", folder).out.startswith("occitanie : 1 accompagnement, 1 financement")


def test_a_wrong_policy_is_told_line_by_line_with_code_2(maillage: "Maillage", tmp_path: Path) -> None:
    folder = tmp_path / "occitanie"
    maillage("packs", "modele", folder)
    ran = maillage("packs", "verifier", folder)
    assert (ran.code, ran.out) == (2, "")
    first, last = ran.err.splitlines()
    assert first.startswith("pack.yaml, ligne 6 : regions.0 : « 00 » n'est pas accepté.")
    assert last == "occitanie : 1 point à corriger."


def test_the_refusal_printed_in_the_guide_is_the_one_of_the_command(maillage: "Maillage", tmp_path: Path) -> None:
    folder = tmp_path / "occitanie"
    maillage("packs", "modele", folder, "--region", "76")
    description = folder / "pack.yaml"
    description.write_text(description.read_text("utf-8").replace("etape: projet", "etape: projt"), "utf-8")
    refused = maillage("packs", "verifier", folder).err.splitlines()[0]
    assert f"```\n{refused}\n```" in GUIDE


def test_a_policy_of_the_project_is_right(maillage: "Maillage") -> None:
    ran = maillage("packs", "verifier", PACKS / "bretagne")
    assert ran.code == 0
    assert ran.out.endswith("Rien à corriger.\n")


def test_what_is_no_folder_is_refused(maillage: "Maillage", tmp_path: Path) -> None:
    ran = maillage("packs", "verifier", tmp_path / "absent")
    assert (ran.code, ran.out) == (2, "")
    assert "dossier introuvable" in ran.err


def test_a_model_does_not_overwrite(maillage: "Maillage", tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder")
    ran = maillage("packs", "modele", tmp_path)
    assert ran.code == 2
    assert (tmp_path / "notes.txt").read_text() == "à garder"
