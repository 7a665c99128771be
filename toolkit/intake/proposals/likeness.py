"""How much a header says that it is a canonical column, by its words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.intake.mappings.columns import Column, TableKind, header_form, word_form
from toolkit.intake.persons.personal_roles import compact
from toolkit.intake.setting import Setting
from toolkit.intake.values.header_unit import header_unit
from toolkit.method import Method

OWN, ALIAS, SAME_IDEAS, ALSO, OTHER_ORDER, PARTLY = 1.0, 0.98, 0.9, 0.86, 0.84, 0.8
LEAST_SHARED = 0.6
_STEP = 0.03
_LEAST_ALSO = 0.62
_OTHER_HEAD, _STRANGE, _LACKING = 0.6, 0.8, 0.7
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_POLITE = re.compile("^[ごお御]")
_PIECE = re.compile(r"[a-z]+|#|\d+|[^\W\da-z_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Words of headers: ``ideas`` from word to idea (None says nothing), and further names.

    ``also`` lists, by kind and column, headers that may be the column, the likeliest first.
    """

    ideas: Mapping[str, str | None]
    longest: int
    also: Mapping[str, Mapping[str, tuple[str, ...]]]
    not_cancelled: tuple[str, ...]
    names: frozenset[str]


def synonyms(method: Method) -> Synonyms:
    """The words of content/columns/synonyms.toml."""
    entry = method.section("columns")["synonyms"]
    ideas: dict[str, str | None] = {word_form(word): None for word in entry["noise"]}
    for idea, words in entry["ideas"].items():
        ideas |= {word_form(word): idea for word in words}
    return Synonyms(
        ideas=ideas,
        longest=max(map(len, ideas)),
        also={
            kind: {column: tuple(names) for column, names in columns.items()}
            for kind, columns in entry["also"].items()
        },
        not_cancelled=tuple(word.casefold() for word in entry["not_cancelled"]),
        names=frozenset(entry["ideas"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A header understood: its forms as a whole, and the ideas it is made of."""

    forms: frozenset[str]
    words: frozenset[str]
    ideas: tuple[str, ...]


class Likeness:
    """How like the headers of a file are to the columns of one kind of table."""

    def __init__(self, kind: TableKind, setting: Setting) -> None:
        self.known = synonyms(setting.method)
        self._also = self.known.also.get(kind.name, {})
        self._words = setting.words
        self._heard: dict[str, _Heard] = {}
        names = {one.name: (one.name, *one.aliases) for one in kind.columns.values()}
        self._ideas = {
            column: tuple(dict.fromkeys(ideas_of(name, self.known) for name in listed))
            for column, listed in names.items()
        }
        self._forms = {
            column: frozenset(compact(name) for name in listed) for column, listed in names.items()
        }

    def of(self, header: str, column: Column) -> float:
        """How much a header says that it is a column, from 0 to 1.

        1 for its own name, 0.98 for an alias; 0.9 for the same ideas in other words; less for a
        name that only may be the column, and for a part of the ideas; 0 where too little is shared.

        >>> from datetime import date
        >>> from pathlib import Path
        >>> from toolkit.intake.setting import make_setting
        >>> from toolkit.method import load_method
        >>> kind = make_setting(load_method(), Path(), date(2026, 1, 1)).kinds["orders"]
        >>> like = Likeness(kind, make_setting(load_method(), Path(), date(2026, 1, 1)))
        >>> texts = ("注文日", "お買上げ年月日", "orderedOn", "日付", "商品名")
        >>> [round(like.of(text, kind.columns["order_date"]), 2) for text in texts]
        [0.98, 0.9, 0.9, 0.86, 0.0]
        """
        heard = self._hear(header)
        if header_form(column.name) in heard.forms:
            return OWN
        if heard.words & self._forms[column.name]:
            return ALIAS
        shared = max(
            _shared(heard.ideas, other, self.known.names) for other in self._ideas[column.name]
        )
        return max(_further(heard.words, self._also.get(column.name, ())), shared)

    def _hear(self, header: str) -> _Heard:
        if header not in self._heard:
            bare = header_unit(header, self._words, self._words.currency).bare
            self._heard[header] = _Heard(
                forms=frozenset(map(header_form, (header, bare))),
                words=frozenset(
                    word
                    for text in map(compact, (header, bare))
                    for word in (text, _POLITE.sub("", text))
                    if word
                ),
                ideas=ideas_of(bare, self.known),
            )
        return self._heard[header]


def ideas_of(text: str, known: Synonyms) -> tuple[str, ...]:
    """The ideas of a header in their order; what is no known word stands for itself.

    >>> from toolkit.method import load_method
    >>> known = synonyms(load_method())
    >>> ideas_of("お買上げ伝票No.", known), ideas_of("juchuBango", known)
    (('order', 'slip', 'id'), ('order', 'id'))
    """
    humped = word_form(_HUMP.sub(" ", text))
    found: list[str] = []
    for piece in _PIECE.findall(humped):
        parts = _english(piece, known) if piece.isascii() else _japanese(piece, known)
        for idea in parts:
            if idea is not None and idea not in found[-1:]:
                found.append(idea)
    return tuple(found)


def _further(forms: Collection[str], also: Sequence[str]) -> float:
    """A name that may be the column: the later it is listed, the less likely."""
    for rank, name in enumerate(also):
        if compact(name) in forms:
            return max(ALSO - _STEP * rank, _LEAST_ALSO)
    return 0.0


def _shared(own: tuple[str, ...], other: tuple[str, ...], known: Collection[str]) -> float:
    """Ideas in common; the last one, which says what kind of thing it is, counts most.

    A word that nobody knows may stand beside them; an idea too many or too few makes another thing.
    """
    if not own or not other:
        return 0.0
    if own == other:
        return SAME_IDEAS
    if Counter(own) == Counter(other):
        return OTHER_ORDER
    common = Counter(own) & Counter(other)
    strange = sum((Counter(idea for idea in own if idea in known) - common).values())
    lacking = sum((Counter(other) - common).values())
    share = 2 * sum(common.values()) / (len(own) + len(other))
    share *= _STRANGE**strange * _LACKING**lacking * (1 if own[-1] == other[-1] else _OTHER_HEAD)
    return PARTLY * share if share >= LEAST_SHARED else 0.0


def _english(piece: str, known: Synonyms) -> Iterator[str | None]:
    """A word of Latin letters: itself, or several known words written as one."""
    if piece in known.ideas:
        yield known.ideas[piece]
        return
    parts = _whole(piece, known)
    if parts is None:
        yield piece
    else:
        yield from parts


def _whole(piece: str, known: Synonyms) -> list[str | None] | None:
    """A word cut into known ones of two letters or more; None where something is left over."""
    if not piece:
        return []
    for size in range(min(known.longest, len(piece)), 1, -1):
        if piece[:size] in known.ideas:
            rest = _whole(piece[size:], known)
            if rest is not None:
                return [known.ideas[piece[:size]], *rest]
    return None


def _japanese(piece: str, known: Synonyms) -> Iterator[str | None]:
    """Words without spaces between them, the longest known one first."""
    at, other = 0, ""
    while at < len(piece):
        size = _longest(piece, at, known)
        if not size:
            other += piece[at]
            at += 1
            continue
        if other:
            yield other
            other = ""
        yield known.ideas[piece[at : at + size]]
        at += size
    if other:
        yield other


def _longest(piece: str, at: int, known: Synonyms) -> int:
    sizes = range(min(known.longest, len(piece) - at), 0, -1)
    return next((size for size in sizes if piece[at : at + size] in known.ideas), 0)
