"""A query before it is sent: one statement, and one that reads.

The database itself is what keeps a query from writing; this look at its words gives the clearer
message, and gives it before any connection is made.
"""

from __future__ import annotations

import re

READING = ("SELECT", "WITH", "VALUES", "TABLE")
_COMMENT = r"--[^\n]*|/\*.*?\*/"
_TOKEN = re.compile(
    rf"""{_COMMENT}|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"
    |\$([^\W\d]\w*|)\$.*?\$\1\$|;|\w+|\s+|.""",
    re.DOTALL | re.VERBOSE,
)
_ASIDE = re.compile(rf"{_COMMENT}|\s+", re.DOTALL)


def statements(query: str) -> list[str]:
    """The statements of a query without their semicolons; those of comments alone are left out.

    >>> statements("SELECT ';' AS a; -- the end"), statements("SELECT 1; DROP TABLE t")
    (["SELECT ';' AS a"], ['SELECT 1', 'DROP TABLE t'])
    """
    found, start = [], 0
    for token in _TOKEN.finditer(query):
        if token[0] == ";":
            found.append(query[start : token.start()])
            start = token.end()
    return [text.strip() for text in (*found, query[start:]) if _ASIDE.sub("", text)]


def first_word(statement: str) -> str:
    """The word a statement begins with, in capitals; brackets and comments before it do not count.

    >>> first_word("/* orders */ ((select 1))")
    'SELECT'
    """
    for token in _TOKEN.finditer(statement):
        text = token[0]
        if text != "(" and not _ASIDE.fullmatch(text):
            return text.upper()
    return ""
