"""How an answer is judged, one function a kind of question: number, choice, set, order, text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.mistakes import PER_CENT, read_number, recognise, too_coarse
from toolkit.lessons.result import Status

HALF = 0.5
_SEPARATORS = re.compile(r"[\s,、,/>→]+")
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Status and codes, before words: ``notes`` name the signs a written answer lacks."""

    status: Status
    code: str | None = None
    credit: float = 0.0
    params: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How exactly a question is judged.

    Args:
        unit: share, score or count; a share may slip into percent.
        tolerance: greatest distance of a number from the right one.
        least: fewest characters of a written answer.
    """

    unit: str = ""
    tolerance: float = 0.0
    least: int = 0


CORRECT = Verdict(status="correct", credit=1.0)


def judge_number(given: object, answer: Answer, scale: Scale) -> Verdict:
    """A number: right, right but in percent or too coarse, a known mistake, or another."""
    reading = read_number(given)
    if reading.fault is not None:
        return Verdict(status="cannot_check", code=reading.fault, params=_kind_of(given))
    if reading.percent and scale.unit != "share":
        return Verdict(status="cannot_check", code="not_a_share")
    right = float(answer.value)  # type: ignore[arg-type]  # a number question holds a number
    asked = reading.number / PER_CENT if reading.percent else reading.number
    if abs(asked - right) <= scale.tolerance:
        if reading.percent:
            return Verdict(status="partial", code="percent_text", credit=HALF)
        return CORRECT
    return _slip(asked, right, answer, scale)


def _slip(asked: float, right: float, answer: Answer, scale: Scale) -> Verdict:
    share = scale.unit == "share"
    if share and abs(asked / PER_CENT - right) <= scale.tolerance:
        return Verdict(status="partial", code="percent", credit=HALF)
    code = recognise(asked, answer.wrong, scale.tolerance)
    if code is None and share and asked > 1:
        code = recognise(asked / PER_CENT, answer.wrong, scale.tolerance)
    if code is not None:
        return Verdict(status="incorrect", code=code)
    if too_coarse(asked, right):
        return Verdict(status="partial", code="too_coarse", credit=HALF)
    if share and not 0 <= asked <= 1:
        return Verdict(status="incorrect", code="outside_share")
    return Verdict(status="incorrect", code="too_high" if asked > right else "too_low")


def judge_choice(given: object, answer: Answer, scale: Scale) -> Verdict:
    """One code out of the options; each wrong option has its own reason."""
    if not isinstance(given, str):
        return Verdict(status="cannot_check", code="not_a_code", params=_kind_of(given))
    code = _code(given)
    known = {_code(option): option for option in answer.options}
    if code not in known:
        return _strange([given], answer)
    if known[code] == answer.value:
        return CORRECT
    found = [name for name, value in answer.wrong.items() if value == known[code]]
    return Verdict(status="incorrect", code=found[0] if found else "other_choice")


def judge_set(given: object, answer: Answer, scale: Scale) -> Verdict:
    """Some codes in any order; credit is the share of them that is right."""
    codes, fault = _codes(given, answer, ordered=False)
    if fault is not None:
        return fault
    hits = max(len(set(right) & set(codes)) for right in _rights(answer))
    if hits == len(codes):
        return CORRECT
    known = [name for name, value in _known(answer) if set(codes) == set(value)]
    return _partly(hits, len(codes), [*known, "some_right" if hits else "none_right"][0])


def judge_order(given: object, answer: Answer, scale: Scale) -> Verdict:
    """Codes in order; credit is the share of places that are right."""
    codes, fault = _codes(given, answer, ordered=True)
    if fault is not None:
        return fault
    places = {
        right: sum(a == b for a, b in zip(codes, right, strict=True)) for right in _rights(answer)
    }
    right = max(places, key=lambda order: places[order])
    if places[right] == len(right):
        return CORRECT
    known = [name for name, value in _known(answer) if codes[: len(value)] == value]
    return _partly(places[right], len(right), [*known, _order_slip(codes, right)][0])


def _rights(answer: Answer) -> tuple[tuple[str, ...], ...]:
    return tuple(right for right in (answer.value, *answer.also) if isinstance(right, tuple))


def _known(answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, value) for name, value in answer.wrong.items() if isinstance(value, tuple)]


def _partly(hits: int, of: int, code: str) -> Verdict:
    return Verdict(
        status="partial" if hits else "incorrect",
        code=code,
        credit=hits / of,
        params={"hits": str(hits), "of": str(of)},
    )


def _order_slip(codes: tuple[str, ...], right: tuple[str, ...]) -> str:
    if codes == right[::-1]:
        return "reversed_order"
    if set(codes) == set(right):
        return "right_but_order"
    return "first_right" if codes[0] == right[0] else "first_wrong"


def judge_text(given: object, answer: Answer, scale: Scale) -> Verdict:
    """A written answer: long enough, and which signs it shows; its meaning is for the reader."""
    if not isinstance(given, str):
        return Verdict(status="cannot_check", code="not_a_text", params=_kind_of(given))
    text = unicodedata.normalize("NFKC", given).strip()
    if len(text) < scale.least:
        params = {"length": str(len(text)), "least": str(scale.least)}
        return Verdict(status="incorrect", code="too_short", params=params)
    missing = tuple(sign.code for sign in answer.signs if not _shows(text, sign))
    shown = len(answer.signs) - len(missing)
    params = {"hits": str(shown), "of": str(len(answer.signs))}
    if not missing:
        return Verdict(status="correct", code="signs_shown", credit=1.0, params=params)
    return Verdict(
        status="partial" if shown else "incorrect",
        code="signs_missing",
        credit=shown / len(answer.signs),
        params=params,
        notes=missing,
    )


def _shows(text: str, sign: Sign) -> bool:
    folded = text.casefold()
    if any(unicodedata.normalize("NFKC", term).casefold() in folded for term in sign.terms):
        return True
    numbers = [float(n) / (PER_CENT if mark else 1) for n, mark in _FIGURES.findall(text)]
    return any(abs(n - figure) <= sign.tolerance for n in numbers for figure in sign.figures)


def _codes(
    given: object, answer: Answer, *, ordered: bool
) -> tuple[tuple[str, ...], Verdict | None]:
    parts = [part for part in _SEPARATORS.split(given) if part] if isinstance(given, str) else given
    if isinstance(parts, set | frozenset) and ordered:
        return (), Verdict(status="cannot_check", code="no_order")
    if not isinstance(parts, list | tuple | set | frozenset) or not all(
        isinstance(part, str) for part in parts
    ):
        return (), Verdict(status="cannot_check", code="not_codes", params=_kind_of(given))
    known = {_code(option): option for option in answer.options}
    strange = [part for part in parts if _code(part) not in known]
    if strange:
        return (), _strange(strange, answer)
    codes = tuple(known[_code(part)] for part in parts)
    wanted = len(_rights(answer)[0])
    if len(codes) != wanted or len(set(codes)) != wanted:
        params = {"wanted": str(wanted), "given": str(len(set(codes)))}
        return (), Verdict(status="cannot_check", code="how_many", params=params)
    return codes, None


def _code(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _strange(parts: list[str], answer: Answer) -> Verdict:
    params = {"strange": ", ".join(parts), "options": ", ".join(answer.options)}
    return Verdict(status="cannot_check", code="unknown_code", params=params)


def _kind_of(given: object) -> dict[str, str]:
    return {"type": type(given).__name__}


JUDGES: Mapping[str, Callable[[object, Answer, Scale], Verdict]] = {
    "number": judge_number,
    "choice": judge_choice,
    "set": judge_set,
    "order": judge_order,
    "text": judge_text,
}
