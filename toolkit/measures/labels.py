"""What the words in a client's columns mean, by the lists of the method (content/columns)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit.method import load_method

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.summaries import Summaries

# In the order of their claim: a slip after delivery names the counter or the bank it is paid at.
PAYMENT_KINDS = ("cash_on_delivery", "deferred", "card", "transfer", "convenience")


def labelled(s: Summaries, cells: pandas.Series[Any], *lists: str) -> NDArray[numpy.bool_]:
    """Which cells hold a word of one of the named lists of ``[labels]``, as flags.

    Width and case do not matter; a word in Latin letters or digits counts only where it stands
    alone (``cod`` is not in ``code``). Blank cells hold no word.
    """
    method = s.method or load_method()
    entry = method.section("columns")["labels"]
    words = [word for name in lists for word in entry[name]]
    meant = [text for text in cells.dropna().unique() if says(str(text), words)]
    return cells.isin(meant).to_numpy(dtype=bool)


def says(text: str, words: list[str]) -> bool:
    """Whether a text holds one of some words.

    >>> says("ＣＯＤ（代金引換）", ["代金引換"]), says("barcode", ["cod"]), says("COD", ["cod"])
    (True, False, True)
    """
    plain = folded(text)
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", plain)
        if word.isascii()
        else word in plain
        for word in map(folded, words)
    )


def payment_item(s: Summaries, label: str, items: Iterable[str]) -> str | None:
    """Which answered way of paying (card, transfer … or the client's own word) a label means.

    The same word comes first, then the one item whose word the label holds, then the kind that
    the lists of ``[labels]`` tell; None where no item or more than one would do.
    """
    items = sorted(items)
    found = [item for item in items if folded(item) == folded(label)]
    found = found or [item for item in items if says(label, [item])]
    if len(found) != 1:
        entry = (s.method or load_method()).section("columns")["labels"]
        kinds = (name for name in PAYMENT_KINDS if says(label, entry[name]))
        kind = next(kinds, None)
        found = [item for item in items if kind and (item == kind or says(item, entry[kind]))]
    return found[0] if len(found) == 1 else None


def folded(text: str) -> str:
    """A text as it is compared: width, case and white space around it do not matter.

    >>> folded(" Ｇｏｏｇｌｅ広告 ")
    'google広告'
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()
