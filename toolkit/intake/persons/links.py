"""Pairs of customer keys that agree on a rule, and the persons they make without contradiction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.intake.persons.evidence import Comparison, Evidence
from toolkit.intake.persons.rules import Contradiction, PersonRules

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

CLEARLY_APART = 2  # fields: kanji and kana of the given name, or one of them and the birthday


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of keys (``a`` before ``b``, as places) with the rule of each, strongest first.

    ``linked`` join; ``held`` have a ``reason`` (contradiction, mixed, weak, chain) and do not;
    ``apart`` counts pairs that contradict in so much that nobody need look at them; ``crowds``
    counts sets of values on which too many keys agreed.
    """

    linked: DataFrame
    held: DataFrame
    apart: int
    crowds: int


def pairs_of(evidence: Evidence, rules: PersonRules) -> Pairs:
    """Every pair that agrees on a rule, and whether it may join."""
    import numpy as np

    found, crowds = _candidates(evidence, rules)
    a, b = found["a"].to_numpy(), found["b"].to_numpy()
    pairs = Comparison(evidence=evidence, a=a, b=b)
    against = {item.id: pairs.contradicts(item) for item in rules.contradictions}
    number = found["rule"].to_numpy()
    stopped = np.zeros(len(found), dtype=bool)
    for place, rule in enumerate(rules.rules):
        for name in rule.unless:
            stopped |= (number == place) & against[name]
    strength = np.array([rule.strength for rule in rules.rules], dtype=np.int64)
    crossed = evidence.mixed[a] | evidence.mixed[b]
    found["reason"] = np.select(
        [stopped, crossed, strength[number] == 0], ["contradiction", "mixed", "weak"], default=""
    )
    apart = [pairs.against(item) for item in rules.contradictions if item.apart]
    found["against"] = np.sum(apart, axis=0, dtype=np.int64) if apart else 0
    return _sorted_out(found, crowds)


def _sorted_out(found: DataFrame, crowds: int) -> Pairs:
    """One row a pair: linked by its strongest rule that holds, else held by its strongest."""
    linked = found[found["reason"] == ""].drop_duplicates(["a", "b"])
    rest = found[found["reason"] != ""].drop_duplicates(["a", "b"])
    known = linked[["a", "b"]].assign(_known=True)
    rest = rest.merge(known, on=["a", "b"], how="left")
    rest = rest[rest["_known"].isna()].drop(columns="_known")
    clear = rest["against"] >= CLEARLY_APART
    return Pairs(
        linked=linked.reset_index(drop=True),
        held=rest[~clear].reset_index(drop=True),
        apart=int(clear.sum()),
        crowds=crowds,
    )


def _candidates(evidence: Evidence, rules: PersonRules) -> tuple[DataFrame, int]:
    """Pairs that agree on each way of each rule, strongest rule first, in the order of keys."""
    import pandas as pd

    shared = {
        field: table[table.duplicated("value", keep=False)].rename(columns={"value": field})
        for field, table in evidence.values.items()
    }
    frames = [pd.DataFrame({"a": [], "b": [], "rule": []}, dtype="int64")]
    crowds = 0
    for place, rule in enumerate(rules.rules):
        for way in rule.ways:
            if any(shared[field].empty for field in way):
                continue
            block, crowded = _block(shared, way, rules.largest_block)
            crowds += crowded
            if not block.empty:
                frames.append(_pairs_in(block).assign(rule=place))
    found = pd.concat(frames, ignore_index=True).drop_duplicates()
    return found.sort_values(["rule", "a", "b"], ignore_index=True), crowds


def _block(
    shared: Mapping[str, DataFrame], way: tuple[str, ...], largest: int
) -> tuple[DataFrame, int]:
    """Keys that share their values in all fields of a way, numbered by what they share."""
    head, *tail = way
    table = shared[head]
    for field in tail:
        table = table.merge(shared[field], on="key")
    table = table[table.duplicated(list(way), keep=False)]
    block = table.groupby(list(way), sort=False).ngroup()
    size = block.groupby(block).transform("size")
    crowded = int(block[size > largest].nunique())
    kept = size <= largest
    return table.loc[kept, ["key"]].assign(block=block[kept]), crowded


def _pairs_in(block: DataFrame) -> DataFrame:
    pairs = block.merge(block, on="block", suffixes=("_a", "_b"))
    pairs = pairs[pairs["key_a"] < pairs["key_b"]]
    return pairs[["key_a", "key_b"]].set_axis(["a", "b"], axis=1)


def joined(evidence: Evidence, pairs: Pairs, rules: PersonRules) -> tuple[Numbers, Any]:
    """Persons by joining pairs, the strongest rules first.

    Where pairs of one strength would bring together keys that contradict each other, none of the
    pairs that would do so joins: which of them is right is for a person to say.

    Returns:
        The number of each key's person, and which linked pairs were held back after all.
    """
    import numpy as np

    strength = np.array([rule.strength for rule in rules.rules], dtype=np.int64)
    linked = strength[pairs.linked["rule"].to_numpy()]
    a, b = pairs.linked["a"].to_numpy(), pairs.linked["b"].to_numpy()
    person = np.arange(len(evidence.keys))
    held = np.zeros(len(linked), dtype=bool)
    for level in sorted(set(linked.tolist()), reverse=True):
        at = np.flatnonzero((linked == level) & (person[a] != person[b]))
        if not len(at):
            continue
        together = _together(person, a[at], b[at])
        names = {name for rule in rules.rules if rule.strength == level for name in rule.unless}
        items = [c for c in rules.contradictions if c.apart or c.id in names]
        bad = _impossible(evidence, (items, rules.largest_person), person, together)
        held[at] = np.isin(together[a[at]], bad)
        person = np.where(np.isin(together, bad), person, together)
    return person, held & (person[a] != person[b])


def _together(person: Numbers, a: Numbers, b: Numbers) -> Numbers:
    """Persons after joining; each is called by the first of those it was made of."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = len(person)
    edges = coo_matrix((np.ones(len(a)), (person[a], person[b])), shape=(size, size))
    _, part = connected_components(edges, directed=False)
    first = np.full(part.max() + 1, size)
    np.minimum.at(first, part, np.arange(size))
    return np.asarray(first[part][person], dtype=np.int64)


def _impossible(
    evidence: Evidence,
    limits: tuple[list[Contradiction], int],
    person: Numbers,
    together: Numbers,
) -> Numbers:
    """New persons that are too large, or in which two former ones contradict each other."""
    import numpy as np
    import pandas as pd

    items, largest = limits
    size = np.bincount(together, minlength=len(person))
    grown = np.unique(together[together != person])
    large = grown[size[grown] > largest]
    inside = np.flatnonzero(np.isin(together, np.setdiff1d(grown, large)))
    table = pd.DataFrame({"key": inside, "person": together[inside], "old": person[inside]})
    pairs = table.merge(table, on="person", suffixes=("_a", "_b"))
    pairs = pairs[(pairs["key_a"] < pairs["key_b"]) & (pairs["old_a"] != pairs["old_b"])]
    both = Comparison(evidence=evidence, a=pairs["key_a"].to_numpy(), b=pairs["key_b"].to_numpy())
    against = np.zeros(len(pairs), dtype=bool)
    for item in items:
        against |= both.contradicts(item)
    return np.unique(np.concatenate([large, pairs["person"].to_numpy()[against]]))
