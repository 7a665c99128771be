"""Every lever of the content can be set: its rule, driver, ways and the tree know each other."""

import pytest

from toolkit.impact.tree import CELL
from toolkit.method import load_method
from toolkit.rules.yen import KINDS

METHOD = load_method()
LEVERS = METHOD.section("levers")
TERMS = METHOD.section("tree").values()


def ids_of(raw):
    """Facts and nodes a factor of a term reads."""
    if isinstance(raw, str):
        return {raw}
    if not isinstance(raw, dict):
        return set()
    return {str(name) for kind, name in raw.items() if kind != "constant"}


def plain(key):
    return key.removesuffix(CELL).partition("[")[0]


def known(key):
    return plain(key) in METHOD.section("measures") or plain(key) in METHOD.section("questions")


def drives(key, node, seen=()):
    """Whether a term added to a node, itself or through others, reads a fact."""
    for term in TERMS:
        if term["to"] != node or node in seen:
            continue
        for one in {one for raw in term["times"] for one in ids_of(raw)}:
            inner = one.startswith("@") and drives(key, one[1:], (*seen, node))
            if inner or plain(one) == plain(key):
                return True
    return False


@pytest.mark.parametrize("code", LEVERS)
def test_a_lever_names_what_there_is(code):
    lever = LEVERS[code]
    assert code in METHOD.section("rules")
    assert lever["kind"] in KINDS
    assert lever.get("better", "up") in ("up", "down")
    stated = lever["driver"]
    for driver in [stated] if isinstance(stated, str) else stated:
        assert known(driver)
        assert drives(driver, lever["kind"])
    for way in lever["toward"]:
        ((kind, target),) = way.items()
        if kind in ("back", "fact"):
            assert known(target), target
        elif kind == "threshold":
            assert target in METHOD.section("thresholds")
        else:
            assert kind == "to"
            assert isinstance(target, int | float)


@pytest.mark.parametrize("code", LEVERS)
def test_what_a_lever_lies_within_ends_somewhere(code):
    seen = [code]
    above = LEVERS[code].get("within")
    while above is not None:
        assert above in METHOD.section("rules")
        assert above not in seen, seen
        assert above not in LEVERS or LEVERS[above]["kind"] == LEVERS[code]["kind"]
        seen.append(above)
        above = LEVERS[above].get("within") if above in LEVERS else None


def test_every_figure_of_the_tree_has_its_card():
    read = {one for term in TERMS for raw in term["times"] for one in ids_of(raw)}
    assert [one for one in sorted(read) if not one.startswith("@") and not known(one)] == []
