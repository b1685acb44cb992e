"""Bring third-party files from npm and copy them, with our own sources, where Django serves them.

Nothing fetched is committed: the files go to folders that git ignores and that the wheel carries. A second run
does nothing when nothing changed. Standard library only, so that it runs before anything is installed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src" / "maillage" / "web" / "static"
VENDOR, OURS = STATIC / "vendor", STATIC / "maillage"
TERRITORIES = ROOT / "src" / "maillage" / "apps" / "territories" / "data"
STAMP = VENDOR / ".stamp"

FONT = "@fontsource-variable/atkinson-hyperlegible-next"
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    f"{FONT}/LICENSE": "atkinson/LICENSE",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre/maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre/LICENSE",
}
"""Third-party files, from ``node_modules`` to ``static/vendor``."""
PRINTED = MODULES / "@expo-google-fonts" / "atkinson-hyperlegible-next"
PRINTED_STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
DOCUMENT_FONTS = ROOT / "src" / "maillage" / "core" / "documents" / "fonts"
"""The same font as TrueType, which PDF documents need."""
FONT_STYLES = ("index.css", "wght-italic.css")
EDITOR = ROOT / "assets" / "editor"
"""Sources of the editor of rich text, which npm's packages go with: one file made of all of them."""
LICENCES = ("LICENSE*", "LICENCE*", "license*")
COMMUNES = MODULES / "@etalab" / "decoupage-administratif" / "data" / "communes.json"


def main() -> int:
    """Bring, copy, stamp. Returns the exit code."""
    mark = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == mark:
        return 0
    if not bring():
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in COPIES.items():
        copy(MODULES / source, VENDOR / target)
    fonts()
    for style in PRINTED_STYLES:
        name = f"AtkinsonHyperlegibleNext_{style}.ttf"
        copy(PRINTED / style / name, DOCUMENT_FONTS / name)
    without_source_map(VENDOR / "bootstrap" / "bootstrap.min.css")
    shutil.rmtree(OURS, ignore_errors=True)
    shutil.copytree(ROOT / "assets", OURS, ignore=shutil.ignore_patterns(EDITOR.name))
    editor()
    communes()
    STAMP.write_text(mark)
    return 0


def fingerprint() -> str:
    """What the copied files depend on: the lock, our sources, this script."""
    digest = hashlib.sha256()
    sources = [ROOT / "package-lock.json", Path(__file__), *sorted((ROOT / "assets").rglob("*"))]
    for path in sources:
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def bring() -> bool:
    """Install the locked packages, unless they already stand."""
    lock = (ROOT / "package-lock.json").read_bytes()
    mark = MODULES / ".maillage"
    if mark.is_file() and mark.read_text() == hashlib.sha256(lock).hexdigest():
        return True
    npm = shutil.which("npm")
    if npm is None:
        sys.stderr.write("npm est introuvable : installez Node.js 20 ou plus récent.\n")
        return False
    print("Fichiers du site (npm)…", flush=True)
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run([npm, "ci", *quiet], cwd=ROOT, env={**os.environ}, check=False)
    if done.returncode:
        sys.stderr.write("npm n'a pas pu installer les fichiers du site : voyez son message ci-dessus.\n")
        return False
    mark.write_text(hashlib.sha256(lock).hexdigest())
    return True


def copy(source: Path, target: Path) -> None:
    """Copy one file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def fonts() -> None:
    """The variable font, Latin alphabets only, with the styles that declare it."""
    rules: list[str] = []
    for name in FONT_STYLES:
        style = MODULES / FONT / name
        if style.is_file():
            rules += re.findall(r"@font-face\s*\{[^}]*\}", style.read_text(encoding="utf-8"))
    latin = [rule for rule in rules if re.search(r"-latin(-ext)?-", rule)]
    for found in {url for rule in latin for url in re.findall(r"url\(\.?/?(files/[^)\"']+)\)", rule)}:
        copy(MODULES / FONT / found, VENDOR / "atkinson" / found)
    (VENDOR / "atkinson" / "atkinson.css").write_text("\n".join(latin) + "\n", encoding="utf-8")


def without_source_map(style: Path) -> None:
    """Drop the line that names a map we do not ship."""
    text = style.read_text(encoding="utf-8")
    style.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text), encoding="utf-8")


def editor() -> None:
    """Bundle the editor with what it uses, and copy the licences of what went in."""
    told = VENDOR / "editeur" / "contenu.json"
    told.parent.mkdir(parents=True, exist_ok=True)
    options = (
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
    )
    command = [MODULES / ".bin" / "esbuild", EDITOR / "editeur.js", *options, f"--metafile={told}"]
    subprocess.run([*command, f"--outfile={OURS / 'js' / 'editeur.js'}"], cwd=ROOT, check=True)
    inputs = json.loads(told.read_text(encoding="utf-8"))["inputs"]
    told.unlink()
    licences = [licence(ROOT / folder) for folder in sorted({package(name) for name in inputs} - {""})]
    (VENDOR / "editeur" / "LICENSE").write_text("\n\n".join(licences), encoding="utf-8")


def package(name: str) -> str:
    """The folder of the package that a bundled file comes from; empty for our own files.

    >>> package("node_modules/@tiptap/core/dist/index.js"), package("assets/editor/barre.js")
    ('node_modules/@tiptap/core', '')
    """
    found = re.match(r"(?:.*/)?node_modules/(?:@[^/]+/)?[^/]+", name)
    return found[0] if found else ""


def licence(folder: Path) -> str:
    """The licence of a package, under its name; what its description says when it ships no text."""
    described = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    files = [path for pattern in LICENCES for path in sorted(folder.glob(pattern)) if path.is_file()]
    text = files[0].read_text(encoding="utf-8") if files else f"Licence : {described.get('license')}"
    return f"{described['name']} {described['version']}\n\n{text.strip()}\n"


def communes() -> None:
    """The administrative divisions, one commune a line, for the loader of territories."""
    TERRITORIES.mkdir(parents=True, exist_ok=True)
    rows = json.loads(COMMUNES.read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (TERRITORIES / "decoupage_communes.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
