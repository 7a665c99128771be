"""What the report says of a client's findings and strengths, as bare characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.outline.finding_words import action_text, finding_text, strength_text, title_text
from toolkit.outline.writer import Writer

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.outline.blocks import Text
    from toolkit.words import Words


def title(diagnosis: Diagnosis, book: Words, code: str) -> str:
    """Title of a rule's finding."""
    return _bare(title_text(_pen(diagnosis, book), diagnosis.finding(code)))


def sentence(diagnosis: Diagnosis, book: Words, code: str) -> str:
    """What the report says of a rule as it stands."""
    return _bare(finding_text(_pen(diagnosis, book), diagnosis.finding(code)))


def action(diagnosis: Diagnosis, book: Words, code: str) -> str:
    """What the report proposes to do about a rule's finding."""
    return _bare(action_text(_pen(diagnosis, book), diagnosis.finding(code)))


def strength(diagnosis: Diagnosis, book: Words, code: str) -> str:
    """What the report says is worth protecting in a passed rule."""
    return _bare(strength_text(_pen(diagnosis, book), diagnosis.finding(code)))


def _pen(diagnosis: Diagnosis, book: Words) -> Writer:
    return Writer(diagnosis=diagnosis, book=book)


def _bare(text: Text) -> str:
    return "".join(span.text for span in text)
