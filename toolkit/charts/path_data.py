"""Path data written short: a tenth of a point, relative where that is shorter, no idle letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

Place = tuple[int, int]
"""Tenths of a point from the left and from the top."""

_PIECE = re.compile(r"[MLHVCQZz]|-?\d*\.?\d+(?:e-?\d+)?")
PAIRS = {"M": 1, "L": 1, "Q": 2, "C": 3}
SCALE = 10


def tenth(number: float) -> int:
    """A number of points in tenths, as if it had been written with six decimals before."""
    return round(round(number, 6) * SCALE)


def parsed(data: str, shift: tuple[float, float] = (0.0, 0.0)) -> Iterator[tuple[str, list[Place]]]:
    """Commands of absolute path data with their places, moved by a shift.

    >>> list(parsed("M 0 0.04 L 1 2 z", (1, 0)))
    [('M', [(10, 0)]), ('L', [(20, 20)]), ('z', [])]
    """
    letter, numbers = "", list[float]()
    for piece in _PIECE.findall(data):
        if piece.isalpha():
            letter = piece
            if letter in "Zz":
                yield "z", []
            continue
        numbers.append(float(piece))
        if len(numbers) == 2 * PAIRS[letter]:
            yield (
                letter,
                [
                    (round((x + shift[0]) * SCALE), round((y + shift[1]) * SCALE))
                    for x, y in zip(numbers[::2], numbers[1::2], strict=True)
                ],
            )
            numbers = []


def short(data: str, shift: tuple[float, float] = (0.0, 0.0)) -> str:
    """Absolute path data (M, L, Q, C, z) in as few characters as we know how.

    >>> short("M 190 66 L 672 66 L 672 70.5 L 190 70.5 z")
    'M190 66h482v4.5H190z'
    """
    return short_of(parsed(data, shift))


def short_of(steps: Iterable[tuple[str, list[Place]]]) -> str:
    """Commands as ``parsed`` has them in as few characters as we know how."""
    made: list[tuple[str, str]] = []
    here = start = (0, 0)
    for letter, places in steps:
        if letter == "z":
            made.append(("z", ""))
            here = start
            continue
        if letter == "L" and places[0] == here and made:
            continue
        made.append(_step(letter, places, here))
        here = places[-1]
        start = here if letter == "M" else start
    return _joined(made)


def _step(letter: str, places: list[Place], here: Place) -> tuple[str, str]:
    """One command, absolute or relative, whichever is shorter."""
    away = [(x - here[0], y - here[1]) for x, y in places]
    if letter == "L" and away[0][1] == 0:
        return _shorter(("H", [places[0][0]]), ("h", [away[0][0]]))
    if letter == "L" and away[0][0] == 0:
        return _shorter(("V", [places[0][1]]), ("v", [away[0][1]]))
    absolute = [number for place in places for number in place]
    relative = [number for place in away for number in place]
    if letter == "M":
        return "M", _numbers(absolute)
    return _shorter((letter, absolute), (letter.lower(), relative))


def _shorter(one: tuple[str, list[int]], other: tuple[str, list[int]]) -> tuple[str, str]:
    made = [(letter, _numbers(numbers)) for letter, numbers in (other, one)]
    return min(made, key=lambda step: len(step[1]))


def _numbers(tenths: Iterable[int]) -> str:
    text = ""
    for number in tenths:
        one = number_text(number / SCALE)
        text += one if not text or one.startswith("-") else f" {one}"
    return text


@lru_cache(maxsize=32768)
def number_text(number: float) -> str:
    """A number at one decimal without idle noughts.

    >>> [number_text(one) for one in (12.0, 0.52, -0.5, -0.04)]
    ['12', '.5', '-.5', '0']
    """
    text = f"{number:.1f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _joined(steps: Iterable[tuple[str, str]]) -> str:
    """Commands in a row; a letter that repeats is left out."""
    text, last = "", ""
    for letter, numbers in steps:
        if letter == last and letter not in "Mz":
            text += numbers if numbers.startswith("-") else f" {numbers}"
        else:
            text += letter + numbers
        last = letter
    return text
