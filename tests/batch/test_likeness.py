"""Machines that would make other reports are told apart, each by its first difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.batch.cluster import resolved
from toolkit.batch.likeness import Look, Seen, check_alike, look
from toolkit.deliverables.options import Options
from toolkit.errors import ToolkitError
from toolkit.words import error_text, screen_words

HERE = Seen(
    host="a",
    toolkit="1.0 (abc)",
    python="3.11.7",
    given="x",
    libraries={"pandas": "3.0", "typst": ""},
    unseen=(),
)


def test_machines_that_are_alike_pass():
    check_alike(HERE, {"tcp://b:1": replace(HERE, host="b")})


@pytest.mark.parametrize(
    ("there", "code", "told"),
    [
        ({"toolkit": "1.1 (abc)"}, "cluster_version", ("toolkit", "1.1 (abc)", "1.0 (abc)")),
        ({"toolkit": "1.0 (abd)"}, "cluster_version", ("toolkit", "1.0 (abd)")),
        ({"python": "3.12.1"}, "cluster_version", ("Python", "3.12.1", "3.11.7")),
        ({"libraries": {"pandas": "3.1"}}, "cluster_version", ("pandas", "3.1", "3.0")),
        ({"libraries": {"pandas": "3.0", "typst": "0.15"}}, "cluster_version", ("typst", "0.15")),
        ({"libraries": {}}, "cluster_version", ("pandas", "—")),
        ({"unseen": ("/srv/c1", "/srv/c2")}, "cluster_unseen", ("/srv/c1",)),
        ({"given": "y"}, "cluster_given", ()),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_difference_is_told_with_the_machine(there, code, told, lang):
    other = replace(HERE, host="beta", **there)
    with pytest.raises(ToolkitError) as caught:
        check_alike(HERE, {"tcp://b:2": other, "tcp://a:1": HERE})
    assert [one.code for one in caught.value.problems] == [code]
    text = error_text(caught.value, screen_words(lang))
    for part in ("beta (tcp://b:2)", *told):
        assert part in text


def test_a_machine_without_a_toolkit_is_told():
    with pytest.raises(ToolkitError) as caught:
        check_alike(HERE, {"tcp://b:2": ModuleNotFoundError("toolkit")})
    assert caught.value.problems[0].code == "cluster_no_toolkit"
    text = error_text(caught.value, screen_words("en"))
    assert "tcp://b:2" in text
    assert "ModuleNotFoundError" in text


def test_what_is_looked_at_follows_the_files(tmp_path):
    """The firm's method by its content, paths by whether they are there."""
    (tmp_path / "method").mkdir()
    file = tmp_path / "method" / "thresholds.toml"
    file.write_text("a = 1\n")
    asked = Look(options=Options(method=tmp_path / "method"), paths=(str(tmp_path), "/nowhere"))
    first = look(asked)
    assert first.unseen == ("/nowhere",)
    assert look(asked) == first
    file.write_text("a = 2\n")
    assert look(asked).given != first.given
    assert look(asked).toolkit == first.toolkit


def test_paths_are_made_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = Options(formats=("html",), method=tmp_path / "." / "m")
    assert resolved(options).method == tmp_path / "m"
    assert resolved(options).theme is None
    assert resolved(options).formats == ("html",)
