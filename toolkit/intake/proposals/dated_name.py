"""File names that end in a date: the glob under which next month's export comes too."""

from __future__ import annotations

import glob
import re
import unicodedata
from pathlib import PurePosixPath

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_PLAIN = rf"{_YEAR}[-_.]?{_MONTH}(?:[-_.]?{_DAY}(?:[-_T]?\d{{4}}(?:\d\d)?)?)?"
_SAID = rf"(?:{_YEAR}年度?|(?:令和|R)\d{{1,2}}年)?\s?\d{{1,2}}月(?:\d{{1,2}}日|分|度)?"
_DATE = rf"(?:{_PLAIN}|{_SAID})"
_ENDS_IN_DATE = re.compile(
    rf"(?P<head>.*?\D)[(（\[]?{_DATE}(?:\s?[-_~〜～]\s?(?:to[-_])?{_DATE})?[)）\]]?"
)
_SUFFIXES = re.compile(
    r"(?P<stem>.*?)(?P<suffixes>(?:\.(?:csv|tsv|txt|xlsx|xlsm|xls|xlsb|parquet|pq|gz|zip))*)",
    re.IGNORECASE,
)
_LONGEST_SLUG = 40


def dated_glob(path: str) -> str | None:
    """The glob for files named like one whose name ends in a date; None for any other.

    >>> dated_glob("data/受注_202605.csv"), dated_glob("data/orders-2026-05-01_2026-05-31.csv.gz")
    ('data/受注_*.csv', 'data/orders-*.csv.gz')
    >>> dated_glob("data/売上2026年5月分.xlsx"), dated_glob("data/orders.csv")
    ('data/売上*.xlsx', None)
    """
    folder, stem, suffixes = _parts(path)
    match = _ENDS_IN_DATE.fullmatch(stem)
    head = match["head"].rstrip("(（[") if match else ""
    if not any(letter.isalpha() for letter in head):
        return None
    return f"{glob.escape(folder)}{glob.escape(head)}*{suffixes}"


def slug(path: str) -> str:
    """A short name for a file, without its date: letters, digits and hyphens.

    >>> slug("data/Shop A/受注 一覧_202605.csv"), slug("data/2026-05.csv")
    ('受注-一覧', '2026-05')
    """
    _, stem, _ = _parts(path)
    match = _ENDS_IN_DATE.fullmatch(stem)
    text = match["head"] if match else stem
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or "file"


def _parts(path: str) -> tuple[str, str, str]:
    """The folder with its stroke, the name without suffixes, and these."""
    name = PurePosixPath(path).name
    folder = path[: len(path) - len(name)]
    match = _SUFFIXES.fullmatch(name)
    return (folder, match["stem"], match["suffixes"]) if match else (folder, name, "")
