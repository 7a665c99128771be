"""Answers on two sources of leads: is the difference of their shares more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Table
from toolkit.lessons.answers.parts import chosen
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, summaries
from toolkit.lessons.two_clients import TwoClients
from toolkit.measures.intervals import LEVEL, LEVEL_HIGH
from toolkit.measures.leads import lead_rows
from toolkit.rules.judge import MIN_N
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.closing_and_collection"
CALLS: Final = {"a": "certain", "b": "chance", "c": "likely", "d": "few"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sources of leads, the better one first, each as (name, won, leads)."""

    better: tuple[str, int, int]
    worse: tuple[str, int, int]

    @property
    def gap(self) -> float:
        """Difference of the two shares won."""
        return rate(self.better) - rate(self.worse)

    @property
    def error(self) -> float:
        """Standard error of the difference."""
        return float(sum(rate(x) * (1 - rate(x)) / x[2] for x in (self.better, self.worse)) ** 0.5)

    def low(self, level: float) -> float:
        """Lower end of the interval at a level of confidence."""
        return self.gap - z(level) * self.error


def rate(source: tuple[str, int, int]) -> float:
    """Share won of the leads of a source."""
    return source[1] / source[2]


def z(level: float) -> float:
    """How many standard errors an interval reaches to each side, to two decimals.

    >>> z(0.95), z(0.80)
    (1.96, 1.28)
    """
    return round(NormalDist().inv_cdf(0.5 + level / 2), 2)


def sources_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Leads and those won, by source."""
    s = summaries(firm)
    if s is None or not s.has("leads", "lead_id", "created_at", "won_at", "source"):
        return None
    rows = lead_rows(s).dropna(subset=["source"])
    made = rows.assign(won=rows["won_at"].notna()).groupby("source")["won"].agg(["size", "sum"])
    return made.rename(columns={"size": "leads", "sum": "won"}).reset_index()


def counts(frame: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Rows of ``sources_frame`` as (name, won, leads)."""
    columns = (frame[name].tolist() for name in ("source", "won", "leads"))
    return [(str(a), int(b), int(c)) for a, b, c in zip(*columns, strict=True)]


def pair(firm: ClientFirm, book: Words) -> Pair | None:
    """The sources with the highest and the lowest share won; None with fewer than two."""
    frame = sources_frame(firm, book)
    if frame is None:
        return None
    known = [x for x in counts(frame) if x[2]]
    large = [x for x in known if x[2] >= MIN_N] or known
    ordered = sorted(large if len(large) > 1 else known, key=lambda x: -rate(x))
    return Pair(better=ordered[0], worse=ordered[-1]) if len(ordered) > 1 else None


def difference_low(firm: TwoClients, book: Words) -> Answer | None:
    """Lower end of the 95 % interval of the difference between the two shares."""
    two = pair(firm, book)
    if two is None or two.error <= 0:
        return None
    high = two.gap + z(LEVEL_HIGH) * two.error
    low = two.low(LEVEL_HIGH)
    return Answer(
        value=low,
        wrong={
            "gap_itself": two.gap,
            "upper_end": high,
            "lower_80": two.low(LEVEL),
            "one_error": two.gap - two.error,
            "error_alone": two.error,
            "no_root": two.gap - z(LEVEL_HIGH) * two.error**2,
            "in_percent": low * 100,
        },
        params=pair_params(two, book),
        table=_table(two),
    )


def _table(two: Pair) -> Table:
    rows = tuple((name, f"{n:,}", f"{won:,}") for name, won, n in (two.better, two.worse))
    return Table(columns=("source", "leads", "won"), rows=rows)


def pair_params(two: Pair, book: Words) -> dict[str, str]:
    """What fills words about two sources and the interval of their difference."""

    def points(value: float) -> str:
        return number_text(value, "points", book.lang)

    ends = {
        f"{end}{name}": points(two.gap + sign * z(level) * two.error)
        for name, level in (("80", LEVEL), ("95", LEVEL_HIGH))
        for end, sign in (("low", -1), ("high", 1))
    }
    return {
        **ends,
        "better": two.better[0],
        "worse": two.worse[0],
        "better_n": f"{two.better[2]:,}",
        "worse_n": f"{two.worse[2]:,}",
        "p": f"{rate(two.better):.4f}",
        "q": f"{rate(two.worse):.4f}",
        "p_percent": share(book, rate(two.better)),
        "q_percent": share(book, rate(two.worse)),
        "gap": points(two.gap),
        "gap_share": f"{two.gap:.4f}",
        "error": f"{two.error:.4f}",
        "low": f"{two.low(LEVEL_HIGH):.4f}".replace("-", "−"),
        "z": f"{z(LEVEL_HIGH):g}",
        "z80": f"{z(LEVEL):g}",
        "least": str(MIN_N),
    }


def better(firm: TwoClients, book: Words) -> Answer | None:
    """What may be said of the difference: certain, likely, chance, or too few."""
    two = pair(firm, book)
    if two is None or two.error <= 0:
        return None
    call, params = call_of(two), pair_params(two, book)
    return chosen(
        CALLS,
        call,
        params={**params, "why": book.text(f"{WORDS}.better.why.{call}", **params)},
    )


def call_of(two: Pair) -> str:
    """``few``, ``certain`` (95 %), ``likely`` (80 % alone) or ``chance``."""
    if min(two.better[2], two.worse[2]) < MIN_N:
        return "few"
    if two.low(LEVEL_HIGH) > 0:
        return "certain"
    return "likely" if two.low(LEVEL) > 0 else "chance"
