"""One form of a street address: 丁目, 番地, 号, hyphens and kanji numerals, and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.intake.persons.normal_forms import DASHES, Forms, plain

BLOCK_NUMBERS = 3
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_NUMERAL = "[〇一二三四五六七八九十百]+"
_POSTCODE = re.compile(r"^〒?\s*\d{3}-?\d{4}(?!\d)[\s,、]*")
_DASH = re.compile(rf"(?<=\d)\s*[{DASHES}]\s*(?=[\d一二三四五六七八九十])")
_BEFORE_UNIT = re.compile(
    rf"{_NUMERAL}(?=丁目|番地|番(?![町館])|号(?![室棟館線])|条|の{_NUMERAL}|の\d|-)"
)
_AFTER_UNIT = re.compile(rf"(?<=[-目地番の])\s*{_NUMERAL}(?![^\W\d_]*町)(?=$|[\s\d号番の-])")
_UNIT = re.compile(r"(?<=\d)\s*(?:丁目|番地の|番地|番(?![町館棟])|の(?=\d))\s*-?\s*")
_NUMBER = re.compile(r"(?<=\d)号(?![室棟館線])\s*")
_RUN = re.compile(r"\d+(?:-\d+)+|\d+(?!\d*(?:条|番町|線|-))")
_NOTHING = re.compile(r"[\s,、。.・()「」『』]|大字|字")
_KA = str.maketrans("ヶヵケがガのノ之", "ケケケケケノノノ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A street address taken apart: up to the house number, and the number of the room."""

    block: str
    room: str | None
    prefecture: str | None


def street_form(text: str, forms: Forms) -> Street | None:
    """The address as compared; None where it has no number, for then it is only a town.

    The building's name is left out, for half of the people leave it out; prefecture and postcode
    at the head are taken off.

    >>> from toolkit.intake.persons.normal_forms import load_forms
    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> street_form("東京都架空区緑ヶ丘三丁目２番地８号　青葉ハイツ３０１号室", forms).block
    '架空区緑ケ丘3-2-8'
    >>> street_form("架空区緑が丘3－2－8－301", forms).room
    '301'
    """
    form = _POSTCODE.sub("", plain(text).casefold())
    form, prefecture = _without_prefecture(form, forms)
    form = _numbered(form.translate(forms.kanji))
    run = _RUN.search(form)
    if run is None:
        return None
    numbers = [str(int(number)) for number in run[0].split("-")]
    town = _NOTHING.sub("", form[: run.start()]).translate(_KA)
    rest = numbers[BLOCK_NUMBERS:] + re.findall(r"\d+", form[run.end() :])
    if not town:  # an address in Latin letters begins with its number
        town = re.sub(r"[\W\d_]", "", form[run.end() :])
    block = f"{town}{'-'.join(numbers[:BLOCK_NUMBERS])}"
    return Street(block=block, room=rest[-1].lstrip("0") if rest else None, prefecture=prefecture)


def _without_prefecture(form: str, forms: Forms) -> tuple[str, str | None]:
    name = form[:4] if form[3:4] == "県" else form[:3]
    if forms.prefectures.get(name) == name:
        return form[len(name) :].lstrip(), name
    return form, None


def _numbered(form: str) -> str:
    """The address with Arabic numbers and hyphens where it had 丁目, 番地, 号 and numerals."""
    form = _DASH.sub("-", form)
    form = _BEFORE_UNIT.sub(_arabic, form)
    form = _AFTER_UNIT.sub(_arabic, form)
    form = _NUMBER.sub(" ", form)
    form = _UNIT.sub("-", form)
    return re.sub(r"-(?!\d)", " ", form)


def _arabic(match: re.Match[str]) -> str:
    """A kanji numeral in digits: 二十三 and 二三 are both 23."""
    text = match[0].strip()
    if not set(text) & set("十百"):
        return "".join(str(_DIGITS[sign]) for sign in text)
    total = current = 0
    for sign in text:
        if sign in _DIGITS:
            current = _DIGITS[sign]
            continue
        total, current = total + (current or 1) * {"十": 10, "百": 100}[sign], 0
    return str(total + current)
