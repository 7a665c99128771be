"""What holds of a column's texts, asked once for each distinct text."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    import pyarrow


def of_texts(
    cells: pyarrow.Array, holds: Callable[[str], bool], *, ascii_starts: str | None = None
) -> numpy.ndarray[Any, Any]:
    """In which rows something holds of a column's text.

    Args:
        cells: an Arrow array of strings.
        holds: asked once for each distinct text; null is asked as the empty text.
        ascii_starts: the letters and digits of ASCII a text may begin with for it to hold; texts
            that begin with others are not asked.
    """
    import numpy as np
    import pyarrow as pa

    answer = np.zeros(len(cells), dtype=bool)
    asked = np.arange(len(cells)) if ascii_starts is None else _beginning(cells, ascii_starts)
    if not len(asked):
        return answer
    texts = (cells.take(pa.array(asked)) if len(asked) < len(cells) else cells).fill_null("")
    coded = texts.dictionary_encode()
    known = np.array([holds(text) for text in coded.dictionary.to_pylist()], dtype=bool)
    answer[asked] = known[coded.indices.to_numpy(zero_copy_only=False)]
    return answer


def _beginning(cells: pyarrow.Array, starts: str) -> numpy.ndarray[Any, Any]:
    """Indexes of the texts that do not begin with an ASCII letter or digit outside ``starts``."""
    import numpy as np

    _, offsets, data = cells.buffers()
    if data is None or not len(cells):
        return np.arange(len(cells))
    ends = np.frombuffer(offsets, dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    letters = np.frombuffer(data, dtype=np.uint8)
    other = set(string.ascii_letters + string.digits) - set(starts)
    excluded = np.zeros(256, dtype=bool)
    excluded[[ord(letter) for letter in other]] = True
    first = letters[np.minimum(ends[:-1], len(letters) - 1)] if len(letters) else ends[:-1]
    return np.flatnonzero(~(excluded[first] & (ends[1:] > ends[:-1])))
