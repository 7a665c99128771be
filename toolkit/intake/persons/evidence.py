"""What speaks for and against two customer keys being one person, for many pairs at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from toolkit.intake.persons.rows import FIELDS
from toolkit.intake.persons.rules import Contradiction, PersonRules

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame, Series

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

LONGEST_FAMILY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Every key's values by field, as numbers that are equal where the values are.

    ``keys`` are sorted; a key is known by its place in them. ``values`` has the columns key and
    value, each pair once; ``first`` is one value of each key (-1 for none) and ``many`` marks keys
    with several. ``mixed`` marks keys whose own rows contradict each other. ``ignored`` counts
    values left out because too many names share them.
    """

    keys: Numbers
    values: Mapping[str, DataFrame]
    first: Mapping[str, Numbers]
    many: Mapping[str, Flags]
    mixed: Flags
    ignored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Pairs of keys (``a`` and ``b``, by their places) against each other, field by field."""

    evidence: Evidence
    a: Numbers
    b: Numbers
    known: dict[str, Flags] = dataclass_field(default_factory=dict)

    def comparable(self, field: str) -> Flags:
        """Whether both keys of each pair have a value of a field."""
        first = self.evidence.first[field]
        told: Flags = (first[self.a] >= 0) & (first[self.b] >= 0)
        return told

    def agrees(self, field: str) -> Flags:
        """Whether both keys of each pair have a value in common."""
        if field not in self.known:
            self.known[field] = self._agrees(field)
        return self.known[field]

    def differs(self, field: str) -> Flags:
        """Whether both keys of each pair have values and none in common."""
        return self.comparable(field) & ~self.agrees(field)

    def contradicts(self, item: Contradiction) -> Flags:
        """Whether the keys of each pair contradict each other."""
        return self.against(item) > 0

    def against(self, item: Contradiction) -> Numbers:
        """In how many fields of a contradiction the keys differ; 0 where one of them agrees."""
        count, told = self._counted(item.fields)
        if item.instead:
            other, _ = self._counted(item.instead)
            count += (~told) * other
        return count

    def _counted(self, fields: tuple[str, ...]) -> tuple[Numbers, Flags]:
        import numpy as np

        count = np.zeros(len(self.a), dtype=np.int64)
        told, agreed = np.zeros(len(self.a), dtype=bool), np.zeros(len(self.a), dtype=bool)
        for field in fields:
            count += self.differs(field)
            told |= self.comparable(field)
            agreed |= self.agrees(field)
        return count * ~agreed, told

    def _agrees(self, field: str) -> Flags:
        import numpy as np
        import pandas as pd

        a, b = self.a, self.b
        first, many = self.evidence.first[field], self.evidence.many[field]
        both = self.comparable(field)
        equal: Flags = both & (first[a] == first[b])
        several = np.flatnonzero(both & ~equal & (many[a] | many[b]))
        if len(several):
            values = self.evidence.values[field]
            left = pd.DataFrame({"pair": several, "key": a[several]}).merge(values, on="key")
            right = pd.DataFrame({"pair": several, "key": b[several]}).merge(values, on="key")
            equal[left.merge(right, on=["pair", "value"])["pair"].to_numpy()] = True
        return equal


def gather(rows: DataFrame, rules: PersonRules) -> Evidence:
    """The values of each key from rows of normal forms (``key`` and ``FIELDS``)."""
    import numpy as np
    import pandas as pd

    rows = rows[rows["key"].notna()]
    codes, keys = pd.factorize(rows["key"].to_numpy(), sort=True)
    names = _full_names(rows)
    who = names["name"].fillna(rows["kana"]).fillna(rows["latin"]).fillna(rows["key"])
    cells: dict[str, Numbers] = {}
    values: dict[str, DataFrame] = {}
    first: dict[str, Numbers] = {}
    many: dict[str, Flags] = {}
    ignored = 0
    for field in FIELDS:
        column = names.get(field, rows[field])
        if field in rules.most_names:
            common = _common(column, who, rules.most_names[field])
            ignored += len(common) if field != "mobile" else 0
            column = column.where(~column.isin(common)) if common else column
        cells[field], _ = pd.factorize(column.to_numpy())
        there = cells[field] >= 0
        pairs = pd.DataFrame({"key": codes[there], "value": cells[field][there]}).drop_duplicates()
        values[field] = pairs
        first[field] = np.full(len(keys), -1, dtype=np.int64)
        first[field][pairs["key"].to_numpy()] = pairs["value"].to_numpy()
        many[field] = np.bincount(pairs["key"].to_numpy(), minlength=len(keys)) > 1
    mixed = np.zeros(len(keys), dtype=bool)
    for item in rules.contradictions:
        if item.apart:
            mixed |= _mixed(codes, cells, item, len(keys))
    return Evidence(keys=keys, values=values, first=first, many=many, mixed=mixed, ignored=ignored)


def _mixed(codes: Numbers, cells: Mapping[str, Numbers], item: Contradiction, size: int) -> Flags:
    """Keys whose own rows contradict each other.

    Values that stand in one row are one (花子 and ハナコ), and so are two spellings of one sound;
    a key is mixed if values of one field are left that nothing joins.
    """
    import numpy as np

    told = np.zeros(size, dtype=bool)
    for field in item.fields:
        told[codes[cells[field] >= 0]] = True
    mixed = _several(codes, [cells[field] for field in item.fields], size)
    if item.instead:
        mixed |= ~told & _several(codes, [cells[field] for field in item.instead], size)
    return mixed


def _several(codes: Numbers, columns: list[Numbers], size: int) -> Flags:
    """Keys in which a field has values that no row and no other field brings together."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    several = np.zeros(size, dtype=bool)
    places, count = _nodes(codes, columns)
    graph = coo_matrix((count, count), dtype=bool)
    for place in places[1:]:
        for other in places:
            both = (place >= 0) & (other >= 0)
            ends = (place[both], other[both])
            graph += coo_matrix((np.ones(both.sum(), dtype=bool), ends), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    for place in places:
        there = place >= 0
        parts = np.unique(np.stack([codes[there], part[place[there]]]), axis=1)
        several |= np.bincount(parts[0], minlength=size) > 1
    return several


def _nodes(codes: Numbers, columns: list[Numbers]) -> tuple[list[Numbers], int]:
    """A number for each value of each field of each key, row by row; -1 where there is none."""
    import pandas as pd

    places = []
    count = 0
    for cells in columns:
        node, known = pd.factorize(codes * (cells.max(initial=0) + 1) + cells)
        node[cells < 0] = -1
        places.append(node + count * (node >= 0))
        count += len(known)
    return places, count


def _common(column: Series, who: Series, most: int) -> list[str]:
    """Values that stand with more different names than one person or family has."""
    there = column.notna()
    names = who[there].groupby(column[there].to_numpy()).nunique()
    return list(names.index[names > most])


def _full_names(rows: DataFrame) -> dict[str, Series]:
    """Names told apart by the family names that other rows show: 田中太郎 is 田中 and 太郎.

    What is a family name alone is no name of a person.
    """
    import pandas as pd

    families = set(rows["family"].dropna())
    open_ = rows["given"].isna() & rows["name"].notna()
    names = list(dict.fromkeys(rows["name"][open_]))
    split = {name: _split(name, families) for name in names}
    found = rows["name"].where(open_).map(split)
    given = rows["given"].fillna(found.map(lambda pair: pair[1], na_action="ignore"))
    family = rows["family"].fillna(found.map(lambda pair: pair[0], na_action="ignore"))
    only = [name for name in names if name in families]
    name = rows["name"].where(~(open_ & rows["name"].isin(only)))
    blank = pd.Series(None, index=rows.index, dtype=object)
    return {
        "name": name.astype(object),
        "given": given.astype(object).where(given.notna(), blank),
        "family": family.astype(object).where(family.notna(), blank),
    }


def _split(name: str, families: set[str]) -> tuple[str | None, str | None]:
    """The longest known family name at the head of a name, and what follows it."""
    for length in range(min(len(name) - 1, LONGEST_FAMILY), 0, -1):
        if name[:length] in families:
            return name[:length], name[length:]
    return None, None
