"""Before the sale: what comes first, the four links, referral."""

from __future__ import annotations

import pytest

from toolkit.frameworks import ToBLifecycle
from toolkit.frameworks.pre_sale import LINKS, ORDER, broken_link, skipped


@pytest.mark.parametrize(
    ("states", "first"),
    [
        (("yes", "yes", "yes"), None),
        (("no", "yes", "yes"), "positioning"),
        (("yes", "no", "partly"), "promotion_plan"),
        (("no", "no", "yes"), "positioning"),
        (("no", "no", "no"), None),
        (("yes", "yes", "no"), None),
    ],
)
def test_what_was_skipped(states, first):
    order = dict(zip(ORDER, states, strict=True))
    assert skipped(order) == first
    rows = [
        row.value for row in ToBLifecycle(reach_order=order).rows() if row.part == "reach_skipped"
    ]
    assert rows == ([first] if first else [])


def test_the_first_of_four_links_nobody_looks_after():
    assert LINKS == ("reach", "awareness", "talk", "purchase")
    assert broken_link({"talk": "no", "awareness": "no", "renew": "no"}) == "awareness"
    assert broken_link({"renew": "no"}) is None
    rows = ToBLifecycle(assignees={"talk": "no"}).rows()
    assert [row.value for row in rows if row.part == "pre_sale_gap"] == ["talk"]
