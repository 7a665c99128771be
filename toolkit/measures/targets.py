"""Whether the best customers are those the client means to serve (想定客と上位客の一致)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.concentration import top_count
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.labels import folded
from toolkit.measures.orders import order_period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

TARGET = "q.pla.target"
MATCH = "customers.target_match_share_top10"
AGES, PLACES, TRADES = "age_band", "prefecture", "industry_band"
TOP_SHARE = 0.1
LEAST_KNOWN = 30
NEEDS = ("customers", TARGET)
BETWEEN = re.compile(r"[、,，／/;；・\s]+")
SPAN = re.compile(r"\D{0,3}[~〜～–−-]\D{0,3}")  # the dashes people write
PREFECTURE_ENDS = ("都", "府", "県")
AND_OLDER = ("以上", "~", "+", "over", "older")
OLDEST = 90


def target_facts(s: Summaries) -> Iterator[Fact]:
    """Share of the top tenth by sales who have a stated attribute, of those where it is known.

    A fact for each attribute that was stated and delivered, and one undivided: the attribute
    that is met least, its name as the item.
    """
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    stated = {
        name: value
        for name in (AGES, PLACES, TRADES)
        if isinstance(value := s.answers.get((TARGET, name)), str) and value != "unknown"
    }
    if not stated:
        yield unknown(MATCH, _why_unstated(s), needs=(TARGET,))
        return
    usable = [name for name in stated if s.has("customers", name)]
    if not usable:
        reason = "no_column" if s.has("customers") else "no_table"
        yield unknown(MATCH, reason, needs=NEEDS)
        return
    top = _top(s.customers)
    cells = [_match(s, name, stated[name], top, tests=len(usable)) for name in usable]
    yield from cells
    yield _least_met(cells)


def _top(customers: pandas.DataFrame) -> pandas.Series[str]:
    ordered = customers.sort_values(["amount", "customer_id"], ascending=[False, True])
    return ordered.head(top_count(TOP_SHARE, len(ordered)))["customer_id"]


def _match(s: Summaries, name: str, answer: str, top: pandas.Series[str], tests: int) -> Fact:
    fits = _fits(s.tables["customers"], name, answer)
    known = fits[fits.index.isin(top)] if fits is not None else ()
    n, hits = len(known), int(sum(known))
    if not n:
        return unknown(MATCH, "no_rows", by={"item": name}, needs=NEEDS)
    fact = Fact(id=MATCH, value=hits / n, n=n, by={"item": name}, period=order_period(s))
    return bounded(replace(fact, needs=NEEDS), wilson(hits, n, tests=tests))


def _least_met(cells: list[Fact]) -> Fact:
    """Of those with enough customers to say, else of all."""
    known = [cell for cell in cells if cell.number is not None]
    if not known:
        return unknown(MATCH, "no_rows", needs=NEEDS)
    enough = [cell for cell in known if (cell.n or 0) >= LEAST_KNOWN] or known
    least = min(enough, key=lambda cell: cell.number or 0.0)
    name = str(least.by["item"])
    return replace(least, by={}, items=(Item(key=name, label=name, value=least.value),))


def _why_unstated(s: Summaries) -> str:
    said = [value for (question, _), value in s.answers.items() if question == TARGET]
    return "answered_unknown" if "unknown" in said else "not_asked"


def _fits(frame: pandas.DataFrame, name: str, answer: str) -> pandas.Series[bool] | None:
    """Customers whose attribute is known, and whether it is the one stated.

    None where a stated word meets no customer at all (of ages, where none of them does): then
    the answer and the file speak of it in different words, which is no mismatch of customers.
    """
    known = frame.drop_duplicates("customer_id").set_index("customer_id")[name].dropna()
    wanted = _parts(name, answer)
    own = {text: _parts(name, text) for text in known.unique()}
    fitting = {text: bool(parts) and parts <= wanted for text, parts in own.items()}
    unmet = wanted.difference(*own.values())
    if not any(fitting.values()) or (unmet and name != AGES):
        return None
    return known.map(fitting).astype(bool)


def _parts(attribute: str, text: str) -> frozenset[str]:
    """What a text names, in one form: values between commas, ages by their decades.

    >>> sorted(_parts("age_band", "30〜40代")), sorted(_parts("age_band", "35-39"))
    (['30', '40'], ['30'])
    >>> sorted(_parts("prefecture", "東京都、大阪"))
    ['大阪', '東京']
    """
    plain = folded(text)
    if attribute == AGES:
        return _decades(plain)
    found = {part for part in BETWEEN.split(plain) if part}
    if attribute == PLACES:
        found = {_short(part) for part in found}
    return frozenset(found)


def _short(prefecture: str) -> str:
    """A prefecture without its last character, which half of all files leave out."""
    shortens = len(prefecture) > 2 and prefecture.endswith(PREFECTURE_ENDS)
    return prefecture[:-1] if shortens else prefecture


def _decades(text: str) -> frozenset[str]:
    """Decades of age a text names; from the first to the last where they are joined by a dash."""
    numbers = [int(number) // 10 * 10 for number in re.findall(r"\d+", text)]
    if len(numbers) == 1 and text.endswith(AND_OLDER):
        numbers.append(OLDEST)
    if len(numbers) == 2 and (SPAN.search(text) or numbers[1] == OLDEST):
        numbers = list(range(numbers[0], numbers[1] + 1, 10))
    return frozenset(map(str, numbers))
