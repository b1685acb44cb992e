"""``make test``: every check of the project, one after the other, then a table of what ran.

``make test ONLY="lint unit"`` runs these steps only; ``ONLY=liste`` names them. With ``CI=true`` nothing may be
skipped. Runs on the bare Python of the machine: standard library only.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import environment
import machine

CI = os.environ.get("CI", "").lower() in ("1", "true")
WORKERS = str(min(os.cpu_count() or 2, 4))
TEMPLATES = "src/maillage/web/templates"
# The SQLite runs must not inherit the server that the PostgreSQL run may use.
WITHOUT_SERVER = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


@dataclass
class Result:
    """What a step did: ``passed`` and ``failed`` count tests, a check counts for one.

    ``failures`` names what failed; ``missing`` says why the step did not run.
    """

    name: str
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    missing: str = ""


def main() -> int:
    """Run the steps that were asked for. Returns the exit code: 1 as soon as one of them failed."""
    asked = (os.environ.get("ONLY") or " ".join(sys.argv[1:])).replace(",", " ").split()
    unknown = [name for name in asked if name not in STEPS]
    if unknown:
        print(f"Étapes : {' '.join(STEPS)}")
        return 0 if unknown == ["liste"] else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        prepare()
    except environment.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return report([timed(name) for name in asked or STEPS])


def prepare() -> None:
    """Libraries, third-party assets, browser and database server."""
    environment.ensure_node()
    environment.ensure(environment.DEV_LOCK)
    subprocess.run([environment.PYTHON, "tools/build_assets.py"], cwd=environment.ROOT, check=True)
    machine.install_missing()


def timed(name: str) -> Result:
    """Run a step and measure it."""
    print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
    start = time.monotonic()
    result = STEPS[name](name)
    result.seconds = time.monotonic() - start
    return result


def checks(*commands: str) -> Callable[[str], Result]:
    """A step of commands that say yes or no; each counts for one."""

    def run(name: str) -> Result:
        failures = [f"{name} : {command}" for command in commands if not _command(command.split(), WITHOUT_SERVER)]
        return Result(name, len(commands) - len(failures), len(failures), failures=failures)

    return run


def rules(name: str) -> Result:
    """The cases of the rules, by OpenFisca's own runner (pytest underneath)."""
    command = ["openfisca", "test", "--country-package", "maillage.core.rules", "tests/regles"]
    return counted(name, command, WITHOUT_SERVER)


def unit(name: str) -> Result:
    """Every test but those of the browser and the benchmarks, on SQLite."""
    return counted(name, pytest("tests", "--ignore=tests/parcours", "--ignore=tests/bench"), WITHOUT_SERVER)


def postgresql(name: str) -> Result:
    """The tests that open the database, on PostgreSQL: the server of ``DATABASE_URL``, else one of our own."""
    given = os.environ.get("DATABASE_URL", "")
    programs = machine.postgresql()
    if given.startswith(("postgres:", "postgresql:")):
        server = nullcontext(given)
    elif programs:
        server = machine.throwaway_cluster(programs)
    else:
        return absent(name, "PostgreSQL n'est pas installé (paquet « postgresql »)")
    with server as url:
        command = pytest("tests", "--ignore=tests/parcours", "--ignore=tests/bench", "-p", "tools.on_database")
        return counted(name, command, {**os.environ, "DATABASE_URL": url})


def journeys(name: str) -> Result:
    """Journeys in a real browser, with axe on every page."""
    if not machine.browser():
        return absent(name, "aucun navigateur Chromium (paquet « chromium »)")
    # A file on one worker: the site that its journeys share is filled and started once.
    return counted(name, pytest("tests/parcours", "--dist", "loadfile"), WITHOUT_SERVER)


def absent(name: str, why: str) -> Result:
    """A step that this machine cannot run: a failure where nothing may be skipped."""
    return Result(name, failed=int(CI), failures=[f"{name} : {why}"] if CI else [], missing=why)


def pytest(*arguments: str) -> list[str]:
    """The command of a run of tests; in CI a skipped test is a failed one."""
    strict = ["-p", "tools.no_skip"] if CI else []
    return ["python", "-m", "pytest", "-q", "--numprocesses", WORKERS, *strict, *arguments]


def counted(name: str, command: list[str], variables: dict[str, str]) -> Result:
    """Run tests and count them from the report that pytest writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xml"
        success = _command(command, {**variables, "PYTEST_ADDOPTS": f"--junitxml={path}"})
        cases = list(ET.parse(path).iter("testcase")) if path.exists() else []
    wrong = [f"{case.get('classname')}::{case.get('name')}" for case in cases if _has(case, "failure", "error")]
    skipped = sum(_has(case, "skipped") for case in cases)
    if not cases or (not success and not wrong):
        wrong.append(f"{name} : {' '.join(command)}")
    return Result(name, len(cases) - len(wrong) - skipped if cases else 0, len(wrong), failures=wrong)


def _has(case: ET.Element, *tags: str) -> bool:
    return any(case.find(tag) is not None for tag in tags)


def _command(command: list[str], variables: dict[str, str]) -> bool:
    program = environment.BIN / command[0]
    done = subprocess.run([program, *command[1:]], check=False, cwd=environment.ROOT, env=variables)
    return done.returncode == 0


def report(results: list[Result]) -> int:
    """Print the table, what failed and what was not run; the last line counts. Returns the exit code."""
    print("\n" + "═" * 74)
    for result in results:
        state = "NON LANCÉ" if result.missing else "ÉCHOUÉ" if result.failed else "réussi"
        counts = f"{result.passed:>5} réussis {result.failed:>3} échoués"
        print(f"{result.name:<12} {state:<10} {counts} {result.seconds:>7.1f} s")
    print(f"{'total':<44}{sum(result.seconds for result in results):>8.1f} s")
    for line in (line for result in results for line in result.failures):
        print(f"ÉCHEC  {line}")
    for result in results:
        if result.missing:
            print(f"\n!!! {result.name} N'A PAS ÉTÉ LANCÉ : {result.missing}.")
    passed, failed = sum(result.passed for result in results), sum(result.failed for result in results)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


STEPS: dict[str, Callable[[str], Result]] = {
    "couches": checks("lint-imports --no-cache"),
    "lint": checks("ruff check .", "ruff format --check ."),
    "gabarits": checks(f"djlint {TEMPLATES} --check --quiet", f"djlint {TEMPLATES} --lint --quiet"),
    "types": checks("mypy"),
    "migrations": checks("python manage.py makemigrations --check --dry-run"),
    "regles": rules,
    "unit": unit,
    "postgresql": postgresql,
    "parcours": journeys,
}

if __name__ == "__main__":
    sys.exit(main())
