"""Answers of the lesson on value and target: canvas share, gaps, fit, best pair, first move."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, permutations
from typing import Any, Final

from toolkit.frameworks.planning import SCALE, SCORES
from toolkit.frameworks.record import from_record
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Given, Sign, Table
from toolkit.lessons.firm import Line, Pair, ValueFirm, met, total, value_firm
from toolkit.lessons.pictures import canvas_picture, pairs_picture
from toolkit.words import Words, number_text

WORDS: Final = "lessons.value_and_target"
CLOSED: Final = 2  # gaps to close first
BEST: Final = 3  # pairs to rank
PAIRED: Final = 2  # the best pair and its rival
FIGURE_TOLERANCE: Final = 0.006  # a figure quoted to two decimals
PARTS: Final = ("value", "target")
MOVES: Final = {"a": "grow", "b": "close", "c": "compare", "d": "rethink"}


def shipped(record: Mapping[str, Any], book: Words) -> ValueFirm:
    """The firm of the lesson, its labels in the language of the words."""
    canvas = [{**need, "name": _label(book, need["name"])} for need in record["value"]["canvas"]]
    fit = record["planning"]["fit"]
    cells = [{**cell, **{part: _label(book, cell[part]) for part in PARTS}} for cell in fit]
    terms = {
        _label(book, cell[part]): _choices(book, f"terms.{cell[part]}")
        for cell in fit
        for part in PARTS
    }
    objects = {
        "value": from_record("value", {"canvas": canvas}),
        "planning": from_record("planning", {"fit": cells}),
    }
    return value_firm(objects, terms)


def own(objects: Mapping[str, object], book: Words) -> ValueFirm:
    """The learner's firm."""
    return value_firm(objects)


def canvas_share(firm: ValueFirm, book: Words) -> Answer | None:
    """Σ importance × covered ÷ Σ importance."""
    lines, share = firm.lines, firm.share
    if not lines or share is None:
        return None
    plain = sum(x.covered for x in lines) / len(lines)
    return Answer(
        value=share,
        wrong={
            "unweighted": plain,
            "any_cover": total(x for x in lines if x.covered) / total(lines),
            "any_count": sum(x.covered > 0 for x in lines) / len(lines),
            "full_only": total(x for x in lines if x.covered == 1) / total(lines),
            **_one_kind(lines),
            "sum_only": met(lines),
            "per_line": met(lines) / len(lines),
            "uncovered": 1 - share,
        },
        params={
            **_canvas_params(firm, book),
            "worked": " + ".join(f"{x.importance:g}×{x.covered:g}" for x in lines),
            "plain": f"{plain:.3f}",
        },
        table=firm.tables()["canvas"],
    )


def heaviest_gaps(firm: ValueFirm, book: Words) -> Answer | None:
    """The lines with most importance not yet covered."""
    lines, gaps = firm.lines, firm.gaps
    if len(gaps) < CLOSED:
        return None
    top = sum(x.gap for x in gaps[:CLOSED])
    equal = [
        _keys(chosen)
        for chosen in combinations(gaps, CLOSED)
        if math.isclose(sum(x.gap for x in chosen), top)
    ]
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong={
            "by_importance": _keys(sorted(lines, key=lambda x: -x.importance)[:CLOSED]),
            "by_cover": _keys(sorted(lines, key=lambda x: x.covered)[:CLOSED]),
            "lightest": _keys(gaps[-CLOSED:]),
        },
        params={
            "count": str(CLOSED),
            "worked": _bullets(
                f"{x.key}: {x.importance:g} × (1 − {x.covered:g}) = {x.gap:g}" for x in gaps
            ),
            "chosen": _bullets(f"{x.key}: {x.name}" for x in gaps[:CLOSED]),
        },
        options=_keys(lines),
        table=firm.tables()["canvas"],
    )


