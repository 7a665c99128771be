"""Days and months as objects keep them: ISO text, so that an object reads back as it was."""

from __future__ import annotations

from datetime import date

from toolkit.frameworks.check import refuse


def day(field: str, text: str | None) -> date | None:
    """The day of an ISO text; a month alone (``2026-05``) counts from its first day.

    >>> day("on", "2026-05")
    datetime.date(2026, 5, 1)

    Raises:
        ObjectError: the text is no such date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-05") else text)
    except ValueError:
        raise refuse("object_date", field, text) from None


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Days from one to the other; None where either is not given.

    >>> days_between("2026-05-01", "2026-05-13")
    12
    """
    start, end = day("earlier", earlier), day("later", later)
    return None if start is None or end is None else (end - start).days


def months_between(earlier: str, later: str) -> int:
    """Whole months from one to the other.

    >>> months_between("2024-06-30", "2026-06-29"), months_between("2024-06", "2026-06-29")
    (23, 24)
    """
    start, end = day("earlier", earlier), day("later", later)
    if start is None or end is None:
        return 0
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole - (end.day < start.day)
