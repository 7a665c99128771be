import re
from dataclasses import replace

import nbformat.v4 as v4
import pytest

from toolkit.deliverables.page import POLICY, broken_links, page, page_of

CHROME = {"contents": "c", "appendix": "a", "skip": "s", "top": "t"}


def made_of(*cells, **fields):
    return page(v4.new_notebook(cells=list(cells)), lang="ja", title="題", chrome=CHROME, **fields)


def ran(data, metadata=None, kind="execute_result"):
    more = {"execution_count": 1} if kind == "execute_result" else {}
    output = v4.new_output(kind, data, metadata=metadata or {}, **more)
    return v4.new_code_cell("secret_code()", outputs=[output], execution_count=1)


def test_policy_stands_exactly_and_first(made):
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in made
    assert made.index("Content-Security-Policy") < made.index("<style>") < made.index("<title>")
    assert POLICY == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_one_file_of_fair_size_that_asks_for_nothing(made):
    assert len(made.encode()) < 600_000
    assert "<script" not in made
    assert "<link" not in made
    for address in re.findall(r"""(?:src|href|action)=["']([^"']*)|url\(([^)]*)\)""", made):
        assert (address[0] or address[1]).startswith(("#", "data:"))


def test_every_link_leads_somewhere(made, document):
    assert broken_links(made) == ()
    assert made.count('<section class="part') == len(document.sections)


def test_style_stands_once_and_code_not_at_all(made):
    assert made.count("<style>") == 1
    assert "tk.section" not in made
    assert "手順の説明" not in made


def test_language_and_headings(made, document):
    assert f'<html lang="{document.lang}">' in made
    assert made.count("<h1>") == 1
    assert document.chrome["skip"] in made


def test_equal_bytes_on_a_second_run(make, document, made):
    again = page(make["notebook"](document), lang=document.lang, title=document.title,
                 chrome=document.chrome)  # fmt: skip
    assert again == made


def test_title_is_escaped(make):
    html = page(v4.new_notebook(), lang='"><b>', title="</title><b>", chrome=CHROME)
    assert "<b>" not in html


@pytest.mark.parametrize(
    "kind", ["text/html", "text/vnd.mermaid", "application/javascript", "text/latex"]
)
def test_foreign_output_is_shown_as_its_plain_text(kind):
    html = made_of(ran({kind: "<script>alert(1)</script>", "text/plain": "<b>plain</b>"}))
    assert "alert" not in html
    assert "&lt;b&gt;plain&lt;/b&gt;" in html


def test_foreign_output_without_plain_text_is_left_out():
    assert "alert" not in made_of(ran({"text/html": "<script>alert(1)</script>"}))


def test_pictures_are_data():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    html = made_of(ran({"image/svg+xml": svg, "text/plain": 'a"b'}, kind="display_data"))
    assert "alert(1)" not in html
    assert 'src="data:image/svg+xml;base64,' in html
    assert 'alt="a&#34;b"' in html


def test_markdown_is_prose_without_html_or_far_addresses():
    links = "![絵](https://x.test/a.png) [外](https://x.test) [内](#a)"
    source = f"# 見出し\n\n<img src=x onerror=alert(1)> {links}"
    html = made_of(v4.new_markdown_cell(source))
    assert "<img" not in html
    assert "<h1>見出し</h1>" in html
    assert 'href="https' not in html
    assert 'href="#a"' in html


def test_note_cells_are_for_the_notebook_only():
    assert "秘密" not in made_of(v4.new_markdown_cell("秘密", metadata={"tags": ["note"]}))


def test_streams_are_escaped():
    cell = v4.new_code_cell(
        "x", outputs=[v4.new_output("stream", text="<i>out</i>", name="stdout")]
    )
    assert "&lt;i&gt;out&lt;/i&gt;" in made_of(cell)


def test_a_document_becomes_the_same_page_without_a_notebook(document, made):
    plain = page_of(document)
    parts = re.compile(r'<section class="part.*?</section>', re.DOTALL)
    assert parts.findall(plain) == parts.findall(made)
    assert re.search(r"<nav.*?</nav>", plain, re.DOTALL)[0] in made
    assert broken_links(plain) == ()


def test_a_short_document_has_no_contents_and_keeps_the_words_of_links_it_cannot_follow(document):
    first = next(one for one in document.sections if one.number and "fact" in repr(one))
    short = page_of(replace(document, sections=(first,), short=True))
    assert "<nav" not in short
    assert 'class="bst-page short"' in short
    assert broken_links(short) == ()
    assert "data-fact=" in short