def share_after(firm: ValueFirm, book: Words) -> Answer | None:
    """The canvas share once the heaviest gaps are closed."""
    lines, gaps = firm.lines, firm.gaps[:CLOSED]
    if len(gaps) < CLOSED or firm.share is None:
        return None
    whole, covered, gained = total(lines), met(lines), sum(x.gap for x in gaps)
    after = (covered + gained) / whole
    return Answer(
        value=after,
        wrong={
            "full_importance": (covered + total(gaps)) / whole,
            "gained_alone": gained / whole,
            "heaviest_alone": (covered + gaps[0].gap) / whole,
            "unchanged": firm.share,
            "unweighted": sum(1 if x in gaps else x.covered for x in lines) / len(lines),
            "lines_dropped": (covered - met(gaps)) / (whole - total(gaps)),
        },
        params={
            **_canvas_params(firm, book),
            "keys": ", ".join(_keys(gaps)),
            "gained": f"{gained:g}",
            "met_after": f"{covered + gained:g}",
            "after": f"{after:.3f}",
            "after_percent": number_text(after, "share", book.lang),
            "points": number_text(after - firm.share, "points", book.lang),
        },
    )


def fit_score(firm: ValueFirm, book: Words) -> Answer | None:
    """Geometric mean of the most uneven pair: there a plain average misleads most."""
    if not firm.pairs:
        return None
    pair = max(firm.pairs, key=lambda x: x.average - x.fit)
    product, number, weakest = math.prod(pair.scores), len(pair.scores), min(pair.scores)
    return Answer(
        value=pair.fit,
        wrong={
            "average": pair.average,
            "sum_only": sum(pair.scores),
            "product": product,
            "divided": product / number,
            "square_root": product**0.5,
            "cube_root": product ** (1 / 3),
            "of_maximum": product / SCALE[1] ** number,
            "harmonic": number / sum(1 / score for score in pair.scores),
            "weakest": weakest,
        },
        params={
            "key": pair.key,
            "pair": _pair_text(pair),
            "number": str(number),
            "worked": " × ".join(f"{score:g}" for score in pair.scores),
            "product": f"{product:g}",
            "fit": f"{pair.fit:.2f}",
            "average": f"{pair.average:.2f}",
            "low": book.text(f"{WORDS}.column.{SCORES[pair.scores.index(weakest)]}"),
            "low_score": f"{weakest:g}",
        },
        table=_row(firm.tables()["pairs"], pair.key),
    )


def best_pairs(firm: ValueFirm, book: Words) -> Answer | None:
    """Keys of the best pairs in order."""
    ranked = firm.ranked
    size = min(BEST, len(ranked))
    if size < PAIRED:
        return None
    fits = [x.fit for x in ranked[:size]]
    tied = [x for x in ranked if x.fit >= fits[-1]]
    equal = [_keys(c) for c in permutations(tied, size) if [x.fit for x in c] == fits]
    plain = max(firm.pairs, key=lambda x: x.average)
    wrong: dict[str, Given] = {} if plain.fit == fits[0] else {"average_first": (plain.key,)}
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong=wrong,
        params={
            "count": str(size),
            "worked": _bullets(f"{x.key}: {x.fit:.2f}" for x in ranked),
            "best": f"{ranked[0].key} ({_pair_text(ranked[0])})",
            "plain": plain.key,
            "plain_average": f"{plain.average:.2f}",
            "plain_fit": f"{plain.fit:.2f}",
        },
        options=_keys(firm.pairs),
        table=firm.tables()["pairs"],
    )


def margin(firm: ValueFirm, book: Words) -> Answer | None:
    """How far the best fit stands above the second."""
    ranked = firm.ranked
    if len(ranked) < PAIRED:
        return None
    first, second = ranked[:PAIRED]
    averages = sorted((x.average for x in ranked), reverse=True)
    gap = first.fit - second.fit
    return Answer(
        value=gap,
        wrong={
            "averages": averages[0] - averages[1],
            "products": math.prod(first.scores) - math.prod(second.scores),
            "ratio": first.fit / second.fit,
            "relative": gap / second.fit,
            "backwards": -gap,
            "to_last": first.fit - ranked[-1].fit,
            "best_alone": first.fit,
            **{"second_to_third": second.fit - x.fit for x in ranked[2:3]},
        },
        params=_margin_params(firm),
    )


def first_move(firm: ValueFirm, book: Words) -> Answer | None:
    """What to do first: rethink a weak fit, compare a close one, close gaps, or grow."""
    if firm.share is None or len(firm.pairs) < PAIRED:
        return None
    params = {**_canvas_params(firm, book), **_margin_params(firm)}
    move = _move(firm)
    return Answer(
        value=next(letter for letter, code in MOVES.items() if code == move),
        wrong={code: letter for letter, code in MOVES.items() if code != move},
        params={**params, "why": book.text(f"{WORDS}.first_move.why.{move}", **params)},
        options=tuple(MOVES),
    )


