"""Answers of the lesson on value and target: canvas share, gaps, fit, best pair, first move."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, Final

from toolkit.frameworks.planning import SCALE, SCORES
from toolkit.frameworks.record import from_record
from toolkit.frameworks.setting import setting
from toolkit.lessons import pictures
from toolkit.lessons.answer import Answer, Given, Sign, Table
from toolkit.lessons.firm import Line, Pair, ValueFirm, value_firm
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS: Final = "lessons.value_and_target"
CLOSED: Final = 2  # gaps to close first
BEST: Final = 3  # pairs to rank
MOVES: Final = {"a": "grow", "b": "close", "c": "compare", "d": "rethink"}


def shipped(record: Mapping[str, Any], book: Words) -> ValueFirm:
    """The firm of the lesson, its labels in the language of the words."""
    value, fit = record["value"], record["planning"]["fit"]
    canvas = [{**need, "name": _label(book, need["name"])} for need in value["canvas"]]
    cells = [
        {**cell, "value": _label(book, cell["value"]), "target": _label(book, cell["target"])}
        for cell in fit
    ]
    named = {cell[part] for cell in fit for part in ("value", "target")}
    terms = {
        _label(book, name): tuple(book.text(f"{WORDS}.terms.{name}").split("|")) for name in named
    }
    objects = {
        "value": from_record("value", {**value, "canvas": canvas}),
        "planning": from_record("planning", {"fit": cells}),
    }
    return value_firm(objects, terms)


def own(objects: Mapping[str, object], book: Words) -> ValueFirm:
    """The learner's firm."""
    return value_firm(objects)


def _label(book: Words, name: str) -> str:
    return book.text(f"{WORDS}.firm.{name}")


def canvas_share(firm: ValueFirm, book: Words) -> Answer | None:
    """Σ importance × covered ÷ Σ importance."""
    lines, share = firm.lines, firm.share
    if not lines or share is None:
        return None
    total, met = _total(lines), _met(lines)
    return Answer(
        value=share,
        wrong={
            "unweighted": sum(x.covered for x in lines) / len(lines),
            "any_cover": _total([x for x in lines if x.covered]) / total,
            "full_only": _total([x for x in lines if x.covered == 1]) / total,
            "pains_only": _share([x for x in lines if x.kind == "pain"]),
            "gains_only": _share([x for x in lines if x.kind == "gain"]),
            "sum_only": met,
            "per_line": met / len(lines),
            "of_maximum": met / (SCALE[1] * len(lines)),
            "uncovered": 1 - share,
        },
        params={
            **_canvas_params(firm, book),
            "worked": " + ".join(f"{x.importance:g}×{x.covered:g}" for x in lines),
            "unweighted": f"{sum(x.covered for x in lines) / len(lines):.3f}",
        },
        table=firm.tables()["canvas"],
    )


def heaviest_gaps(firm: ValueFirm, book: Words) -> Answer | None:
    """The lines with most importance not yet covered."""
    gaps = sorted((x for x in firm.lines if x.gap), key=lambda x: -x.gap)
    if len(gaps) < CLOSED:
        return None
    lines, top = firm.lines, sum(x.gap for x in gaps[:CLOSED])
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
            "lightest": _keys(sorted(lines, key=lambda x: x.gap)[:CLOSED]),
            "lightest_open": _keys(gaps[-CLOSED:]),
        },
        params={
            "count": str(CLOSED),
            "worked": _listed(f"{x.key} {x.importance:g}×(1−{x.covered:g}) = {x.gap:g}" for x in gaps),
            "chosen": _listed(f"{x.key} {x.name}" for x in gaps[:CLOSED]),
        },
        options=_keys(lines),
        table=firm.tables()["canvas"],
    )


def share_after(firm: ValueFirm, book: Words) -> Answer | None:
    """The canvas share once the heaviest gaps are closed."""
    gaps = sorted((x for x in firm.lines if x.gap), key=lambda x: -x.gap)[:CLOSED]
    if len(gaps) < CLOSED or firm.share is None:
        return None
    total, met, gained = _total(firm.lines), _met(firm.lines), sum(x.gap for x in gaps)
    count = len(firm.lines)
    return Answer(
        value=(met + gained) / total,
        wrong={
            "full_importance": (met + _total(gaps)) / total,
            "gain_alone": gained / total,
            "heaviest_alone": (met + gaps[0].gap) / total,
            "unchanged": firm.share,
            "unweighted": (sum(x.covered for x in firm.lines) + sum(1 - x.covered for x in gaps))
            / count,
            "lines_dropped": (met - sum(x.importance * x.covered for x in gaps))
            / (total - _total(gaps)),
        },
        params={
            **_canvas_params(firm, book),
            "gained": f"{gained:g}",
            "keys": _listed(_keys(gaps)),
            "after": f"{(met + gained) / total:.3f}",
            "after_percent": number_text((met + gained) / total, "share", book.lang),
            "points": number_text(gained / total, "points", book.lang),
        },
    )


