"""Answers on pairs of value and target: the fit of one, their order, the margin of the best."""

from __future__ import annotations

import math
from itertools import permutations
from typing import Final

from toolkit.frameworks.fit import SCALE, SCORES
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.value_firm import Pair, ValueFirm, bullets, keys
from toolkit.words import Words

WORDS: Final = "lessons.value_and_target"
BEST: Final = 3  # pairs to rank
PAIRED: Final = 2  # the best pair and its rival


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
            "pair": pair_text(pair),
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
    equal = [keys(c) for c in permutations(tied, size) if [x.fit for x in c] == fits]
    plain = max(firm.pairs, key=lambda x: x.average)
    wrong: dict[str, Given] = {} if plain.fit == fits[0] else {"average_first": (plain.key,)}
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong=wrong,
        params={
            "count": str(size),
            "worked": bullets(f"{x.key}: {x.fit:.2f}" for x in ranked),
            "best": ranked[0].key,
            "best_pair": pair_text(ranked[0]),
            "plain": plain.key,
            "plain_average": f"{plain.average:.2f}",
            "plain_fit": f"{plain.fit:.2f}",
        },
        options=keys(firm.pairs),
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
            **(
                {"second_to_third": second.fit - ranked[PAIRED].fit} if len(ranked) > PAIRED else {}
            ),
        },
        params=margin_params(firm),
    )


def margin_params(firm: ValueFirm) -> dict[str, str]:
    """What fills words about the best pair and its rival."""
    first, second = firm.ranked[:PAIRED]
    return {
        "first": first.key,
        "second": second.key,
        "first_pair": pair_text(first),
        "second_pair": pair_text(second),
        "first_fit": f"{first.fit:.2f}",
        "second_fit": f"{second.fit:.2f}",
        "margin": f"{first.fit - second.fit:.2f}",
        "lowered": f"{lowered(first):.2f}",
        "fit_floor": f"{setting('fit_score_floor'):.1f}",
    }


def lowered(pair: Pair) -> float:
    """The fit if the weakest score, which weighs most, had been given one point too high."""
    scores = sorted(pair.scores)
    scores[0] = max(scores[0] - 1, SCALE[0])
    return float(math.prod(scores) ** (1 / len(scores)))


def pair_text(pair: Pair) -> str:
    """A pair as it is read."""
    return f"{pair.value} × {pair.target}"


def _row(table: Table, key: str) -> Table:
    return Table(columns=table.columns, rows=tuple(row for row in table.rows if row[0] == key))