def advice(firm: ValueFirm, book: Words) -> Answer | None:
    """Signs of a written advice: the pair, its rival, a figure, a time; the model follows the move."""
    if firm.share is None or len(firm.pairs) < PAIRED:
        return None
    first, second = firm.ranked[:PAIRED]
    params = {
        **_canvas_params(firm, book),
        **_margin_params(firm),
        "gap": firm.gaps[0].name if firm.gaps else firm.lines[0].name,
    }
    model = book.text(f"{WORDS}.advice.model.{_move(firm)}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="best", terms=_terms(firm, first, second)),
            Sign(code="rival", terms=_terms(firm, second, first)),
            Sign(
                code="figure",
                figures=(first.fit, second.fit, first.fit - second.fit, firm.share),
                tolerance=FIGURE_TOLERANCE,
            ),
            Sign(code="term", terms=_choices(book, "terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[ValueFirm, Words], Answer | None]]] = {
    "canvas_share": canvas_share,
    "heaviest_gaps": heaviest_gaps,
    "share_after": share_after,
    "fit_score": fit_score,
    "best_pairs": best_pairs,
    "margin": margin,
    "first_move": first_move,
    "advice": advice,
}
PICTURES: Final = {"canvas": canvas_picture, "pairs": pairs_picture}


def _move(firm: ValueFirm) -> str:
    first, second = firm.ranked[:PAIRED]
    if first.fit < setting("fit_score_floor"):
        return "rethink"
    if _lowered(first) < second.fit:
        return "compare"
    return "close" if (firm.share or 0) < setting("canvas_fit_floor") else "grow"


def _lowered(pair: Pair) -> float:
    """The fit if the weakest score, which weighs most, had been given one point too high."""
    weakest = min(pair.scores)
    lower = max(weakest - 1, SCALE[0])
    return float(pair.fit * (lower / weakest) ** (1 / len(pair.scores)))


def _one_kind(lines: tuple[Line, ...]) -> dict[str, Given]:
    found = {"pains_only": "pain", "gains_only": "gain"}
    chosen = {code: [x for x in lines if x.kind == kind] for code, kind in found.items()}
    return {code: met(some) / total(some) for code, some in chosen.items() if some}


def _canvas_params(firm: ValueFirm, book: Words) -> dict[str, str]:
    return {
        "lines": str(len(firm.lines)),
        "total": f"{total(firm.lines):g}",
        "met": f"{met(firm.lines):g}",
        "share": f"{firm.share or 0:.3f}",
        "percent": number_text(firm.share, "share", book.lang),
        "share_floor": number_text(setting("canvas_fit_floor"), "share", book.lang),
    }


def _margin_params(firm: ValueFirm) -> dict[str, str]:
    first, second = firm.ranked[:PAIRED]
    return {
        "first": first.key,
        "second": second.key,
        "first_pair": _pair_text(first),
        "second_pair": _pair_text(second),
        "first_fit": f"{first.fit:.2f}",
        "second_fit": f"{second.fit:.2f}",
        "margin": f"{first.fit - second.fit:.2f}",
        "lowered": f"{_lowered(first):.2f}",
        "fit_floor": f"{setting('fit_score_floor'):.1f}",
    }


def _pair_text(pair: Pair) -> str:
    return f"{pair.value} × {pair.target}"


def _terms(firm: ValueFirm, pair: Pair, other: Pair) -> tuple[str, ...]:
    """Words that speak of a pair and not of its rival."""
    mine, theirs = (
        {x.key, *(term for name in (x.value, x.target) for term in firm.terms.get(name, (name,)))}
        for x in (pair, other)
    )
    return tuple(sorted(mine - theirs))


def _row(table: Table, key: str) -> Table:
    return Table(columns=table.columns, rows=tuple(row for row in table.rows if row[0] == key))


def _keys(found: Iterable[Line | Pair]) -> tuple[str, ...]:
    return tuple(x.key for x in found)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _choices(book: Words, name: str) -> tuple[str, ...]:
    return tuple(book.text(f"{WORDS}.{name}").split("|"))


def _label(book: Words, name: str) -> str:
    return book.text(f"{WORDS}.firm.{name}")
