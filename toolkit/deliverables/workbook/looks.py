"""Looks of cells: a theme's colours, one font, and numbers as the page prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.deliverables.sheet import FONT, text_width
from toolkit.words import MINUS, SMALL_SHARE

SIZE = 10
INPUT_GROUND, INPUT_INK = "#FFF9DB", "#0B3D91"  # what a reader may change: blue on pale yellow
BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
# Roles of a theme stand in angle brackets until a theme is known.
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "<accent>", "valign": "vcenter"},
    "lead": {"bold": True, "font_size": 12, "text_wrap": True, "valign": "vcenter"},
    "heading": {
        "bold": True, "font_size": 12, "font_color": "<accent>", "valign": "bottom",
        "bottom": 2, "bottom_color": "<accent>",
    },
    "note": {"font_color": "<soft>", "font_size": 9, "text_wrap": True},
    "body": {"text_wrap": True},
    "head": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": "<accent>", "text_wrap": True,
        "valign": "vcenter", "border": 1, "border_color": "<line>",
    },
    "cell": {"text_wrap": True, "border": 1, "border_color": "<hair>"},
    "strong": {"bold": True, "text_wrap": True, "border": 1, "border_color": "<hair>"},
    "number": {"align": "right", "indent": 1, "border": 1, "border_color": "<hair>"},
    "total": {
        "bold": True, "align": "right", "indent": 1, "top": 1, "top_color": "<ink>",
        "bg_color": "<mist>", "text_wrap": True,
    },
    "total_text": {"bold": True, "top": 1, "top_color": "<ink>", "bg_color": "<mist>"},
    "input": {
        "align": "right", "border": 1, "border_color": "<line>", "locked": False,
        "bg_color": INPUT_GROUND, "font_color": INPUT_INK,
    },
    "code": {"font_color": "<soft>", "font_size": 9, "border": 1, "border_color": "<hair>"},
    "aside": {"font_color": "<soft>", "align": "center", "border": 1, "border_color": "<hair>"},
    "link": {
        "font_color": "<accent>", "underline": 1, "text_wrap": True, "border": 1,
        "border_color": "<hair>",
    },
    "goto": {"font_color": "<accent>", "underline": 1},
    "day": {"num_format": "yyyy/mm/dd", "align": "center", "border": 1, "border_color": "<hair>"},
    "leaf": {"align": "right", "indent": 1, "bottom": 1, "bottom_color": "<hair>"},
    "leaf_text": {"bottom": 1, "bottom_color": "<hair>"},
    "leaf_flag": {"align": "center", "bottom": 1, "bottom_color": "<hair>"},
    "leaf_day": {
        "num_format": "yyyy/mm/dd", "align": "right", "bottom": 1, "bottom_color": "<hair>",
    },
    "leaf_month": {
        "num_format": "yyyy/mm", "align": "right", "bottom": 1, "bottom_color": "<hair>",
    },
    "tile_label_bare": {"font_size": 9, "font_color": "<soft>"},
    "tile_label": {
        "font_size": 9, "font_color": "<soft>", "bg_color": "<mist>", "text_wrap": True,
        "left": 5, "left_color": "<accent>", "indent": 1,
    },
    "tile_value": {
        "bold": True, "font_size": 18, "font_color": "<accent>", "bg_color": "<mist>",
        "valign": "vcenter", "left": 5, "left_color": "<accent>", "indent": 1,
    },
    **{
        name: {
            "bold": True, "font_color": f"<{role}>", "align": "center", "text_wrap": True,
            "border": 1, "border_color": "<hair>",
        }
        for name, role in {
            "tone_high": "high", "tone_medium": "medium", "tone_check": "check",
            "tone_good": "good", "tone_note": "soft", "tone_unknown": "soft",
            "tone_plain": "ink",
        }.items()
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The formats of one workbook, each made once."""

    workbook: Any
    colours: Mapping[str, str]
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def of(self, look: str, number: str = "") -> Any:
        """The format of a look, with a number format where one is given."""
        key = (look, number)
        if key not in self.made:
            fields = {name: self._colour(value) for name, value in LOOKS[look].items()}
            shown = {"num_format": number} if number else {}
            base = {"font_color": self.colours["ink"]}
            self.made[key] = self.workbook.add_format({**BASE, **base, **fields, **shown})
        return self.made[key]

    def _colour(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("<"):
            return self.colours[value.strip("<>")]
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Number formats in a language and a currency, negative numbers with a true minus."""

    lang: str
    currency: str

    def of(self, unit: str, value: float | int | None = None, mark: str = "") -> str:
        """The format of a unit; ``mark`` is what follows the number on the page.

        >>> Numbers(lang="ja", currency="JPY").of("count", 3, "人")
        '#,##0"人";"−"#,##0"人"'
        """
        if unit == "yen":
            return self._money(value)
        if unit == "points":
            return f'+0.0%;"{MINUS}"0.0%;0.0%'
        after = _quoted(mark)
        if unit == "share":
            small = value is not None and 0 < abs(value) < SMALL_SHARE
            shown = "0.00%" if small else "0.0%"
        elif unit in ("index", "ratio"):
            shown = "#,##0.00"
        else:
            whole = unit == "count" or (value is not None and float(value).is_integer())
            shown = "#,##0" if whole else "#,##0.0"
        return f'{shown}{after};"{MINUS}"{shown}{after}'

    def _money(self, value: float | int | None) -> str:
        if self.currency == "JPY":
            before, after = ("", '"円"') if self.lang == "ja" else ('"¥"', "")
            return f'{before}#,##0{after};"{MINUS}"{before}#,##0{after}'
        shown = f'"{self.currency} "#,##0.00'
        return f'{shown};"{MINUS}"{shown}'


def shown_width(value: float | int, form: str) -> float:
    """Width of a number in a format, in characters, with room for the cell's edges.

    >>> shown_width(-1234567, '#,##0"円";"−"#,##0"円"'), shown_width(0.125, "0.0%")
    (16.0, 9.0)
    """
    shown = form.split(";")[0]
    texts = shown.split('"')
    literal = sum(text_width(text) for text in texts[1::2])
    code = "".join(texts[::2])
    places = len(code.partition(".")[2].rstrip("%"))
    digits = f"{abs(value) * (100 if '%' in code else 1):,.{places}f}"
    return len(digits) + code.count("%") + literal + (1.0 if value < 0 else 0.0) + 4.0


def _quoted(mark: str) -> str:
    return '"' + mark.replace('"', "") + '"' if mark else ""
