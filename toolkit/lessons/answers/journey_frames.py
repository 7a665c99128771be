"""Tables of the lesson on the journey map: steps, joints, people, events, months of contacts."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from toolkit import resources
from toolkit.frameworks.journey import JourneyMap
from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.journey_map"
STEP: Final = ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day")
JOINT: Final = ("from_actor", "from_tool", "to_actor", "to_tool", "to_mode", "minutes", "per_day")
EVENT: Final = ("case_id", "activity", "timestamp", "resource")
CONTACTS: Final = "work.contacts_per_100_orders"


def journey_of(firm: ClientFirm) -> JourneyMap | None:
    """The client's own flow; None where no step of it is known."""
    found = firm.objects().get("journey")
    return found if isinstance(found, JourneyMap) and found.steps else None


def glossed(name: object, book: Words) -> str | None:
    """A name of the shipped client's in the reader's language; any other name as it stands."""
    if not isinstance(name, str):
        return None
    key = _gloss().get(name)
    return name if key is None else book.text(f"{WORDS}.gloss.{key}")


def steps_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a step of the flow: whose it is, who does it, with what, how long and how often."""
    import pandas as pd

    journey = journey_of(firm)
    if journey is None:
        return None
    rows = [
        (
            step.no,
            glossed(step.name, book),
            step.side,
            glossed(step.actor, book),
            glossed(step.tool, book),
            step.mode,
            step.minutes,
            step.per_day,
        )
        for step in journey.steps or ()
    ]
    return _tidy(pd.DataFrame(rows, columns=list(STEP)), ("minutes", "per_day"))


def joints_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a joint into a step of the company: who and what before it, and who and what after."""
    import pandas as pd

    journey = journey_of(firm)
    if journey is None:
        return None
    rows = [
        (
            joint.key,
            glossed(joint.after.name, book),
            glossed(joint.before.actor, book),
            glossed(joint.before.tool, book),
            glossed(joint.after.actor, book),
            glossed(joint.after.tool, book),
            joint.after.mode,
            joint.after.minutes,
            joint.after.per_day,
        )
        for joint in journey.seams
    ]
    return _tidy(pd.DataFrame(rows, columns=["joint", "to_step", *JOINT]), ("minutes", "per_day"))


def typed_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row an item typed in by hand: at which step, and how often it was typed in before."""
    import pandas as pd

    journey = journey_of(firm)
    if journey is None:
        return None
    before: Counter[str] = Counter()
    rows = []
    for step in journey.steps or ():
        for item in step.entered:
            rows.append((step.no, glossed(step.name, book), glossed(item, book), before[item]))
            before[item] += 1
    return pd.DataFrame(rows, columns=["step_no", "step", "item", "typed_before"])


def people_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a person: minutes a day by hand, and working time as a share of full time."""
    import pandas as pd

    journey = journey_of(firm)
    if journey is None or not journey.minutes_by_actor:
        return None
    staff = journey.staff or {}
    rows = [
        (glossed(actor, book), minutes, staff.get(actor))
        for actor, minutes in journey.minutes_by_actor.items()
    ]
    return pd.DataFrame(rows, columns=["actor", "minutes", "full_time"])


def events_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row an event of a case, in the order in which they happened."""
    rows = firm.rows("events")
    if rows is None or rows.empty:
        return None
    kept = rows[[name for name in EVENT if name in rows]]
    frame = kept.sort_values(["case_id", "timestamp"], kind="stable").reset_index(drop=True)
    for name in ("activity", "resource"):
        if name in frame:
            frame[name] = [glossed(value, book) for value in frame[name]]
    return frame


def contacts_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a month: contacts and orders of the days that both tables speak for."""
    import pandas as pd

    fact = firm.diagnosis.facts.get(CONTACTS)
    contacts, orders = firm.rows("contacts"), firm.rows("orders")
    if fact is None or fact.period is None or contacts is None or orders is None:
        return None
    first, last = (pd.Timestamp(day) for day in fact.period)
    days = {
        "contacts": contacts["date"].dt.normalize(),
        "orders": orders.groupby("order_id")["order_date"].min().dt.normalize(),
        "lines": orders["order_date"].dt.normalize(),
    }
    inside = {name: day[(day >= first) & (day <= last)] for name, day in days.items()}
    made = pd.DataFrame(
        {name: day.groupby(day.dt.strftime("%Y-%m")).size() for name, day in inside.items()}
    )
    return made.fillna(0).astype(int).rename_axis("month").reset_index()


@cache
def _gloss() -> Mapping[str, str]:
    text = resources.content("lessons", "journey_map.toml").read_text("utf-8")
    found: Mapping[str, str] = tomllib.loads(text)["gloss"]
    return found


def _tidy(frame: pd.DataFrame, numbers: tuple[str, ...]) -> pd.DataFrame:
    """Figures as numbers, what is not known as a blank rather than the word None."""
    return frame.assign(**{name: frame[name].astype(float) for name in numbers}).fillna(
        {name: "" for name in frame.columns if name not in numbers}
    )
