"""The deck as PPTX: written from the document and the theme, and held against them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from toolkit.deliverables.difference import Verification
from toolkit.deliverables.faces import Material, file_name
from toolkit.deliverables.slides.checking import compared
from toolkit.deliverables.slides.pages import pages
from toolkit.deliverables.slides.writing import pptx
from toolkit.outline.deck import Deck, deck
from toolkit.store import write_bytes

FILE = "deck.pptx"


def write(material: Material, folder: Path, suffix: str) -> None:
    """Write the deck into a folder; the same material gives the same bytes."""
    shown = _deck(material)
    footer = shown.words["footer"].replace("{client}", shown.client)
    signed = " | ".join(part for part in (footer, material.theme.firm) if part)
    made = datetime.combine(date.fromisoformat(material.diagnosis.run_date[:10]), time())
    data = pptx(
        pages(shown, material.theme), material.theme, (shown.lang, _title(shown), signed, made)
    )
    write_bytes(folder / file_name(FILE, suffix), data)


def check(material: Material, folder: Path, suffix: str) -> Verification:
    """Hold every text and every value of a chart in the deck against what should stand there."""
    name = file_name(FILE, suffix)
    return compared(folder / name, pages(_deck(material), material.theme), name)


def _deck(material: Material) -> Deck:
    return deck(material.document, material.diagnosis.content)


def _title(shown: Deck) -> str:
    return f"{shown.title} | {shown.client}"
