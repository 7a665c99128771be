"""Customers of several keys counted as one person, before a person's data is dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.intake.persons.people import KEY, people_of, person_notes
from toolkit.intake.persons.persons import Matches, match_persons
from toolkit.intake.rows.working import Working
from toolkit.intake.setting import Setting

MATCH = "match"


def match_customers(works: Sequence[Working], setting: Setting) -> Matches | None:
    """Give every customer the key of its person, where files of carts ask for it.

    A key that was joined to another is replaced in every file, so that tables still meet.

    Returns:
        What was matched and what was held back, without any value of a person; None where no
        file asks for it.
    """
    import pandas as pd

    asking = {
        at: people
        for at, work in enumerate(works)
        if work.rules.persons == MATCH and (people := people_of(work, setting)) is not None
    }
    if not asking:
        return None
    matches = match_persons(pd.concat(asking.values(), ignore_index=True), setting.method)
    chosen = matches.representatives()
    for work in works:
        if KEY in work.columns:
            _choose(work, chosen)
    works[min(asking)].notes += person_notes(matches)
    return matches


def _choose(work: Working, chosen: Mapping[str, str]) -> None:
    import pyarrow as pa

    coded = work.columns[KEY].dictionary_encode()
    before = coded.dictionary.to_pylist()
    after = [chosen.get(key, key) for key in before]
    if after != before:
        work.own_keys = work.columns[KEY]
        work.columns[KEY] = pa.array(after, pa.string()).take(coded.indices)
