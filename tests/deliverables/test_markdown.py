"""Markdown of a document: every block there, and no text of a client is markup."""

from toolkit.deliverables.markdown import markdown
from toolkit.outline.blocks import Chart, Outline, Paragraph, Section, Span, Table, words_of


def _document(*blocks):
    section = Section(id="one", title="First", blocks=blocks, number="1")
    return Outline(
        lang="en", title="Report", client="A|B", date="2026-01-01", sections=(section,), chrome={}
    )


def test_a_table_and_a_sentence():
    told = (
        Span(text="Sales were "),
        Span(text="12", fact="customers.net_sales"),
        Span(text=" a day."),
    )
    assert "Sales were 12 a day." in markdown(_document(Paragraph(text=told)))
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


def test_a_chart_is_its_rows_to_four_digits():
    chart = Chart(
        id="c",
        kind="trend",
        columns=("month", "sales"),
        units=("text", "yen"),
        rows=(("2026-01", 1234567.0), ("2026-02", 0.123456), ("2026-03", None)),
        labels={},
        title=words_of("Sales fall"),
        caption=words_of("Source: orders"),
        alt="",
    )
    made = markdown(_document(chart))
    rows = "| 2026-01 | 1,235,000 |\n| 2026-02 | 0.1235 |\n| 2026-03 |  |"
    assert made.endswith(
        f"*Sales fall*\n\n| month | sales |\n| :-- | :-- |\n{rows}\n\nSource: orders\n"
    )
