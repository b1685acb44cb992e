"""The two commands on machines that lack something, and the promises of the test runner."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT
from tools import machine

OLD = "#!/bin/sh\necho 'Python 3.10.0'\nexit 1\n"
WITHOUT_VENV = """#!/bin/sh
case "$2" in
  *ensurepip*) exit 1 ;;
  *print*) echo python3.12 ;;
esac
"""


@pytest.fixture
def programs(tmp_path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def find_python(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(ROOT / "tools" / "find_python.sh")]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": str(folder)})


def run_script(name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / name)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables})


def test_a_machine_without_python_learns_which_one_it_needs(programs):
    found = find_python(programs)
    assert found.returncode == 1
    assert "Python 3.11, 3.12 ou 3.13 ; trouvé : aucun" in found.stderr
    assert "Maillage needs Python 3.11" in found.stderr


def test_an_old_python_is_named(programs):
    program(programs, "python3", OLD)
    assert "trouvé : Python 3.10.0" in find_python(programs).stderr


def test_a_newer_python_beside_an_old_one_is_taken(programs):
    program(programs, "python3", OLD)
    program(programs, "python3.12", "#!/bin/sh\nexit 0\n")
    assert find_python(programs).stdout == "python3.12\n"


def test_a_python_without_venv_is_told_the_package_to_install(programs):
    program(programs, "python3", WITHOUT_VENV)
    assert "sudo apt install python3.12-venv" in find_python(programs).stderr


@pytest.mark.parametrize(("version", "found"), [("v18.20.0", "v18.20.0"), (None, "aucun")])
def test_an_old_or_missing_node_is_said_before_anything_is_installed(programs, version, found):
    if version:
        program(programs, "node", f"#!/bin/sh\necho {version}\n")
        program(programs, "npm", "#!/bin/sh\n")
    done = run_script("run.py", PATH=str(programs), PORT="64999")
    assert done.returncode == 1
    assert f"Maillage a besoin de Node 20 ou plus, avec npm ; trouvé : {found}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["abc", "70000", "-1"])
def test_a_port_that_is_not_one_is_refused(port):
    done = run_script("run.py", PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"PORT : « {port} » n'est pas accepté. Attendu : un nombre de 1 à 65535.\n"


def test_the_steps_can_be_listed_and_an_unknown_one_is_refused():
    assert "parcours" in run_script("test.py", ONLY="liste").stdout
    assert run_script("test.py", ONLY="inconnue").returncode == 2


CASES = """
import pytest

def test_passes(): pass

def test_skips(): pytest.skip("no browser here")

@pytest.mark.xfail(strict=True)
def test_is_known_to_fail(): assert False
"""


@pytest.mark.parametrize(("plugin", "counts"), [((), "1 passed, 1 skipped"), (("-p", "tools.no_skip"), "1 failed")])
def test_in_ci_a_skipped_test_is_a_failed_one_and_says_why(tmp_path, plugin, counts):
    (tmp_path / "test_cases.py").write_text(CASES)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    command = [sys.executable, "-m", "pytest", *plugin, "-c", str(tmp_path / "pytest.ini"), str(tmp_path)]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=alone)
    assert counts in done.stdout
    assert "1 xfailed" in done.stdout
    assert not plugin or "no browser here" in done.stdout


OPENING = """
import pytest

@pytest.fixture
def db(): return None

@pytest.fixture
def world(db): return None

def test_pure(): pass

def test_by_fixture(world): pass

@pytest.mark.django_db
def test_by_mark(): pass
"""


def test_only_what_opens_the_database_runs_on_the_second_one(tmp_path):
    (tmp_path / "test_cases.py").write_text(OPENING)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\nmarkers = django_db\n")
    command = [sys.executable, "-m", "pytest", "-p", "tools.on_database", "-c", str(tmp_path / "pytest.ini")]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, env=alone)
    assert "2 passed, 1 deselected" in done.stdout


def test_the_throwaway_server_answers_and_leaves_nothing_behind():
    programs = machine.postgresql()
    if programs is None:
        pytest.skip("PostgreSQL n'est pas installé")
    import psycopg

    with machine.throwaway_cluster(programs) as url:
        with psycopg.connect(url) as connection:
            assert connection.execute("select current_user").fetchone() == ("maillage",)
            folder = Path(connection.info.host)
        assert folder.is_dir()
    assert not folder.exists()
