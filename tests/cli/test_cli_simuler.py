"""``maillage simuler aci-msp`` computes one situation, or many in their order, and never writes half a result."""

import errno
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.bad_inputs import BAD_SIMULATIONS, SIMULATION, BadCase

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

GOOD = json.dumps(SIMULATION).encode()


def named(case: BadCase) -> str:
    return case.name


def written(folder: Path, *situations: bytes) -> Path:
    path = folder / "lot.jsonl"
    path.write_bytes(b"\n".join(situations))
    return path


def patientele(size: int) -> bytes:
    return json.dumps({**SIMULATION, "patientele": size, "coordination": True}).encode()


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def without_parameters(told: dict[str, Any]) -> dict[str, Any]:
    lines = [{**line, "parametres": []} for line in told["indicateurs"]]
    sums = [{**line, "parametres": [], "explication": ""} for line in told["sommes"]]
    return {**told, "indicateurs": lines, "sommes": sums, "gains": []}


def test_a_situation_gives_its_amount_with_two_decimals(maillage: "Maillage", tmp_path: Path) -> None:
    ran = maillage("simuler", "aci-msp", written(tmp_path, GOOD))

    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told["montant"].count(".") == 1
    assert len(told["montant"].split(".")[1]) == 2
    assert told["indicateurs"]


def test_the_standard_input_gives_the_same_answer_as_a_file(maillage: "Maillage", tmp_path: Path) -> None:
    by_file = maillage("simuler", "aci-msp", written(tmp_path, GOOD))
    by_input = maillage("simuler", "aci-msp", "-", stdin=GOOD)

    assert by_input == by_file


def test_compact_writes_one_line_with_its_accents(maillage: "Maillage") -> None:
    ran = maillage("simuler", "aci-msp", "-", "--compact", stdin=GOOD)

    assert len(ran.out.splitlines()) == 1
    assert "é" in ran.out


