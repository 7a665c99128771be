"""The blank a learner fills in: ``____`` in a notebook."""

from __future__ import annotations

from typing import Final


class Blank:
    """An answer not yet given; a notebook binds it to the name ``____``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "____"


BLANK: Final = Blank()


def is_blank(given: object) -> bool:
    """Whether an answer, or any part of a listed one, is still blank.

    >>> is_blank(BLANK), is_blank(["A1", BLANK]), is_blank("____"), is_blank(0)
    (True, True, True, False)
    """
    if isinstance(given, list | tuple | set):
        return any(is_blank(part) for part in given)
    if isinstance(given, str):
        return not given.strip().strip("_")
    return given is ... or isinstance(given, Blank)
