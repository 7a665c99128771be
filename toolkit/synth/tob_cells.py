"""Cells of a table that nobody filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def filled(values: ArrayLike, where: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Values as objects, None where they were not written down.

    >>> import numpy as np
    >>> filled(["a", "b"], np.array([True, False])).tolist()
    ['a', None]
    """
    import numpy as np

    made = np.array(values, dtype=object)
    made[~where] = None
    return made
