from dataclasses import replace
from datetime import datetime

import pytest

from toolkit.deliverables.slides.pages import pages
from toolkit.deliverables.slides.writing import pptx
from toolkit.deliverables.theme import standard
from toolkit.outline.blocks import Chart
from toolkit.outline.deck import Slide, deck

PARTS = (
    "cover", "summary", "business", "strengths", "findings", "actions", "plan", "limits",
    "changes", "tob", "customers", "money", "more",
)  # fmt: skip
ABOUT = ("title", "footer", datetime(2026, 11, 22))


def _kinds(document):
    """A deck with every chart of a document, two a slide."""
    charts = [block for s in document.sections for block in s.blocks if isinstance(block, Chart)]
    groups = [tuple(charts[start : start + 2]) for start in range(0, len(charts), 2)]
    slides = [
        Slide(id=f"s{n}", layout="charts", kicker="", title=group[0].title, blocks=group)
        for n, group in enumerate(groups)
    ]
    return replace(deck(document), slides=tuple(slides))


@pytest.fixture(scope="session")
def decks(make):
    """Decks by name: the sample, all its charts, and one full of hostile texts."""
    hostile = make["hostile"]()
    sections = zip(hostile.sections, PARTS, strict=False)
    parts = tuple(replace(section, id=name) for section, name in sections)
    made = {"hostile": deck(replace(hostile, sections=parts))}
    for lang in ("ja", "en"):
        made[lang] = deck(make["sample"](lang))
        made[f"charts {lang}"] = _kinds(make["sample"](lang))
    return made


@pytest.fixture(scope="session", params=["ja", "en", "charts ja", "charts en", "hostile"])
def placed(request, decks):
    """The pages of a deck, in the standard look, with its language."""
    given = decks[request.param]
    return pages(given, standard()), given.lang


@pytest.fixture(scope="session")
def wrote():
    """Write pages to bytes in a theme."""

    def write(shown, lang, theme=None):
        return pptx(shown, theme or standard(), (lang, *ABOUT))

    return write
