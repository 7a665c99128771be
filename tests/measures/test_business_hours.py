"""Hours of business between two moments, by hand."""

from datetime import datetime

import numpy as np
import pytest

from toolkit.measures.business_hours import BusinessHours

OPEN = BusinessHours(opens=9, closes=18)


def moment(text):
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds() / 86_400


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2025-03-03 10:00", "2025-03-03 15:30", 5.5),  # one Monday
        ("2025-03-03 17:00", "2025-03-04 10:00", 2.0),  # one hour before closing, one after opening
        ("2025-03-03 20:00", "2025-03-04 09:00", 0.0),  # after closing until opening
        ("2025-03-07 17:00", "2025-03-10 10:00", 2.0),  # Friday to Monday
        ("2025-03-08 12:00", "2025-03-09 12:00", 0.0),  # within a weekend
        ("2025-03-03 09:00", "2025-03-10 09:00", 45.0),  # a whole week
        ("2025-03-03 07:00", "2025-03-03 23:00", 9.0),  # a whole day, however early and late
    ],
)
def test_between(start, end, hours):
    found = OPEN.between(np.array([moment(start)]), np.array([moment(end)]))
    assert found == pytest.approx([hours])


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2025-03-03", "2025-03-03", 0.0),
        ("2025-03-03", "2025-03-05", 18.0),
        ("2025-03-07", "2025-03-10", 9.0),  # Friday to Monday is one working day
        ("2025-03-08", "2025-03-10", 0.0),  # what is ordered on Saturday is Monday's work
    ],
)
def test_of_days(start, end, hours):
    found = OPEN.of_days(np.array([moment(start)]), np.array([moment(end)]))
    assert list(found) == [hours]


def test_other_hours():
    late = BusinessHours(opens=11, closes=20)
    found = late.between(
        np.array([moment("2025-03-03 19:00")]), np.array([moment("2025-03-04 12:00")])
    )
    assert found == pytest.approx([2.0])
