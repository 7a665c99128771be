"""Rows behind complaints and the event log: one per complaint or return, one per case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.causes import RETURN
from toolkit.measures.contacts import COMPLAINT
from toolkit.measures.months import EPOCH

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.event_log import EventLog
    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries


def work_evidence(s: Summaries) -> dict[str, pandas.DataFrame | None]:
    """Frames of contacts and events; what a person wrote stays in the file, its row named."""
    return {"contacts": _complaints(s), "events": None if s.log is None else _cases(s.log)}


def _complaints(s: Summaries) -> pandas.DataFrame | None:
    if not s.has("contacts", "type"):
        return None
    frame = s.tables["contacts"]
    found = frame[frame["type"].isin([COMPLAINT, RETURN])]
    places = {"_file": "file", "_row": "row"}
    made = found.rename(columns=places).assign(date=found["date"].dt.strftime("%Y-%m-%d"))
    wanted = ("contact_id", "date", "type", "to_development", "file", "row")
    columns = [name for name in wanted if name in made]
    made = made[columns].sort_values(["date", "file", "row"], ascending=[False, True, True])
    return made.reset_index(drop=True)


def _cases(log: EventLog) -> pandas.DataFrame:
    """Cases, those with most activities done again first."""
    import pandas as pd

    made = pd.DataFrame(
        {
            "case_id": log.cases,
            "first_event": _dates(log.day[log.starts]),
            "days": log.day[log.ends] - log.day[log.starts],
            "events": log.ends - log.starts + 1,
            "repeats": log.per_case(log.before >= 0).astype(int),
            "file": log.files,
            "row": log.rows,
        }
    )
    ordered = made.sort_values(["repeats", "case_id"], ascending=[False, True], kind="stable")
    return ordered.reset_index(drop=True)


def _dates(days: Floats) -> pandas.Series[str]:
    """Day numbers as ISO dates in text."""
    import pandas as pd

    dates = pd.to_datetime(pd.Series(days) // 1, unit="D", origin=pd.Timestamp(EPOCH))
    return dates.dt.strftime("%Y-%m-%d")
