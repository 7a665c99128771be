"""Whether an amount or its header says tax included or excluded: 税込, （税抜）, +税, excl. tax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from toolkit.intake.values.widths import narrow

Tax = Literal["included", "excluded"]

_RATE = r"(?:8|10)%"
INCLUDED = (
    rf"(?:消費)?税\s*{_RATE}\s*込み?|(?:消費)?税込み?(?:\s*{_RATE})?(?!別)|{_RATE}\s*税込み?|内税"
    r"|(?:tax|vat)[\s-]*incl(?:uded|usive|\.)?|incl(?:uding|usive|uded|\.)?\s*(?:of\s*)?(?:tax|vat)"
)
EXCLUDED = (
    r"(?:消費)?税抜き?|税別|外税|\+\s*(?:消費)?税"
    r"|(?:tax|vat)[\s-]*excl(?:uded|usive|\.)?|excl(?:uding|usive|uded|\.)?\s*(?:of\s*)?(?:tax|vat)"
)
_ANY = rf"(?:{INCLUDED}|{EXCLUDED})"
_AT_END = re.compile(rf"\s*(?:\(\s*{_ANY}\s*\)|\[\s*{_ANY}\s*\]|{_ANY})\s*$")
_AT_START = re.compile(rf"^\s*(?:\(\s*{_ANY}\s*\)|\[\s*{_ANY}\s*\]|{_ANY})\s*:?\s*(?=.)")
_INCLUDED = re.compile(INCLUDED)
_EXCLUDED = re.compile(EXCLUDED)


def tax_mark(text: str) -> Tax | None:
    """What a cell or header says of tax; None if nothing, or both.

    >>> tax_mark("1,200円（税込）"), tax_mark("単価[税抜]"), tax_mark("税込別"), tax_mark("1200")
    ('included', 'excluded', None, None)
    """
    plain = narrow(text)
    included, excluded = _INCLUDED.search(plain), _EXCLUDED.search(plain)
    if bool(included) == bool(excluded):
        return None
    return "included" if included else "excluded"


def column_tax(texts: Iterable[str]) -> Tax | Literal["mixed"] | None:
    """What the cells of a column say together; ``mixed`` amounts must not be added up.

    >>> column_tax(["980", "1,200円(税込)"]), column_tax(["1円(税込)", "2円(税抜)"])
    ('included', 'mixed')
    """
    seen = {mark for mark in map(tax_mark, texts) if mark is not None}
    if len(seen) > 1:
        return "mixed"
    return next(iter(seen), None)


def without_tax(plain: str) -> str:
    """A narrowed text without the tax mark before or after it; the amount stays as given.

    >>> without_tax("1,200円(税込)"), without_tax("税抜 980"), without_tax("税込")
    ('1,200円', '980', '税込')
    """
    if not any(word in plain for word in ("税", "tax", "vat")):
        return plain
    cut = _AT_END.sub("", plain, count=1)
    if cut == plain:
        cut = _AT_START.sub("", plain, count=1)
    return cut.strip() or plain
