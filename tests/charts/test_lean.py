"""SVG made lean shows the same: marks in place, shared attributes on groups, numbers short."""

import re
from xml.etree.ElementTree import fromstring

import pytest

from toolkit.charts.lean import lean
from toolkit.charts.path_data import number_text, parsed, short

HEAD = '<?xml version="1.0"?><svg viewBox="0 0 9 9" xmlns:xlink="http://www.w3.org/1999/xlink">'


def drawn(body):
    box, inner = lean(f"{HEAD}{body}</svg>", "fig-a", "Our Font")
    assert box == "0 0 9 9"
    return fromstring(f"<svg>{inner}</svg>"), inner


def corners(data):
    """Every place a path goes through, in tenths: commands of ``short`` read back."""
    here, found = [0.0, 0.0], []
    for letter, numbers in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", data):
        given = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        wide = {"h": 1, "v": 1, "z": 1}.get(letter.lower(), 2)
        for place in range(0, max(len(given), 1), wide):
            step = given[place : place + wide]
            base = here if letter.islower() else [0.0, 0.0]
            if letter in "Hh":
                here = [base[0] + step[0], here[1]]
            elif letter in "Vv":
                here = [here[0], base[1] + step[0]]
            elif letter not in "Zz":
                here = [base[0] + step[0], base[1] + step[1]]
            found.append((round(here[0] * 10), round(here[1] * 10)))
    return found


@pytest.mark.parametrize(
    "data",
    [
        "M 190 66 L 672 66 L 672 70.5 L 190 70.5",
        "M 0.04 -0.96 L 10.06 0.5 L 9.5 -120.25 L 9.5 8",
        "M 70 38 L 73 38.1 L 75.9 38.5 M 1 1 L 2 2.7",
    ],
)
def test_a_path_written_short_goes_through_the_same_places(data):
    places = [place for _, found in parsed(data) for place in found]
    assert corners(short(data)) == places
    assert len(short(data)) < len(data)


def test_a_path_is_moved_and_idle_steps_are_left_out():
    assert short("M 0 0 L 1 2 L 1 2 z", (10, 20)) == "M10 20l1 2z"
    assert [number_text(one) for one in (0.04, -0.06, 100.0)] == ["0", "-.1", "100"]


def test_paths_that_look_alike_are_one_path_in_their_order():
    style = 'style="fill: none; stroke: #1d4e7a; stroke-linecap: square"'
    body = "".join(f'<g><path d="M {i} 0 L {i} 5" {style}/></g>' for i in range(3))
    tree, _ = drawn(body + body.replace("#1d4e7a", "#b3401a"))
    (group,) = tree
    assert group.attrib == {"fill": "none"}
    assert [(one.get("stroke"), one.get("d")) for one in group] == [
        ("#1d4e7a", "M0 0v5M1 0v5M2 0v5"),
        ("#b3401a", "M0 0v5M1 0v5M2 0v5"),
    ]


def test_neighbours_share_a_group_and_keep_their_order():
    texts = "".join(
        f'<text style="text-anchor: end; fill: #55616e" x="1.00" y="{i}.04">a&lt;{i}</text>'
        for i in range(3)
    )
    tree, _ = drawn(texts + '<text style="fill: #55616e; text-anchor: start" x="9" y="9">b</text>')
    group, last = tree
    assert group.attrib == {"text-anchor": "end", "fill": "#55616e"}
    assert [(one.attrib, one.text) for one in group] == [
        ({"x": "1", "y": str(i)}, f"a<{i}") for i in range(3)
    ]
    assert (last.attrib, last.text) == ({"fill": "#55616e", "x": "9", "y": "9"}, "b")


def test_two_colours_on_one_outline_share_the_outline_alone():
    fills = ("#111111", "#222222", "#111111")
    body = "".join(
        f'<path d="M 0 0 L {i} 5 z" style="fill: {fill}; stroke: #ffffff; stroke-width: 1.5"/>'
        for i, fill in enumerate(fills)
    )
    tree, _ = drawn(body)
    assert tree[0].attrib == {"stroke": "#fff", "stroke-width": "1.5"}
    assert [one.get("fill") for one in tree[0]] == list(fills)


def test_a_mark_stands_in_its_place_and_a_round_one_is_a_circle():
    curve = " ".join(["C 1 1 1 1 0 3"] * 8)
    marks = (
        f'<defs><path id="m1" d="M 0 3 {curve} z" style="stroke: #b3401a"/>'
        '<path id="m2" d="M 0 -3 L -3 3 L 3 3 z" style="stroke: #fff"/></defs>'
    )
    body = (
        f'{marks}<path d="M 5 5" style="fill: none; stroke: #fff"/>'
        '<use xlink:href="#m1" x="10" y="20.5" style="fill: #b3401a"/>'
        '<use xlink:href="#m2" x="7" y="8" style="fill: #1d4e7a"/>'
    )
    tree, inner = drawn(body)
    round_, arrow = list(tree)
    assert round_.tag == "circle"
    assert round_.attrib == {
        "fill": "#b3401a",
        "stroke": "#b3401a",
        "cx": "10",
        "cy": "20.5",
        "r": "3",
    }
    assert corners(arrow.get("d"))[0] == (70, 50)
    assert "use" not in inner  # and the path with one place shows nothing


def test_a_clip_is_kept_under_an_own_id_and_not_shared_with_what_is_turned():
    body = (
        '<g clip-path="url(#p99)"><path d="M 0 0 L 1 0" style="stroke: #111111"/></g>'
        '<text clip-path="url(#p99)" style="stroke: #111111" x="1" y="1" '
        'transform="rotate(-90 1 1)">t</text>'
        '<defs><clipPath id="p99"><rect x="0" y="0" width="5" height="6.00"/></clipPath>'
        '<clipPath id="p1"><rect x="0" y="0" width="1" height="1"/></clipPath></defs>'
    )
    tree, inner = drawn(body)
    assert {one.get("clip-path") for one in tree.iter() if one.get("clip-path")} == {
        "url(#fig-a-1)"
    }
    assert next(tree.iter("text")).get("clip-path")
    assert [one.get("id") for one in tree.iter("clipPath")] == ["fig-a-1"]
    assert 'height="6"' in inner
    assert 'transform="rotate(-90 1 1)"' in inner
