"""Which columns of a file hold what of the buyer: mail, phone, name, kana, birthday, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.intake.mappings.columns import word_form
from toolkit.method import Entry, Method

PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The personal columns of a file.

    ``buyer`` gives for each role its columns in the order in which they are asked: the first that
    is not blank counts. Each is a tuple of positions whose texts belong together (a telephone
    number in three columns). ``shipping`` are columns of somebody else, in no case a buyer's key.
    ``private`` are the columns of anybody that must not leave the reading (all but prefecture,
    city, company and gender).
    """

    buyer: Mapping[str, tuple[tuple[int, ...], ...]]
    shipping: tuple[int, ...] = ()
    private: frozenset[int] = frozenset()

    @property
    def positions(self) -> tuple[int, ...]:
        """Every column that holds something of the buyer, from left to right."""
        return tuple(sorted({at for found in self.buyer.values() for part in found for at in part}))

    def role_at(self, position: int) -> str | None:
        """What of the buyer a column holds; None for any other column."""
        for role, found in self.buyer.items():
            if any(position in part for part in found):
                return role
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The words of content: marks of parties with their order, words of roles with their rank."""

    marks: Mapping[str, str]
    orders: Mapping[str, int]
    words: Mapping[str, tuple[str, int]]
    roles: Mapping[str, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A header understood: role, party, rank of its word, number at its end (0 for none)."""

    at: int
    role: str
    party: str
    rank: int
    number: int
    word: str


def personal_roles(header: Sequence[str], method: Method) -> Roles:
    """The role of each column of a header, by its words and never by its place.

    >>> from toolkit.method import load_method
    >>> header = ["注文者名", "注文者電話番号1", "注文者電話番号2", "注文者電話番号3", "送付先名"]
    >>> roles = personal_roles(header, load_method())
    >>> roles.buyer["name"], roles.buyer["phone"], roles.shipping
    (((0,),), ((1, 2, 3),), (4,))
    """
    known = _known(method)
    found = [item for at, text in enumerate(header) if (item := _understood(at, text, known))]
    found = list(_without_others(header, _settled(found, known), known))
    first: list[_Found] = []
    others: list[int] = []
    seen: set[tuple[str, str, str, int]] = set()
    for item in found:
        same = (item.role, item.party, item.word, item.number)
        if item.party not in known.orders or same in seen:  # a second 氏名 is somebody else's
            others.append(item.at)
            continue
        seen.add(same)
        first.append(item)
    private = frozenset(item.at for item in found if not known.roles[item.role].get("open"))
    return Roles(buyer=_grouped(first, known), shipping=tuple(others), private=private)


def entries_of(method: Method, kind: str) -> list[Entry]:
    """The entries of content/personal of one kind: role, party, rule, contradiction."""
    entries = method.section("personal").values()
    return [entry for entry in entries if entry.get("kind") == kind]


def compact(text: str) -> str:
    """A header or word as compared here: no case, width, space, bracket or other mark.

    >>> compact("配送先_お名前（姓）"), compact("E-Mail Address")
    ('配送先お名前姓', 'emailaddress')
    """
    return re.sub(r"[\W_]+", "", word_form(text))


def _known(method: Method) -> _Known:
    parties, roles = entries_of(method, "party"), entries_of(method, "role")
    marks = {compact(mark): entry.id for entry in parties for mark in entry["marks"]}
    words = {
        compact(word): (entry.id, rank)
        for entry in roles
        for rank, word in enumerate(entry["aliases"])
    }
    return _Known(
        marks=dict(sorted(marks.items(), key=lambda item: (-len(item[0]), item[0]))),
        orders={
            entry.id.removeprefix("party_"): entry["order"] for entry in parties if "order" in entry
        },
        words=words,
        roles={entry.id: entry for entry in roles},
    )


def _understood(at: int, text: str, known: _Known) -> _Found | None:
    whole = compact(text)
    for party, rest in _readings(whole, known):
        for word, number in _numbered(rest):
            if word in known.words:
                role, rank = known.words[word]
                return _Found(at=at, role=role, party=party, rank=rank, number=number, word=word)
    return None


def _readings(whole: str, known: _Known) -> Iterator[tuple[str, str]]:
    """A header as a plain word, then with each party's mark taken off its head or end."""
    yield PLAIN, whole
    for mark, entry in known.marks.items():
        party = entry.removeprefix("party_")
        if whole.startswith(mark) and whole != mark:
            yield party, whole[len(mark) :]
        elif whole.endswith(mark) and whole != mark:
            yield party, whole[: -len(mark)]


def _numbered(word: str) -> Iterator[tuple[str, int]]:
    yield word, 0
    match = re.fullmatch(r"(.*?\D)0?([1-9])", word)
    if match:
        yield match[1], int(match[2])


def _settled(found: list[_Found], known: _Known) -> list[_Found]:
    """注文者名 is a given name beside 注文者姓 and a whole name without it."""
    present = {(item.party, item.role) for item in found}
    return [_alone(item, present, known) for item in found]


def _alone(item: _Found, present: set[tuple[str, str]], known: _Known) -> _Found:
    for name, entry in known.roles.items():
        if item.word not in map(compact, entry.get("alone", ())):
            continue
        if (item.party, entry["beside"]) not in present and item.party != PLAIN:
            return _Found(
                at=item.at,
                role=name,
                party=item.party,
                rank=len(entry["aliases"]),
                number=item.number,
                word=item.word,
            )
    return item


def _without_others(header: Sequence[str], found: list[_Found], known: _Known) -> Iterator[_Found]:
    """Leave out unmarked words that mean something else in this file (Shopify's Name)."""
    forms = {compact(text) for text in header}
    for item in found:
        beside = known.roles[item.role].get("not_beside", ())
        if item.party == PLAIN and any(compact(text) in forms for text in beside):
            continue
        yield item


def _grouped(found: list[_Found], known: _Known) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Columns of each role in the order of party, word and number, parts of one value together."""
    groups: dict[tuple[str, int, int, str], list[_Found]] = {}
    for item in found:
        key = (item.role, known.orders[item.party], item.rank, item.word)
        groups.setdefault(key, []).append(item)
    buyer: dict[str, list[tuple[int, ...]]] = {}
    for (role, *_), items in sorted(groups.items()):
        ordered = sorted(items, key=lambda item: item.number)
        buyer.setdefault(role, []).extend(_parts(ordered, known.roles[role]))
    return {role: tuple(buyer[role]) for role in known.roles if role in buyer}


def _parts(items: list[_Found], role: Entry) -> list[tuple[int, ...]]:
    numbers = [item.number for item in items]
    whole = "parts" in role and numbers == list(range(1, role["parts"] + 1))
    if whole or role.get("joined"):
        return [tuple(item.at for item in items)]
    return [(item.at,) for item in items]
