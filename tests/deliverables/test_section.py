from IPython.core.interactiveshell import InteractiveShell

from toolkit.deliverables.section import MARK, SectionView, bare
from toolkit.outline.blocks import Paragraph, Section, Span

SECTION = Section(id="s", title="</style>題", number="1",
                  blocks=(Paragraph(text=(Span(text="</style>\n<b>"),)),))  # fmt: skip


def test_a_notebook_shows_style_and_section_and_the_page_takes_the_section_alone():
    view = SectionView(section=SECTION, lang="ja")
    html = view._repr_html_()
    assert html.startswith("<style>")
    assert bare(html).startswith("<section")
    assert bare(html).endswith("</section>")
    assert html.endswith(f"{bare(html)}</div>")


def test_ipython_keeps_the_mark(monkeypatch):
    # IPython warns where the environment that is switched on is not the one it runs in.
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    format_dict, metadata = InteractiveShell.instance().display_formatter.format(
        SectionView(section=SECTION, lang="ja")
    )
    assert metadata["text/html"][MARK] == {
        "id": "s", "title": "</style>題", "number": "1", "appendix": False,
    }  # fmt: skip
    assert format_dict["text/plain"] == "</style>題"


def test_style_reaches_nothing_outside_the_section():
    import re

    from toolkit.deliverables.html import style

    rules = re.sub(r"\{[^}]*\}", "", style())
    for selector in re.split(r"[,\n]", rules):
        assert not selector.strip() or selector.strip().startswith((".bst", ".bst-page"))
