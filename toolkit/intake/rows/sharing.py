"""Live rows that share a key or are wholly equal, found without looking at every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.rows.working import Working

if TYPE_CHECKING:
    import numpy
    import pyarrow

Cell = tuple[Working, int]


def shared(works: Sequence[Working], columns: Sequence[str]) -> list[list[Cell]]:
    """Groups of live rows with equal values in some columns, in the order of their first rows.

    Files that have other ones of these columns share nothing; a row alone is no group.
    """
    own = [tuple(name for name in columns if name in work.columns) for work in works]
    groups: list[list[Cell]] = []
    for names in dict.fromkeys(own):
        alike = [work for work, other in zip(works, own, strict=True) if other == names]
        if names and not surely_distinct(alike, names):
            groups += _groups(alike, names)
    return groups


def any_shared(works: Sequence[Working], column: str) -> bool:
    """Whether any value of a column stands in two live rows."""
    import pandas as pd

    if surely_distinct(works, (column,)):
        return False
    values = [work.values(column).to_pandas() for work in works if column in work.columns]
    return bool(values) and bool(pd.concat(values).duplicated().any())


def _groups(works: Sequence[Working], names: Sequence[str]) -> list[list[Cell]]:
    import numpy as np
    import pandas as pd

    rows: list[Any] = [work.live() for work in works]
    files = np.repeat(np.arange(len(works)), [len(live) for live in rows])
    keys = pd.concat(
        [pd.DataFrame({name: work.values(name).to_pandas() for name in names}) for work in works],
        ignore_index=True,
    )
    twice = keys.duplicated(keep=False).to_numpy()
    files, places = files[twice], np.concatenate(rows)[twice]
    numbers = keys[twice].groupby(list(names), sort=False, dropna=False).ngroup()
    groups: dict[int, list[Cell]] = {}
    for number, file, place in zip(numbers.tolist(), files.tolist(), places.tolist(), strict=True):
        groups.setdefault(number, []).append((works[file], place))
    return list(groups.values())


def surely_distinct(works: Sequence[Working], names: Sequence[str]) -> bool:
    """Whether one file's one key only rises or only falls, as numbers in an export mostly do."""
    import numpy as np

    if len(works) != 1 or len(names) != 1 or names[0] not in works[0].columns:
        return not works
    texts = _of_one_width(works[0].values(names[0]))
    if texts is None:
        return False
    return bool(np.all(texts[1:] > texts[:-1]) or np.all(texts[1:] < texts[:-1]))


def _of_one_width(keys: pyarrow.Array) -> numpy.ndarray[Any, Any] | None:
    """Texts of one length as one numpy array of bytes; None for any others."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_string(keys.type) or keys.null_count or not len(keys):
        return None
    lengths = pc.min_max(pc.binary_length(keys)).as_py()
    width = lengths["min"]
    if width != lengths["max"] or not width:
        return None
    _, offsets, data = keys.buffers()
    start = int(np.frombuffer(offsets, dtype=np.int32)[keys.offset])
    letters = np.frombuffer(data, dtype=np.uint8)[start : start + width * len(keys)]
    return letters.view(f"S{width}")


def equal_rows(works: Sequence[Working]) -> Iterator[Cell]:
    """Live rows of which another one is equal in every cell, by file and row."""
    import numpy as np

    for header in dict.fromkeys(work.grid.header for work in works):
        alike = [work for work in works if work.grid.header == header]
        live: list[Any] = [work.live() for work in alike]
        hashes = [_hashes(work, rows) for work, rows in zip(alike, live, strict=True)]
        _, inverse, counts = np.unique(
            np.concatenate(hashes), return_inverse=True, return_counts=True
        )
        twice = counts[inverse] > 1
        start = 0
        for work, rows in zip(alike, live, strict=True):
            for index in rows[twice[start : start + len(rows)]]:
                yield work, int(index)
            start += len(rows)


def records_at(work: Working, indexes: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows of a file as text."""
    import pyarrow as pa

    at = pa.array(indexes, pa.int64())
    columns = [work.grid.text(place).take(at).to_pylist() for place in range(len(work.grid.header))]
    return list(zip(*columns, strict=True)) if indexes else []


def _hashes(work: Working, rows: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """A number for each row that equal rows share."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    total = np.zeros(len(rows), dtype=np.uint64)
    for place in range(len(work.grid.header)):
        coded = work.grid.text(place).take(pa.array(rows)).dictionary_encode()
        texts = coded.dictionary.to_numpy(zero_copy_only=False).astype(object)
        numbers = pd.util.hash_array(texts, categorize=False)
        with np.errstate(over="ignore"):
            total = total * np.uint64(1_000_003) + numbers[coded.indices.to_numpy()]
    return total
