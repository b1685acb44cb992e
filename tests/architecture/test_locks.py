"""Everything that we did not write is locked with its hashes, and names no place to download it from."""

import json
import re
import tomllib

import pytest
from tests.architecture.sources import ROOT

LOCKS = ["run.txt", "dev.txt"]
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


def lock_text(name):
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pinned(name):
    return {(package.lower().replace("_", "-"), version) for package, version in PINNED.findall(lock_text(name))}


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_has_its_hashes_and_no_address(name):
    text = lock_text(name)
    blocks = re.split(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", text, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links", text) == []


def test_the_tests_run_on_the_versions_that_are_installed():
    assert pinned("run.txt") <= pinned("dev.txt")


def test_every_direct_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    direct = {re.split(r"[\[<>=~;]", line)[0].lower() for line in project["project"]["dependencies"]}
    assert direct - {name for name, _ in pinned("run.txt")} == set()
    tools = {re.split(r"[\[<>=~;]", line)[0].lower() for line in project["dependency-groups"]["dev"]}
    assert tools - {name for name, _ in pinned("dev.txt")} == set()


def test_every_npm_package_has_its_hash_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if not package.get("integrity")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_no_file_of_settings_names_a_registry():
    for name in (".npmrc", "pyproject.toml", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"^\s*(?:registry|index-url|extra-index-url|find-links)\s*=\s*\S+", text, re.MULTILINE) == []
