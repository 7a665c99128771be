"""What the words in a client's columns mean, by the lists of the method (content/columns)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from toolkit.method import load_method

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.summaries import Summaries


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
    plain = _plain(text)
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", plain)
        if word.isascii()
        else word in plain
        for word in map(_plain, words)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
