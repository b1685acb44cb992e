"""``make screenshots``: pictures of the real site for the README and the documentation."""

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

import machine
from served import prepare, served

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 900}
TEAM = {
    "commune": "35236",
    "date": "2026-11-22",
    "p-medecin_generaliste": "2",
    "p-infirmier": "1",
    "exercice": "liberal",
    "projet_de_sante": "en_cours",
}
PAGES = {
    "accueil": "/",
    "orientation": "/orientation/resultat/?" + urlencode(TEAM),
    "simulateur": "/simuler/aci-msp/",
}


def main() -> int:
    """Take every picture. Returns 1 when the machine has no browser."""
    program = machine.browser()
    if program is None:
        print("Aucun navigateur Chromium sur cette machine.", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        with served(Path(folder)) as address:
            page = browser.new_page(base_url=address, viewport=SIZE, locale="fr-FR", reduced_motion="reduce")
            for name, path in PAGES.items():
                page.goto(path, wait_until="networkidle")
                if name == "simulateur":
                    page.get_by_text("Voir un exemple").click()
                    page.wait_for_load_state("networkidle")
                page.screenshot(path=IMAGES / f"{name}.png")
                print(f"docs/images/{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
