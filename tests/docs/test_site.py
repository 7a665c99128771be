"""The site's own programs: links turned, faults found, nothing of the content left out."""

from __future__ import annotations

import re

import pytest

from toolkit.method import load_method

METHOD = load_method()


def test_links_go_to_pages_of_the_site_or_name_a_file(site, root):
    staging = site("staging")
    source = root / "docs" / "mapping.md"
    names = {root / "docs" / "monthly.ja.md": "monthly", root / "SECURITY.md": "security"}
    turned = {
        "[a](monthly.ja.md#part)": "[a](monthly.md#part)",
        "[b](../SECURITY.md)": "[b](security.md)",
        "[c](../templates/method)": "c (`templates/method`)",
        "[`templates/method`](../templates/method)": "`templates/method`",
        "[d](https://example.org/x.md)": "[d](https://example.org/x.md)",
        "[e](#place)": "[e](#place)",
        "![f](pictures/f.png)": "![f](pictures/f.png)",
        "```\n[a](monthly.ja.md)\n```": "```\n[a](monthly.ja.md)\n```",
        "行の\n終わり。\n- 一": "行の終わり。\n- 一",
        "全部で\n3社。\n1. 一": "全部で3社。\n1. 一",
        "one\ntwo": "one\ntwo",
    }
    for text, expected in turned.items():
        assert staging.linked(text, source, names) == expected


def test_a_page_is_taken_in_its_own_language_where_there_is_one(site):
    staging = site("staging")
    english, japanese = staging.pages("en"), staging.pages("ja")
    assert set(english) == set(japanese)
    assert {name for name in english if english[name] == japanese[name]} == {
        "changelog",
        "contributing",
    }


def test_a_page_in_no_list_stands_at_the_end_of_the_last(site):
    index = "# A\n\n```{toctree}\none\n```\n\n```{toctree}\ntwo\n```\n"
    placed = site("staging").placed(index, ["index", "one", "three", "two"])
    assert placed == index.replace("two\n", "two\nthree\n")


def test_broken_links_and_other_hosts_are_found(site, tmp_path):
    check = site("check")
    pages = {
        "a.html": '<p id="here"></p><a href="b.html#there">x</a><a href="#here">y</a>',
        "b.html": '<h1 id="there"></h1><img src="a.png"><a href="https://example.org/">z</a>',
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"")
    assert [*check.broken_links(tmp_path), *check.foreign_addresses(tmp_path)] == []
    (tmp_path / "c.html").write_text(
        '<a href="b.html#gone">x</a><a href="gone.html">y</a><script src="//host/x.js"></script>',
        encoding="utf-8",
    )
    (tmp_path / "d.css").write_text("@font-face{src:url('https://host/f.woff')}", encoding="utf-8")
    assert list(check.broken_links(tmp_path)) == ["c.html: b.html#gone", "c.html: gone.html"]
    assert list(check.foreign_addresses(tmp_path)) == ["c.html: //host/x.js", "d.css"]


@pytest.fixture(scope="module", params=["ja", "en"])
def made(request, site):
    """All pages made of the content in a language, joined."""
    pages = site("content_pages").content_pages(METHOD, request.param, _NoExamples())
    return "\n".join(pages.values())


class _NoExamples:
    def of(self, lang):
        return {}


@pytest.mark.parametrize(
    ("home", "section"),
    [
        ("rule", "rules"),
        ("figure", "measures"),
        ("question", "questions"),
        ("source", "sources"),
        ("threshold", "thresholds"),
        ("benchmark", "benchmarks"),
    ],
)
def test_every_entry_has_its_place_and_only_one(made, site, home, section):
    place = site("reader").place
    for entry in METHOD.section(section):
        anchor = re.escape(place(home, entry))
        found = re.findall(rf"^\({anchor}\)=$|\]\{{#{anchor}\}}", made, re.MULTILINE)
        assert len(found) == 1, entry


def test_no_word_is_missing_and_no_hole_is_left(made):
    assert not re.search(r"\bsite\.[a-z]+\.[a-z_]+", made)
    assert not re.search(r"\{(fact|value|n|period|answer)[:}0-9]", made)


def test_a_condition_reads_as_it_judges(site):
    read = site("reader").reader(METHOD, "en")
    lines = list(read.condition(METHOD.section("rules")["SAL010"]["fails"]))
    assert lines[0] == "- All of these:"
    assert lines[1].startswith("  - [")
    assert "is below [0](#threshold-zero)" in lines[1]
    assert "by [−10.0 pt](#threshold-existing-share-drop) at least" in lines[1]


def test_every_word_of_the_site_is_used(root):
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (root / "docs" / "site").rglob("*")
        if path.suffix in (".py", ".md", ".html")
    )
    for key in METHOD.words["ja"]:
        if key.startswith("site."):
            whole = key.removeprefix("site.")
            stem = whole.rpartition(".")[0]
            named = (f'"{whole}"', f'"{key}"', f'"{stem}." ~', f"{stem}.{{", f'"site.{stem}.')
            assert any(one in code for one in named), key


def test_commands_have_their_options_explained(site):
    text = site("command_pages").page("en")
    assert "## `toolkit diagnose`" in text
    assert "## `toolkit meeting follow-up`" in text
    assert "- `--json`" in text
