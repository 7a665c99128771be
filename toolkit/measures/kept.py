"""What several measures read is made once for a client and kept with its summaries."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

P = ParamSpec("P")
T = TypeVar("T")


def kept(make: Callable[Concatenate[Summaries, P], T]) -> Callable[Concatenate[Summaries, P], T]:
    """Make a thing of a client at the first call; later ones with equal arguments get it again.

    Arguments beside the summaries are hashable. Frames are handed out as shallow copies, so that
    whoever sets a column sets it in his own; whatever else is made must be left as it is.
    """

    @wraps(make)
    def again(s: Summaries, /, *args: P.args, **named: P.kwargs) -> T:
        key = (make.__module__, make.__qualname__, args, *named.items())
        if key not in s.kept:
            s.kept[key] = make(s, *args, **named)
        found: T = _own(s.kept[key])
        return found

    return again


def _own(found: Any) -> Any:
    """A frame, alone or in a tuple, as a copy that shares its columns until one is set."""
    import pandas as pd

    if isinstance(found, pd.DataFrame):
        return found.copy(deep=False)
    return tuple(map(_own, found)) if type(found) is tuple else found
