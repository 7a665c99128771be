"""Persons behind customer keys: which keys are one buyer, by fixed rules and without a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.intake.persons.evidence import Comparison, Evidence, gather
from toolkit.intake.persons.links import Pairs, joined, pairs_of
from toolkit.intake.persons.rows import FIELDS
from toolkit.intake.persons.rules import PersonRules, person_rules
from toolkit.method import Method

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

PAIR_COLUMNS = ("key_a", "key_b", "rule", "agreed", "contradicting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What came of matching; no value of a person is in it.

    Attributes:
        persons: one row a customer key, in the order of keys: ``key`` and ``person`` (from 1).
        links: pairs of keys taken for one person: ``key_a``, ``key_b``, ``rule``, ``agreed`` and
            ``contradicting`` (tuples of field names and of contradictions).
        held: pairs not joined that a consultant should see: the same columns and ``reason``, one
            of contradiction, mixed (a key stands for several people), chain (joining would bring
            together two that contradict) and weak.
        places: where each key was first seen: ``key``, ``file``, ``row``, one row for each file.
        rates: for each two files, the share of keys and of persons of one found in the other.
        counts: keys, persons, links, held, apart, crowds, ignored_values, guest_keys,
            guest_keys_of_members, guest_rows, member_rows.
    """

    persons: DataFrame
    links: DataFrame
    held: DataFrame
    places: DataFrame
    rates: DataFrame
    counts: Mapping[str, int]

    def representatives(self) -> dict[str, str]:
        """For each key the one that stands for its person: the first in the order of keys."""
        first = self.persons.groupby("person")["key"].transform("first")
        return dict(zip(self.persons["key"], first, strict=True))


def match_persons(rows: DataFrame, method: Method) -> Matches:
    """Find which customer keys are one person; the order of rows changes nothing.

    Args:
        rows: one row a row of a file: ``key`` (blank rows are left out), ``file``, ``row``,
            ``member`` (false for a guest), and the normal forms of ``person_rows``.
        method: whose rules are used.

    Raises:
        MethodError: a rule names what does not exist.
    """
    rules = person_rules(method)
    rows = rows[rows["key"].notna()].reset_index(drop=True)
    evidence = gather(rows, rules)
    pairs = pairs_of(evidence, rules)
    person, back = joined(evidence, pairs, rules)
    links = _told(pairs.linked[~back], evidence, rules)
    held = _held(pairs, back, person, evidence, rules)
    persons = _persons(evidence, person)
    places = _places(rows)
    return Matches(
        persons=persons,
        links=links,
        held=held,
        places=places,
        rates=_rates(places, persons),
        counts={
            "keys": len(persons),
            "persons": int(persons["person"].nunique()),
            "links": len(links),
            "held": len(held),
            "apart": pairs.apart,
            "crowds": pairs.crowds,
            "ignored_values": evidence.ignored,
            **_guests(rows, persons),
        },
    )


def _persons(evidence: Evidence, person: Numbers) -> DataFrame:
    import pandas as pd

    numbers, _ = pd.factorize(person)
    return pd.DataFrame({"key": evidence.keys, "person": numbers + 1})


def _held(
    pairs: Pairs, back: Any, person: Numbers, evidence: Evidence, rules: PersonRules
) -> DataFrame:
    """Pairs for the review: chains first, then the rest, without those joined another way."""
    import pandas as pd

    chains = pairs.linked[back].assign(reason="chain")
    held = pd.concat([chains, pairs.held], ignore_index=True)
    held = held[person[held["a"].to_numpy()] != person[held["b"].to_numpy()]]
    told = _told(held, evidence, rules)
    return told.assign(reason=held["reason"].to_numpy())


def _told(pairs: DataFrame, evidence: Evidence, rules: PersonRules) -> DataFrame:
    """Pairs by their keys, with the rule's name, the fields that agree and what contradicts."""
    import pandas as pd

    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    names = [rule.id for rule in rules.rules]
    both = Comparison(evidence=evidence, a=a, b=b)
    agreed = {field: both.agrees(field) for field in FIELDS if field != "mobile"}
    against = {item.id: both.contradicts(item) for item in rules.contradictions}
    return pd.DataFrame(
        {
            "key_a": evidence.keys[a],
            "key_b": evidence.keys[b],
            "rule": [names[number] for number in pairs["rule"]],
            "agreed": _listed(agreed, len(pairs)),
            "contradicting": _listed(against, len(pairs)),
        },
        columns=list(PAIR_COLUMNS),
    )


def _listed(flags: Mapping[str, Any], size: int) -> list[tuple[str, ...]]:
    """The names whose flag is set, for each pair; each set of flags is named once."""
    code = sum((flag.astype(int) << place for place, flag in enumerate(flags.values())), 0)
    codes = code.tolist() if size else []
    names = {
        number: tuple(name for place, name in enumerate(flags) if number >> place & 1)
        for number in set(codes)
    }
    return [names[number] for number in codes]


def _places(rows: DataFrame) -> DataFrame:
    """The first row of each key in each file."""
    first = rows[["key", "file", "row"]].sort_values(["key", "file", "row"])
    return first.drop_duplicates(["key", "file"]).reset_index(drop=True)


def _rates(places: DataFrame, persons: DataFrame) -> DataFrame:
    """How many keys and persons of one file are in another, for each two files."""
    import pandas as pd

    found = places.merge(persons, on="key")
    files = {
        str(name): (set(part["key"]), set(part["person"]))
        for name, part in found.groupby("file", sort=True)
    }
    rows = [
        _rate(one, other, files[one], files[other])
        for one in files
        for other in files
        if one != other
    ]
    columns = ["file", "other", "keys", "keys_found", "key_share"]
    return pd.DataFrame(rows, columns=[*columns, "persons", "persons_found", "person_share"])


def _rate(
    one: str, other: str, mine: tuple[set[str], set[int]], theirs: tuple[set[str], set[int]]
) -> tuple[Any, ...]:
    keys, persons = len(mine[0] & theirs[0]), len(mine[1] & theirs[1])
    mine_k, mine_p = len(mine[0]), len(mine[1])
    return (one, other, mine_k, keys, keys / mine_k, mine_p, persons, persons / mine_p)


def _guests(rows: DataFrame, persons: DataFrame) -> dict[str, int]:
    """Rows and keys of guests, and how many of those keys are a member's person."""
    member = rows["member"].astype(bool)
    is_member = member.groupby(rows["key"]).any().to_numpy()  # in the order of keys, as persons
    of_members = persons["person"].isin(persons["person"][is_member])
    return {
        "member_rows": int(member.sum()),
        "guest_rows": int((~member).sum()),
        "guest_keys": int((~is_member).sum()),
        "guest_keys_of_members": int((~is_member & of_members).sum()),
    }
