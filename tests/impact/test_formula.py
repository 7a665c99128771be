"""Formulas of amounts: products by hand, their sum equal to what the tree gains."""

import pytest

from toolkit.impact.formula import formula, total
from toolkit.impact.tree import Factor, Term, Tree

BASE = {"rate": 0.2, "visits": 500.0, "aov": 8000.0, "margin": 0.4, "carriage": 600.0}


def tree(*terms):
    nodes = {}
    for term in terms:
        nodes.setdefault(term.to, []).append(term)
    return Tree(terms={node: tuple(found) for node, found in nodes.items()}, base=BASE)


def shape(products):
    return [[(part.kind, part.key) for part in one] for one in products]


def test_a_product_with_a_node_of_one_fact():
    made = tree(
        Term(
            "t", "profit", (Factor("fact", "visits"), Factor("rise", "rate"), Factor("node", "m"))
        ),
        Term("m", "m", (Factor("fact", "margin"),)),
    )
    found = formula(made, "profit", {"rate": 0.05})
    assert shape(found) == [[("move", "rate"), ("fact", "visits"), ("fact", "margin")]]
    assert total(found) == pytest.approx(0.05 * 500 * 0.4)


def test_a_fall_counts_as_it_helps_and_a_sum_stands_in_its_place():
    made = tree(
        Term(
            "t",
            "profit",
            (Factor("fall", "rate"), Factor("fact", "visits"), Factor("node", "lost")),
        ),
        Term("a", "lost", (Factor("fact", "aov"), Factor("fact", "margin"))),
        Term("b", "lost", (Factor("number", number=2.0), Factor("fact", "carriage"))),
    )
    ((move, visits, lost),) = formula(made, "profit", {"rate": -0.1})
    assert (move.value, visits.value) == (0.1, 500.0)
    assert lost.kind == "sum"
    assert lost.value == pytest.approx(8000 * 0.4 + 2 * 600)
    assert shape(lost.of) == [
        [("fact", "aov"), ("fact", "margin")],
        [("number", ""), ("fact", "carriage")],
    ]


def test_hours_come_first_and_a_named_number_keeps_its_name():
    made = tree(
        Term("c", "capacity", (Factor("node", "hours"), Factor("number", "on_cost", 1.15))),
        Term("h", "hours", (Factor("fall", "visits"),)),
    )
    found = formula(made, "capacity", {"visits": -500.0})
    assert shape(found) == [[("move", "visits"), ("constant", "on_cost")]]
    assert total(found) == pytest.approx(575.0)


def test_what_a_fact_moves_in_the_trunk_and_by_its_ratio():
    made = tree(
        Term("p", "profit", (Factor("node", "sales"), Factor("fact", "margin"))),
        Term("s", "sales", (Factor("fact", "aov"), Factor("ratio", "visits"))),
    )
    own = formula(made, "profit", {"aov": 1000.0})
    assert total(own) == pytest.approx(1000 * 0.4)
    ratio = formula(made, "profit", {"visits": 50.0})
    assert shape(ratio) == [
        [("move", "visits"), ("over", "visits"), ("fact", "aov"), ("fact", "margin")]
    ]
    assert total(ratio) == pytest.approx(0.1 * 8000 * 0.4)


def test_moves_that_multiply_are_no_sum_of_products():
    made = tree(Term("t", "profit", (Factor("fact", "visits"), Factor("fact", "aov"))))
    assert formula(made, "profit", {"visits": 10.0, "aov": 100.0}) == ()
    assert formula(made, "profit", {"visits": 10.0}) != ()


def test_a_division_by_what_moves_is_no_product():
    made = tree(Term("t", "profit", (Factor("fact", "aov"), Factor("over", "visits"))))
    assert formula(made, "profit", {"visits": 10.0}) == ()


@pytest.mark.parametrize("client", ["shop", "firm"])
def test_every_amount_of_a_shipped_client_has_a_formula_that_gives_it(client, request):
    from toolkit.impact.tree import build_tree

    d = request.getfixturevalue(client)
    made = build_tree(d.facts, d.content, d.client.get("thresholds", {}))
    priced = [f for f in d.judged if f.yen is not None and f.yen.gap is not None]
    assert len(priced) >= 3
    for finding in priced:
        deltas = {step.fact: step.target - step.now for step in finding.yen.steps}
        found = formula(made, finding.yen.kind, deltas)
        assert total(found) == pytest.approx(finding.yen.gap, rel=1e-6), finding.id
