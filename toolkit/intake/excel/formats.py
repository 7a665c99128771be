"""Number formats: which numbers are dates, times, padded codes, or shown in powers of ten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Formats that are known by number only; 27–36 and 50–58 as Japanese Excel shows them.
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 57), "ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), 'ggge"年"m"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<bracket>\[[^\]]*\]?)|[_*].|(?P<general>General)'
    r"|(?P<clock>AM/PM|A/P|上午/下午|午前/午後)|(?P<power>[Ee][+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_DIGIT = re.compile(r"[0#?]")
_SPLIT_SECOND = re.compile(r"s?\.0+$")
_CODE_LETTER = re.compile(r"[0-9A-Za-z\-_/ ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Padded:
    """A pattern of zeros with what stands among them, and the condition it is used under."""

    pattern: tuple[str, ...]
    operator: str = ""
    bound: float = 0.0

    def holds(self, number: int) -> bool:
        """Whether a number is shown by this pattern."""
        bound = self.bound
        return {
            "": True,
            "<": number < bound,
            "<=": number <= bound,
            ">": number > bound,
            ">=": number >= bound,
            "=": number == bound,
            "<>": number != bound,
        }[self.operator]

    def shown(self, number: int) -> str:
        """The number in the pattern, filled from the right as a spreadsheet does."""
        digits = str(number).rjust(self.pattern.count(""), "0")
        first, parts = self.pattern.index(""), []
        for place in range(len(self.pattern) - 1, -1, -1):
            if self.pattern[place]:
                parts.append(self.pattern[place])
            elif place == first:
                parts.append(digits)
            else:
                parts.append(digits[-1])
                digits = digits[:-1]
        return "".join(reversed(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a number is shown: plain, date, time, elapsed, padded or scientific.

    ``clock`` tells a date that is shown with its time of day.
    """

    kind: str = "plain"
    clock: bool = False
    padded: tuple[Padded, ...] = ()


PLAIN = Format()


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format:
    """Judge a format by its first section; a padded one by each section with a condition.

    >>> [format_of(code).kind for code in ('ggge"年"m"月"d"日"', "00000", "#,##0", "h:mm")]
    ['date', 'padded', 'plain', 'time']
    """
    sections = _sections(code)
    tokens = sections[0]
    letters = "".join(found["other"] or "" for found in tokens).casefold()
    if _DIGIT.search(_SPLIT_SECOND.sub("", letters)):
        return _number_format(tokens, sections)
    elapsed = any(_ELAPSED.fullmatch(found["bracket"] or "") for found in tokens)
    clock = elapsed or bool(set("hs") & set(letters)) or any(found["clock"] for found in tokens)
    if set("ydge") & set(letters) or "aaa" in letters or ("m" in letters and not clock):
        return Format(kind="date", clock=clock)
    if clock:
        return Format(kind="elapsed" if elapsed else "time", clock=True)
    return PLAIN


def _number_format(tokens: list[re.Match[str]], sections: list[list[re.Match[str]]]) -> Format:
    """A format with places for digits: in powers of ten, padded with zeros, or plain."""
    if any(found["power"] for found in tokens):
        return Format(kind="scientific")
    padded = tuple(_padded(section) for section in sections)
    if padded[0] is None:
        return PLAIN
    return Format(kind="padded", padded=tuple(found for found in padded if found))


def _sections(code: str) -> list[list[re.Match[str]]]:
    """Tokens of each section between semicolons that are not quoted."""
    sections: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(found)
    return sections


def _padded(tokens: list[re.Match[str]]) -> Padded | None:
    """The pattern of a section that holds two zeros or more and no other place for a digit."""
    others = [found["other"] for found in tokens if found["other"]]
    literals = [_literal(found) for found in tokens]
    if others.count("0") < 2 or set("#?.,%/") & set(others):
        return None
    if not all(_CODE_LETTER.fullmatch(char) for text in literals for char in text):
        literals = [""] * len(tokens)  # a unit such as 年 is no part of a code
    pattern = tuple(
        "" if found["other"] == "0" else text
        for found, text in zip(tokens, literals, strict=True)
        if found["other"] == "0" or text
    )
    brackets = (_CONDITION.fullmatch(found["bracket"] or "") for found in tokens)
    condition = next(filter(None, brackets), None)
    if condition is None:
        return Padded(pattern=pattern)
    return Padded(pattern=pattern, operator=condition[1], bound=float(condition[2]))


def _literal(found: re.Match[str]) -> str:
    """What a token prints as it is."""
    other = found["other"]
    return found["quoted"] or found["escaped"] or (other if other and other != "0" else "") or ""