def fit_score(firm: ValueFirm, book: Words) -> Answer | None:
    """Geometric mean of the most uneven pair: there a plain average misleads most."""
    if not firm.pairs:
        return None
    pair = max(firm.pairs, key=lambda x: x.average - x.fit)
    product, number = math.prod(pair.scores), len(pair.scores)
    return Answer(
        value=pair.fit,
        wrong={
            "average": pair.average,
            "total": sum(pair.scores),
            "product": product,
            "product_by_number": product / number,
            "square_root": product**0.5,
            "cube_root": product ** (1 / 3),
            "of_maximum": product / SCALE[1] ** number,
            "harmonic": number / sum(1 / score for score in pair.scores),
            "weakest": min(pair.scores),
        },
        params={
            **_pair_params(pair),
            "worked": " × ".join(f"{score:g}" for score in pair.scores),
            "product": f"{product:g}",
            "average": f"{pair.average:.2f}",
            "weakest": book.text(f"{WORDS}.column.{SCORES[pair.scores.index(min(pair.scores))]}"),
        },
        table=_only(firm.tables()["pairs"], pair.key),
    )


def best_pairs(firm: ValueFirm, book: Words) -> Answer | None:
    """Keys of the best pairs in order."""
    ranked = firm.ranked
    size = min(BEST, len(ranked))
    if size < 2:
        return None
    fits = [x.fit for x in ranked[:size]]
    equal = [
        _keys(chosen)
        for chosen in permutations([x for x in ranked if x.fit >= fits[-1]], size)
        if [x.fit for x in chosen] == fits
    ]
    plain = max(firm.pairs, key=lambda x: x.average)
    wrong: dict[str, Given] = {} if plain.fit == fits[0] else {"average_first": (plain.key,)}
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong=wrong,
        params={
            "count": str(size),
            "worked": _listed(f"{x.key} {x.fit:.2f}" for x in ranked),
            "best": f"{ranked[0].key} {ranked[0].value} × {ranked[0].target}",
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
    if len(ranked) < 2:
        return None
    first, second = ranked[0], ranked[1]
    plain = sorted((x.average for x in ranked), reverse=True)
    gap = first.fit - second.fit
    wrong: dict[str, Given] = {
        "averages": plain[0] - plain[1],
        "products": math.prod(first.scores) - math.prod(second.scores),
        "ratio": first.fit / second.fit,
        "relative": gap / second.fit,
        "backwards": -gap,
        "to_last": first.fit - ranked[-1].fit,
        "best_itself": first.fit,
    }
    if len(ranked) > 2:
        wrong["second_to_third"] = second.fit - ranked[2].fit
    return Answer(value=gap, wrong=wrong, params=_margin_params(first, second))


def first_move(firm: ValueFirm, book: Words) -> Answer | None:
    """What to do first: rethink a weak fit, compare a close one, close gaps, or grow."""
    if firm.share is None or len(firm.pairs) < 2:
        return None
    first, second = firm.ranked[:2]
    lowered = _lowered(first)
    move = _move(first.fit, lowered < second.fit, firm.share)
    return Answer(
        value=next(letter for letter, code in MOVES.items() if code == move),
        wrong={code: letter for letter, code in MOVES.items() if code != move},
        params={
            **_canvas_params(firm, book),
            **_margin_params(first, second),
            "lowered": f"{lowered:.2f}",
            "fit_floor": f"{setting('fit_score_floor'):g}",
            "share_floor": number_text(setting("canvas_fit_floor"), "share", book.lang),
            "move": book.text(f"{WORDS}.first_move.why.{move}").format_map(
                {
                    "first": first.key,
                    "second": second.key,
                    "first_fit": f"{first.fit:.2f}",
                    "second_fit": f"{second.fit:.2f}",
                    "lowered": f"{lowered:.2f}",
                    "percent": number_text(firm.share, "share", book.lang),
                }
            ),
        },
        options=tuple(MOVES),
    )


def _move(fit: float, fragile: bool, share: float) -> str:
    if fit < setting("fit_score_floor"):
        return "rethink"
    if fragile:
        return "compare"
    return "close" if share < setting("canvas_fit_floor") else "grow"


def _lowered(pair: Pair) -> float:
    """The fit if the score that weighs most had been given one point too high."""
    worst = min(pair.scores)
    lower = max(worst - 1, SCALE[0])
    return float(pair.fit * (lower / worst) ** (1 / len(pair.scores)))


def advice(firm: ValueFirm, book: Words) -> Answer | None:
    """Signs of a written advice: the pair, its rival, a figure, a gap, what is measured by when."""
    if firm.share is None or len(firm.pairs) < 2:
        return None
    first, second = firm.ranked[:2]
    gaps = sorted(firm.lines, key=lambda x: -x.gap)[:CLOSED]
    figures = (first.fit, second.fit, first.fit - second.fit, firm.share)
    return Answer(
        value=book.text(f"{WORDS}.advice.solution"),
        params={
            **_canvas_params(firm, book),
            **_margin_params(first, second),
            "first_name": f"{first.value} × {first.target}",
            "second_name": f"{second.value} × {second.target}",
            "gap": gaps[0].name,
        },
        signs=(
            Sign(code="best", terms=_terms(firm, first)),
            Sign(code="rival", terms=_terms(firm, second)),
            Sign(code="figure", figures=figures, tolerance=0.005),
            Sign(code="term", terms=tuple(book.text(f"{WORDS}.terms.time").split("|"))),
        ),
    )
