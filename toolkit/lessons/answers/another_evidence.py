"""Answers on evidence: facts that cannot both be true, and how much of the map is known."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.dossier_firm import Dossier, Found, labelled_code
from toolkit.words import Words, number_text

PAIRED: Final = 2


def contradiction(firm: Dossier, book: Words) -> Answer | None:
    """Two facts about one quantity whose ranges do not meet."""
    spans = [fact for fact in firm.facts if fact.span is not None and fact.about]
    pairs = [(a, b) for a, b in combinations(spans, PAIRED) if a.about == b.about]
    apart = [pair for pair in pairs if not _meet(*pair)]
    if not apart:
        return None
    found: list[Given] = [(a.key, b.key) for a, b in apart]
    agreed = next(((a.key, b.key) for a, b in pairs if _meet(a, b)), None)
    sure = [fact.key for fact in firm.facts if fact.sure and fact not in spans][:PAIRED]
    wrong: dict[str, Given] = {} if agreed is None else {"agree": agreed}
    if len(sure) == PAIRED:
        wrong["other_subjects"] = tuple(sure)
    worked = "\n".join(f"- {a.key} ({_text(a)}) × {b.key} ({_text(b)})" for a, b in apart)
    return Answer(
        value=found[0],
        also=tuple(found[1:]),
        wrong=wrong,
        params={"worked": worked, "first": apart[0][0].key, "second": apart[0][1].key},
        options=tuple(fact.key for fact in firm.facts),
    )


def _meet(one: Found, other: Found) -> bool:
    (a, b), (c, d) = one.span or (0.0, 0.0), other.span or (0.0, 0.0)
    return a <= d and c <= b


def _text(fact: Found) -> str:
    low, high = fact.span or (0.0, 0.0)
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def known_share(firm: Dossier, book: Words) -> Answer | None:
    """Parts of the map with at least one sure fact ÷ all parts."""
    if not firm.map or not firm.facts:
        return None
    states = [firm.state(row) for row in firm.map]
    whole = len(states)
    known, inferred, unknown = (states.count(s) for s in ("known", "inferred", "unknown"))
    parts = [str(row.get("part")) for row in firm.map if firm.state(row) == "unknown"]
    named = [labelled_code(book, "part", name) for name in parts]
    return Answer(
        value=known / whole,
        wrong={
            "with_inferred": (known + inferred) / whole,
            "inferred_only": inferred / whole,
            "unknown_only": unknown / whole,
            "of_facts": sum(fact.sure for fact in firm.facts) / len(firm.facts),
            "of_answered": known / (known + inferred) if known + inferred else 0.0,
        },
        params={
            "whole": str(whole),
            "known": str(known),
            "inferred": str(inferred),
            "unknown": str(unknown),
            "share": f"{known / whole:.3f}",
            "percent": number_text(known / whole, "share", book.lang),
            "parts": book.text("lessons.another_business.known_share.and").join(named),
        },
    )
