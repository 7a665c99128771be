"""Markdown of a document: every block there, and no text of a client is markup."""

from toolkit.deliverables.markdown import markdown
from toolkit.outline.blocks import Outline, Paragraph, Section, Span, Table, words_of


def _document(*blocks):
    section = Section(id="one", title="First", blocks=blocks, number="1")
    return Outline(
        lang="en", title="Report", client="A|B", date="2026-01-01", sections=(section,), chrome={}
    )


def test_a_table_and_a_sentence():
    table = Table(
        columns=("name", "value"),
        rows=((words_of("sales"), (Span(text="12", fact="customers.net_sales"),)),),
        caption=words_of("Figures"),
        align="lr",
    )
    made = markdown(_document(Paragraph(text=words_of("Read this."), style="lead"), table))
    assert made.startswith("# Report\n\nA\\|B · 2026-01-01\n\n## 1 First\n\n**Read this.**\n\n")
    assert made.endswith("*Figures*\n\n| name | value |\n| :-- | --: |\n| sales | 12 |\n")


def test_hostile_text_stays_text():
    made = markdown(_document(Paragraph(text=words_of("<script>*x*\n# [a](b) | `c`"))))
    assert "\\<script\\>\\*x\\* \\# \\[a\\](b) \\| \\`c\\`" in made
