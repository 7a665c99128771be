"""Text as numbers and dates are looked for in it: one width, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

from toolkit.intake.mappings.columns import without_invisible

# NFKC turns these into plain digits: 10² would become 102, ⑴ would become (1), that is -1.
_NO_DIGITS = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b"
    "\u24ea\u3251-\u325f\u32b1-\u32cb\u3358-\u3370\u3378\u3379\u339f-\u33af\u33e0-\u33fe"
    "\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a\U0001fbf0-\U0001fbf9]"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def narrow(text: str) -> str:
    """Text in half width, case folded, without invisible characters and outer spaces.

    A circled, raised or otherwise dressed digit is left as it is, so that no number is made of it.

    >>> narrow("　Ｈ３０．１２．３１"), narrow("10²")
    ('h30.12.31', '10²')
    """
    if _NO_DIGITS.search(text):
        return text
    return without_invisible(unicodedata.normalize("NFKC", text)).casefold()


def one_dash(text: str) -> str:
    """Text in which every dash and minus of a like shape is a hyphen; ー of a word stays."""
    return text.translate(_DASHES)
