"""Equal histories counted once: nobody is lost, and order does not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.models.patterns import collapse, histories

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(4, 6), st.integers(0, 2)),
    min_size=1,
    max_size=40,
)


@given(ROWS, st.randoms())
def test_nobody_is_lost_and_order_does_not_matter(rows, random):
    rows = [(x, t_x if x else 0, T, weight) for x, t_x, T, weight in rows]
    made = collapse(histories(*np.array(rows, float).T))
    turned = list(rows)
    random.shuffle(turned)
    other = collapse(histories(*np.array(turned, float).T))
    for name in ("x", "t_x", "T", "weight"):
        assert getattr(made, name).tolist() == getattr(other, name).tolist()
    counted = {}
    for x, t_x, T, weight in rows:
        counted[x, t_x, T] = counted.get((x, t_x, T), 0) + weight
    found = zip(made.x, made.t_x, made.T, strict=True)
    assert dict(zip(found, made.weight, strict=True)) == {k: n for k, n in counted.items() if n}


def test_a_single_number_is_one_customer():
    assert histories(2, 3.0, 4.0).customers == 1


def test_the_first_fault_is_named_by_its_place():
    from toolkit.errors import UsageError

    with pytest.raises(UsageError) as caught:
        histories([1, 1, 1], [1, 9, 9], [5, 5, 5])
    assert caught.value.params == {"rule": "0 ≤ t_x ≤ T", "row": "1"}
