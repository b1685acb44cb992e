"""``maillage serve``: one real start, and what it does before listening."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli.server import collect_static, refusal


@pytest.fixture
def static_root(settings, tmp_path) -> Path:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "gathered"
    return settings.STATIC_ROOT


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int, var: Path, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "MAILLAGE_VAR": str(var), "PYTHONUNBUFFERED": "1", **variables}
    command = [sys.executable, "-m", "maillage", "serve", "--port", str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "service"])
def test_it_answers_at_the_address_that_it_prints_and_stops_cleanly(free_port, tmp_path, stop):
    with start(free_port, tmp_path) as server:
        lines = iter(server.stdout.readline, "")
        address = next(found[1] for line in lines if (found := re.search(r"http://(\S+)", line)))
        connection = http.client.HTTPConnection(address, timeout=20)
        connection.request("GET", "/api/openapi.json")
        assert connection.getresponse().status == 200
        connection.close()
        server.send_signal(stop)
        rest, errors = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "Maillage est arrêté." in rest
    assert "Traceback" not in errors
    assert ":secret@" not in errors


def test_a_taken_port_is_said_with_another_one_and_no_traceback(free_port, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        with start(free_port, tmp_path) as server:
            _, errors = server.communicate(timeout=20)
    assert server.returncode == 2
    assert errors == (
        f"Le port {free_port} est déjà pris sur 127.0.0.1. "
        f"Choisissez-en un autre, par exemple : --port {free_port + 1}.\n"
    )


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DATABASE_URL": "une base"}, "DATABASE_URL n'est pas l'adresse d'une base"),
        ({"DATABASE_URL": "mysql://u:secret@h/b"}, "« mysql:// » : les bases acceptées sont SQLite"),
        ({"DEBUG": "peut-être"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "maillage.example", "SECRET_KEY": ""}, "SECRET_KEY est vide"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_starts(free_port, tmp_path, variables, told):
    variables["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
    with start(free_port, tmp_path, **variables) as server:
        _, errors = server.communicate(timeout=20)
    assert server.returncode == 2
    assert errors.startswith("Réglage refusé : ")
    assert told in errors
    assert "Traceback" not in errors


def test_a_reserved_port_is_said():
    assert "au-dessus de 1023" in refusal(PermissionError(13, "denied"), "127.0.0.1", 80)


def test_static_files_are_gathered_again_only_when_one_changed(static_root):
    collect_static()
    gathered = static_root / "a.css"
    assert gathered.read_text() == "a{}"
    gathered.write_text("touched by nobody")
    collect_static()
    assert gathered.read_text() == "touched by nobody"
    (static_root.parent / "sources" / "b.css").write_text("b{}")
    collect_static()
    assert gathered.read_text() == "a{}"
    assert (static_root / "b.css").exists()
