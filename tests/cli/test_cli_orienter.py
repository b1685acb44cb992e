"""``maillage orienter`` answers a situation, and the command as a whole speaks French."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from tests.bad_inputs import BAD_ORIENTATIONS, ORIENTATION, TEAM, BadCase

from maillage import __version__

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

SITUATION = json.dumps({**ORIENTATION, "professionnels": TEAM}).encode()


def named(case: BadCase) -> str:
    return case.name


@pytest.mark.usefixtures("territories")
def test_a_situation_gives_the_five_structures(maillage: "Maillage", tmp_path: Path) -> None:
    path = tmp_path / "situation.json"
    path.write_bytes(SITUATION)
    ran = maillage("orienter", path)

    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told["commune"]["nom"] == "Redon"
    assert set(told["structures"]) == {"ESP", "MSP", "CDS", "ESS", "CPTS"}


@pytest.mark.usefixtures("territories")
def test_the_answer_is_the_one_of_the_api(maillage: "Maillage", client: Any) -> None:
    answer = client.generic("POST", "/api/orientation", SITUATION, CONTENT_TYPE="application/json")

    assert json.loads(maillage("orienter", "-", stdin=SITUATION).out) == answer.json()


@pytest.mark.usefixtures("territories")
def test_the_example_gives_every_field_and_is_accepted(maillage: "Maillage") -> None:
    example, fields = maillage("orienter", "--exemple").out, json.loads(maillage("orienter", "--schema").out)

    assert list(json.loads(example)) == list(fields["properties"])
    assert maillage("orienter", "-", stdin=example.encode()).code == 0


def test_without_a_situation_the_command_says_how_to_get_one(maillage: "Maillage") -> None:
    ran = maillage("orienter")

    assert (ran.code, ran.out) == (2, "")
    assert "SITUATION.json" in ran.err
    assert "--exemple" in ran.err


@pytest.mark.usefixtures("territories")
def test_compact_writes_one_line(maillage: "Maillage") -> None:
    assert len(maillage("orienter", "-", "--compact", stdin=SITUATION).out.splitlines()) == 1


@pytest.mark.usefixtures("territories")
@pytest.mark.parametrize("case", BAD_ORIENTATIONS, ids=named)
def test_a_bad_situation_is_refused_with_the_words_of_the_api(maillage: "Maillage", client: Any, case: BadCase) -> None:
    ran = maillage("orienter", "-", stdin=case.raw)
    answer = client.generic("POST", "/api/orientation", case.raw, CONTENT_TYPE="application/json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [error["message"] for error in answer.json()["erreurs"]]
    assert case.expected in ran.err


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_ready_is_said_with_what_to_do(maillage: "Maillage") -> None:
    with connection.schema_editor() as editor:
        editor.execute("ALTER TABLE territories_commune RENAME TO elsewhere")
    try:
        ran = maillage("orienter", "-", stdin=SITUATION)
    finally:
        with connection.schema_editor() as editor:
            editor.execute("ALTER TABLE elsewhere RENAME TO territories_commune")

    assert ran.code == 2
    assert "Lancez d'abord : make run" in ran.err


@pytest.mark.django_db
def test_communes_that_are_not_loaded_are_said_with_what_to_do(maillage: "Maillage") -> None:
    ran = maillage("orienter", "-", stdin=SITUATION)

    assert ran.code == 2
    assert "Lancez d'abord : make run" in ran.err


def test_the_version_is_told(maillage: "Maillage") -> None:
    assert maillage("--version") == (0, f"maillage {__version__}\n", "")


def test_the_help_lists_the_commands(maillage: "Maillage") -> None:
    ran = maillage("--help")

    assert ran.code == 0
    for name in ("orienter", "simuler", "serve", "openapi"):
        assert name in ran.out


def test_no_command_gives_the_help_and_fails(maillage: "Maillage") -> None:
    ran = maillage()

    assert ran.code == 2
    assert "orienter" in ran.out + ran.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("simulr",), "La commande « simulr » n'existe pas ; vouliez-vous dire « simuler » ?"),
        (("orienter", "--commune", "35236"), "L'option « --commune » n'existe pas."),
        (("serve", "--port", "abc"), "--port : il faut un nombre entier."),
        (("serve", "--port", "99999"), "--port : il faut un nombre d'au plus 65535."),
    ],
)
def test_a_wrong_command_is_said_in_french(maillage: "Maillage", arguments: tuple[str, ...], expected: str) -> None:
    ran = maillage(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
    assert "--help" in ran.err


def test_no_situation_says_how_to_get_one(maillage: "Maillage") -> None:
    ran = maillage("orienter")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Il manque SITUATION.json. --exemple en écrit une")


def test_the_command_writes_the_document_that_the_site_serves(maillage: "Maillage", client: Any) -> None:
    ran = maillage("openapi")

    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == client.get("/api/openapi.json").json()