@pytest.mark.parametrize("case", BAD_SIMULATIONS, ids=named)
def test_a_bad_situation_is_refused_with_the_words_of_the_api(maillage: "Maillage", client: Any, case: BadCase) -> None:
    ran = maillage("simuler", "aci-msp", "-", stdin=case.raw)
    answer = client.generic("POST", "/api/simulations/aci-msp", case.raw, CONTENT_TYPE="application/json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [error["message"] for error in answer.json()["erreurs"]]
    assert case.expected in ran.err


def test_a_batch_answers_line_by_line_in_the_same_order(maillage: "Maillage", tmp_path: Path) -> None:
    sizes = [3_000, 6_000, 8_000, 12_000]
    ran = maillage("simuler", "aci-msp", "--lot", written(tmp_path, *map(patientele, sizes)), "--detail")

    alone = [json.loads(maillage("simuler", "aci-msp", "-", stdin=patientele(size)).out) for size in sizes]
    assert ran.code == 0
    assert lines(ran.out) == alone


def test_a_batch_leaves_out_the_parameters_unless_they_are_asked(maillage: "Maillage") -> None:
    whole = maillage("simuler", "aci-msp", "--lot", "-", "--detail", stdin=GOOD)
    short = maillage("simuler", "aci-msp", "--lot", "-", stdin=GOOD)

    assert lines(short.out) == [without_parameters(told) for told in lines(whole.out)]
    assert len(short.out) < len(whole.out) / 2


def test_a_batch_longer_than_a_chunk_keeps_its_order(
    maillage: "Maillage", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.cli.simuler.CHUNK", 3)
    sizes = list(range(1_000, 11_000, 1_000))
    ran = maillage("simuler", "aci-msp", "--lot", written(tmp_path, *map(patientele, sizes)))

    alone = [json.loads(maillage("simuler", "aci-msp", "-", stdin=patientele(size)).out) for size in sizes]
    assert lines(ran.out) == [without_parameters(told) for told in alone]


def test_blank_lines_of_a_batch_are_skipped(maillage: "Maillage") -> None:
    ran = maillage("simuler", "aci-msp", "--lot", "-", stdin=GOOD + b"\n\n  \n" + GOOD + b"\n")

    assert (ran.code, len(ran.out.splitlines())) == (0, 2)


def test_one_bad_line_refuses_the_whole_batch_and_every_bad_line_is_told(maillage: "Maillage", tmp_path: Path) -> None:
    target = tmp_path / "sortie.jsonl"
    lot = written(tmp_path, GOOD, b"{}", GOOD, b'{"annee": NaN}')
    ran = maillage("simuler", "aci-msp", "--lot", lot, "--sortie", target)

    assert (ran.code, ran.out) == (2, "")
    assert [line.split(" : ")[0] for line in ran.err.splitlines()] == ["ligne 2", "ligne 2", "ligne 2", "ligne 4"]
    assert ran.err.splitlines()[-1].endswith("à la ligne 1, colonne 11 (NaN et Infinity ne sont pas des nombres JSON).")
    assert list(tmp_path.iterdir()) == [lot]


def test_a_refused_batch_leaves_the_former_result_as_it_was(maillage: "Maillage", tmp_path: Path) -> None:
    target = tmp_path / "sortie.jsonl"
    target.write_text("hier")
    maillage("simuler", "aci-msp", "--lot", written(tmp_path, GOOD, b"{}"), "--sortie", target)

    assert target.read_text() == "hier"


def test_bad_lines_can_be_answered_in_their_place(maillage: "Maillage", tmp_path: Path) -> None:
    lot = written(tmp_path, GOOD, b"[]", GOOD)
    ran = maillage("simuler", "aci-msp", "--lot", lot, "--ignorer-erreurs")

    first, second, third = lines(ran.out)
    assert ran.code == 0
    assert second == {
        "ligne": 2,
        "erreurs": [
            {
                "champ": "",
                "valeur": "[]",
                "attendu": "un objet JSON",
                "message": "situation : « [] » n'est pas accepté. Attendu : un objet JSON.",
            }
        ],
    }
    assert first == third
    assert ran.err == "1 erreur(s), écrites à la place des résultats.\n"


def test_a_batch_is_written_to_a_file_in_place_of_the_former_one(maillage: "Maillage", tmp_path: Path) -> None:
    target = tmp_path / "sortie.jsonl"
    target.write_text("hier")
    ran = maillage("simuler", "aci-msp", "--lot", written(tmp_path, GOOD), "--sortie", target)

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert lines(target.read_text("utf-8"))[0]["montant"]


def test_a_batch_may_replace_its_own_file(maillage: "Maillage", tmp_path: Path) -> None:
    lot = written(tmp_path, GOOD, GOOD)
    ran = maillage("simuler", "aci-msp", "--lot", lot, "--sortie", lot)

    assert (ran.code, len(lines(lot.read_text("utf-8")))) == (0, 2)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_batch_is_refused(maillage: "Maillage", content: bytes) -> None:
    ran = maillage("simuler", "aci-msp", "--lot", "-", stdin=content)

    assert (ran.code, ran.err) == (2, "Le fichier est vide : donnez une situation par ligne.\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Il manque SITUATION.json (une situation) ou --lot FICHIER.jsonl"),
        (("un.json", "--lot", "deux.jsonl"), "pas les deux"),
        (("un.json", "--sortie", "trois.jsonl"), "ne vont qu'avec --lot"),
        (("un.json", "--ignorer-erreurs"), "ne vont qu'avec --lot"),
        (("un.json", "--detail"), "ne vont qu'avec --lot"),
        (("absent.json",), "absent.json : fichier introuvable"),
        (("--lot", "absent.jsonl"), "absent.jsonl : fichier introuvable"),
        (("/",), "/ : c'est un dossier"),
        (("--lot", "/"), "/ : c'est un dossier"),
        (("--lot", "-", "--sortie", "/"), "/ : c'est un dossier"),
        (("--lot", "-", "--sortie", "/absent/x.jsonl"), "/absent : ce dossier n'existe pas ; créez-le"),
        (("--lot",), "L'option « --lot » attend une valeur."),
        (("--sorti", "x"), "L'option « --sorti » n'existe pas."),
        (("a", "b"), "Argument en trop : b."),
    ],
)
def test_what_cannot_be_run_is_said_in_french(maillage: "Maillage", arguments: tuple[str, ...], expected: str) -> None:
    ran = maillage("simuler", "aci-msp", *arguments, stdin=GOOD)

    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_may_not_be_read_is_said(maillage: "Maillage", monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert maillage("simuler", "aci-msp", "secret.json").err == (
        "secret.json : accès refusé ; vérifiez les droits du fichier.\n"
    )


def test_the_schema_says_the_unit_and_the_bounds_of_each_number(maillage: "Maillage") -> None:
    fields = json.loads(maillage("simuler", "aci-msp", "--schema").out)["properties"]

    assert all(field["title"] and field["description"] for field in fields.values())
    numbers = [field for field in fields.values() if {"integer", "number"} & set(types_of(field))]
    assert all({"unite", "minimum", "maximum"} <= set(field) for field in numbers)
    assert fields["taux_ame"]["type"] == ["number", "null"]


def types_of(field: dict[str, Any]) -> list[str]:
    return field["type"] if isinstance(field["type"], list) else [field["type"]]


def test_the_example_gives_every_field_and_is_accepted(maillage: "Maillage") -> None:
    example = maillage("simuler", "aci-msp", "--exemple").out
    fields = json.loads(maillage("simuler", "aci-msp", "--schema").out)["properties"]

    assert list(json.loads(example)) == list(fields)
    assert json.loads(maillage("simuler", "aci-msp", "-", stdin=example.encode()).out)["montant"] == "112805.00"


@pytest.mark.parametrize(
    "command",
    [(), ("simuler",), ("simuler", "aci-msp"), ("orienter",), ("serve",), ("donnees",), ("packs",), ("echeances",)],
)
def test_the_help_of_every_command_is_in_french(maillage: "Maillage", command: tuple[str, ...]) -> None:
    told = maillage(*command, "--help").out

    assert "Utilisation" in told
    assert "Afficher cette aide" in told
    assert not any(word in told for word in ("Usage", "Show this", "Commands", "default:", "env var", "ARGS"))
    assert not re.search(r"<[a-z ]+>|<=|INTEGER|BOOLEAN", told)


def test_the_help_says_what_an_option_takes(maillage: "Maillage") -> None:
    assert "NOMBRE de 1 à 65535" in " ".join(maillage("serve", "--help").out.split())
    assert "FICHIER.jsonl" in maillage("simuler", "aci-msp", "--help").out
