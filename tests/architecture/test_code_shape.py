"""What import-linter and ruff cannot see of the shape of the code."""

import ast
import re

import pytest
from tests.architecture.sources import ROOT, SRC, functions, imports, python_files, shown

LONGEST_FILE = 450
HTTP = ("django.http", "django.views", "django.urls", "django.shortcuts", "django.test", "django.template")
OURS = (SRC, ROOT / "tests", ROOT / "tools")


def test_apps_never_speak_http():
    found = [
        f"{shown(path)}:{line} imports {name}"
        for path in python_files(SRC / "apps")
        for line, name in imports(path)
        if name.startswith(HTTP)
    ]
    assert found == []


def test_the_core_never_reads_the_clock():
    clocks = ("date.today()", "datetime.now(", "datetime.utcnow(", "time.time(", "timezone.now(")
    found = [
        f"{shown(path)} calls {clock}"
        for path in python_files(SRC / "core")
        for clock in clocks
        if clock in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_a_day_is_that_of_the_place_not_of_greenwich():
    """``at.date()`` is the day before, an hour or two each night: ``timezone.localdate(at)`` is the day of the act."""
    moment = re.compile(r"\b(at|\w+_at)\.date\(\)")
    found = [
        f"{shown(path)}: {hit[0]}"
        for path in python_files(SRC)
        for hit in moment.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_is_too_long_to_be_read_at_once():
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*OURS)}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


@pytest.mark.parametrize(("folder", "limit"), [("src/maillage", 40), ("tools", 40), ("tests", 60)])
def test_no_function_is_too_long_to_be_seen_at_once(folder, limit):
    """A test may hold the whole table of its cases."""
    lengths = {
        f"{shown(path)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files(ROOT / folder)
        for function in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length >= limit} == {}


@pytest.mark.parametrize("folder", ["core", "apps", "web", "api", "cli", "config"])
def test_every_module_says_what_it_is_for(folder):
    silent = [
        shown(path)
        for path in python_files(SRC / folder)
        if path.name not in ("__init__.py", "apps.py")
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
