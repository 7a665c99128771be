"""Pictures of the README, taken of real pages: ``make pictures`` after ``make demo``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGES = {"ja": "report.html", "en": "report.en.html"}
SHOTS = {"summary": "#sec-summary", "journey": "#sec-journey figure"}


def main(demo: Path) -> None:
    """Take each shot of the mail-order shop's page in each language."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for lang, name in PAGES.items():
            page = browser.new_page(viewport={"width": 1240, "height": 900})
            page.goto((demo / "aoba_shop" / name).resolve().as_uri())
            for shot, place in SHOTS.items():
                target = HERE / "pictures" / f"{shot}.{lang}.png"
                page.locator(place).first.screenshot(path=target, animations="disabled")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
