"""From the text of a cell to a value: one parser a type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.intake.mappings.columns import (
    INVISIBLE,
    Column,
    Vocabulary,
    without_invisible,
    word_form,
)

Parsed = tuple[Any, bool]
Parser = Callable[[str], Parsed]
_PLAIN_ID = re.compile(r"[!-~]+(?: [!-~]+)*")
_SCIENTIFIC_ID = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d{1,3}")


class Unreadable(ValueError):
    """A cell that does not say what its column needs; ``code`` names the sentence."""

    def __init__(self, code: str, params: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(code)


FAULT = "\ufdd0"  # a character no text may hold: it marks a cell that has no value to give


FAULTS = (
    "cell_date_outside",
    "cell_digits_lost",
    "cell_error",
    "cell_undecodable",
    "formula_no_value",
)


def faulty(code: str, shown: str) -> str:
    """The text that stands for a cell without a usable value: why, and what it shows.

    A column that is not used may hold such cells; one that is used refuses the row with ``code``.
    """
    return f"{FAULT}{code}{FAULT}{shown}"


def fault_of(text: str) -> tuple[str, str] | None:
    """Code and shown text of a cell made by ``faulty``; None for any other, whatever it says.

    >>> fault_of(faulty("formula_no_value", "=C2*2")), fault_of("980")
    (('formula_no_value', '=C2*2'), None)
    """
    code, _, shown = text[1:].partition(FAULT) if text.startswith(FAULT) else ("", "", "")
    return (code, shown) if code in FAULTS else None


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing but white space of any width.

    >>> is_blank(" \u3000\u200b")
    True
    """
    return not text or not text.strip() or not text.strip(INVISIBLE + " \u3000\t\u00a0\r\n")


def parse_id(text: str) -> Parsed:
    """A record's id: NFKC, outer and invisible spaces gone, case kept, always text.

    >>> parse_id("\u3000Ｃ００１\u200b"), parse_id("0012")
    (('C001', True), ('0012', False))
    """
    if _PLAIN_ID.fullmatch(text):
        clean = text
    else:
        clean = without_invisible(unicodedata.normalize("NFKC", text))
    if _SCIENTIFIC_ID.fullmatch(clean):
        raise Unreadable("id_scientific")
    return clean, clean != text


def parse_text(text: str) -> Parsed:
    """Free text, kept to the letter."""
    return text, False


def parse_label(text: str) -> Parsed:
    """A word to group by: outer and invisible spaces gone, else kept."""
    clean = without_invisible(text)
    return clean, clean != text


def flag_parser(words: Vocabulary) -> Parser:
    """Parser of yes and no in the words of the vocabulary."""

    def parse(text: str) -> Parsed:
        form = word_form(text)
        if form in words.yes:
            return True, False
        if form in words.no:
            return False, False
        raise Unreadable("flag_unreadable")

    return parse


def choice_parser(column: Column) -> Parser:
    """Parser of a column that takes one of a few codes, or a word that stands for one."""
    codes = {word_form(code): code for code in column.choices}
    for code, aliases in column.choices.items():
        codes |= {word_form(alias): code for alias in aliases}

    def parse(text: str) -> Parsed:
        code = codes.get(word_form(text))
        if code is not None:
            return code, code != text
        if column.open:
            return parse_label(text)
        raise Unreadable("choice_unknown", {"choices": ", ".join(column.choices)})

    return parse
