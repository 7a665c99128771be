"""The event log in its order: by case, then time, then place in the file (イベントログ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.measures.months import day_of, period
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats

    Codes = NDArray[numpy.int64]

UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLog:
    """Events in their order, one entry each; names stand as codes into the lists of names.

    ``case``, ``activity`` and ``resource`` are codes, ``resource`` −1 where it is not known;
    ``day`` is the day number with its fraction; ``before`` the place of the same activity before
    it in its case, −1 at the first; ``starts`` the place of each case's first event.
    ``files`` and ``rows`` say where that first event stands.
    """

    case: Codes
    activity: Codes
    resource: Codes
    day: Floats
    before: Codes
    starts: Codes
    cases: tuple[str, ...]
    activities: tuple[str, ...]
    resources: tuple[str, ...]
    files: tuple[str, ...]
    rows: Codes

    @property
    def period(self) -> tuple[str, str]:
        """From the day of the first event to the day of the last."""
        return period(day_of(float(self.day.min())), day_of(float(self.day.max())))

    @property
    def ends(self) -> Codes:
        """The place of each case's last event."""
        import numpy as np

        return np.append(self.starts[1:], len(self.case)) - 1

    @property
    def goes_on(self) -> NDArray[numpy.bool_]:
        """For each event but the last, whether the next one is of the same case."""
        import numpy as np

        same: NDArray[numpy.bool_] = np.diff(self.case) == 0
        return same

    def per_case(self, values: NDArray[Any]) -> Floats:
        """Sum of a value of each event, by case."""
        import numpy as np

        weights = values.astype(float)
        sums: Floats = np.bincount(self.case, weights=weights, minlength=len(self.cases)).astype(
            float
        )
        return sums


def event_log(frame: pandas.DataFrame | None) -> EventLog | None:
    """The log of a table of events; None where nothing was delivered.

    Raises:
        KeyError: a column that every event log has is missing.
    """
    import numpy as np
    import pandas as pd

    if frame is None or frame.empty:
        return None
    cases, case_names = pd.factorize(frame["case_id"], sort=True)
    day, files = day_numbers(frame["timestamp"]), pd.factorize(frame["_file"], sort=True)
    order = np.lexsort((frame["_row"].to_numpy(), files[0], day, cases))
    activities, activity_names = pd.factorize(frame["activity"], sort=True)
    resources, resource_names = _resources(frame)
    case, activity = cases[order], activities[order]
    starts = np.flatnonzero(np.diff(case, prepend=UNKNOWN))
    first = order[starts]
    return EventLog(
        case=case,
        activity=activity,
        resource=resources[order],
        day=day[order],
        before=_before(case * len(activity_names) + activity),
        starts=starts,
        cases=tuple(map(str, case_names)),
        activities=tuple(map(str, activity_names)),
        resources=resource_names,
        files=tuple(frame["_file"].iloc[first]),
        rows=frame["_row"].to_numpy()[first],
    )


def _before(what: Codes) -> Codes:
    """For each entry the place of the one before it that is equal; −1 at the first."""
    import numpy as np

    order = np.argsort(what, kind="stable")
    again = np.flatnonzero(np.diff(what[order]) == 0)
    places = np.full(len(what), UNKNOWN)
    places[order[again + 1]] = order[again]
    return places


def _resources(frame: pandas.DataFrame) -> tuple[Codes, tuple[str, ...]]:
    import numpy as np
    import pandas as pd

    if "resource" not in frame:
        return np.full(len(frame), UNKNOWN), ()
    codes, names = pd.factorize(frame["resource"], sort=True)
    return codes, tuple(map(str, names))
