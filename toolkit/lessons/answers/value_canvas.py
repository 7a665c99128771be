"""Answers on the canvas: the share covered, the gaps left, the share once they are closed."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.value_firm import Line, ValueFirm, bullets, keys, met, total
from toolkit.words import Words, number_text

CLOSED: Final = 2  # gaps to close first


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
            **canvas_params(firm, book),
            "worked": " + ".join(f"{x.importance:g}×{x.covered:g}" for x in lines),
            "plain": f"{plain:.4g}",
        },
    )


def heaviest_gaps(firm: ValueFirm, book: Words) -> Answer | None:
    """The lines with most importance not yet covered."""
    lines, gaps = firm.lines, firm.gaps
    if len(gaps) < CLOSED:
        return None
    top = sum(x.gap for x in gaps[:CLOSED])
    equal = [
        keys(chosen)
        for chosen in combinations(gaps, CLOSED)
        if math.isclose(sum(x.gap for x in chosen), top)
    ]
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong={
            "by_importance": keys(sorted(lines, key=lambda x: -x.importance)[:CLOSED]),
            "by_cover": keys(sorted(lines, key=lambda x: x.covered)[:CLOSED]),
            "lightest": keys(gaps[-CLOSED:]),
        },
        params={
            "count": str(CLOSED),
            "worked": bullets(
                f"{x.key}: {x.importance:g} × (1 − {x.covered:g}) = {x.gap:g}" for x in gaps
            ),
            "chosen": bullets(f"{x.key}: {x.name}" for x in gaps[:CLOSED]),
        },
        options=keys(lines),
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
            **_without(lines, gaps),
        },
        params={
            **canvas_params(firm, book),
            "keys": ", ".join(keys(gaps)),
            "gained": f"{gained:g}",
            "met_after": f"{covered + gained:g}",
            "after": f"{after:.3f}",
            "after_percent": number_text(after, "share", book.lang),
            "points": number_text(after - firm.share, "points", book.lang),
        },
    )


def canvas_params(firm: ValueFirm, book: Words) -> dict[str, str]:
    """What fills words about the canvas."""
    return {
        "lines": str(len(firm.lines)),
        "total": f"{total(firm.lines):g}",
        "met": f"{met(firm.lines):g}",
        "share": f"{firm.share or 0:.3f}",
        "percent": number_text(firm.share, "share", book.lang),
        "share_floor": number_text(setting("canvas_fit_floor"), "share", book.lang).replace(
            ".0%", "%"
        ),
    }


def _without(lines: tuple[Line, ...], gaps: tuple[Line, ...]) -> dict[str, Given]:
    rest = [x for x in lines if x not in gaps]
    return {"lines_dropped": met(rest) / total(rest)} if rest else {}


def _one_kind(lines: tuple[Line, ...]) -> dict[str, Given]:
    found = {"pains_only": "pain", "gains_only": "gain"}
    chosen = {code: [x for x in lines if x.kind == kind] for code, kind in found.items()}
    return {code: met(some) / total(some) for code, some in chosen.items() if some}
