"""The sample: the report of a mail-order shop, each kind of block in it."""

from __future__ import annotations

from sample_document.charts import charts
from sample_document.findings import cards, tiles
from sample_document.parts import CHROME, Words
from sample_document.tables import checks, definitions, figures
from toolkit.outline.blocks import Bullets, Heading, Outline, Paragraph, Section, Span


def sample(lang: str) -> Outline:
    p = Words(lang)
    c = charts(lang)
    body = p.say(
        "新規のお客様の獲得は伸びていますが、2回目のご注文に進む方が減り、既存のお客様の売上は横ばいです。受注データの取込から出荷指示までの「つなぎ目」に手作業が残り、特定の担当に負荷が集中しています。",
        "More new customers come, yet fewer return, and sales to existing customers stand "
        "still. Work by hand remains at the joints between order and dispatch, and most of "
        "it rests on one desk.",
    )
    quote = p.say(
        "「新規は取れているのに、なぜか手元にお金が残らない」",
        "“We win customers, and still there is no money left.”",
    )
    voice = p.say("ヒアリングでの社長のお言葉", "The proprietor, in the interview")
    lead = p.say(
        "2回目のご注文の減少が、広告への依存と利益率の低下につながっている可能性があります。",
        "Fewer second orders may be what thins the margin.",
    )
    later = p.say(
        "判定保留は、資料がそろい次第あらためて判定します。",
        "What is not judged will be judged once the data are here.",
    )
    sections = (
        Section(
            id="cover",
            title=p("表紙", "Cover"),
            blocks=(
                Paragraph(
                    text=(
                        Span(text=p("株式会社青山通販", "Aoyama Mail Order"), strong=True),
                        Span(
                            text=p(
                                " 御中　2026年11月22日（データ基準日 2026年10月31日）",
                                ", 22 November 2026, data to 31 October 2026",
                            )
                        ),
                    )
                ),
                Paragraph(text=quote, style="quote"),
                Paragraph(text=voice, style="note"),
            ),
        ),
        Section(
            id="summary",
            number="1",
            title=p("要約", "Summary"),
            blocks=(
                Paragraph(text=lead, style="lead"),
                tiles(p),
                Paragraph(text=body),
                Bullets(
                    ordered=True,
                    items=(
                        p.say(
                            "初回購入後の案内を3回、自動で送る",
                            "Send three automatic messages after the first order",
                        ),
                        p.say("受注データの取込を自動にする", "Load orders automatically"),
                        p.say(
                            "使っていないシステムの契約を見直す",
                            "End contracts for systems not in use",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            id="business",
            number="2",
            title=p("事業の現状", "State of the business"),
            blocks=(Paragraph(text=body), c["sales"], c["cost"], figures(p)),
        ),
        Section(
            id="system",
            number="3",
            title=p("事業システムの全体像", "The whole system"),
            blocks=(c["dots"], c["edges"], c["modules_counts"]),
        ),
        Section(
            id="findings",
            number="4",
            title=p("優先して手を打つこと", "What to act on first"),
            blocks=(*cards(p), c["impact"]),
        ),
        Section(
            id="journey",
            number="5",
            title=p("業務の流れと手作業のつなぎ目", "The work flow and its seams"),
            blocks=(Paragraph(text=body), c["journey"], c["load"]),
        ),
        Section(
            id="customers",
            number="6",
            title=p("お客様との関係", "Customers"),
            blocks=(
                Heading(text=p.say("2回目のご注文", "The second order")),
                Paragraph(text=body),
                c["curve"],
                c["counts"],
                c["cohort"],
                c["lorenz"],
                c["funnel"],
                c["survival"],
            ),
        ),
        Section(
            id="rules",
            number="7",
            appendix=True,
            title=p("診断項目の一覧", "All checks"),
            blocks=(Paragraph(text=later, style="note"), checks(p)),
        ),
        Section(
            id="definitions",
            number="8",
            appendix=True,
            title=p("数字の定義", "Definitions"),
            blocks=(definitions(p),),
        ),
    )
    return Outline(
        lang=lang,
        title=p("事業システム診断報告書", "Business system diagnosis"),
        client=p("株式会社青山通販", "Aoyama Mail Order"),
        date="2026-11-22",
        sections=sections,
        chrome=CHROME[lang],
    )


def notebook(document: Outline, theme=None):
    """A notebook that has run: one code cell a section, its output made by the view itself."""
    import nbformat.v4 as v4

    from toolkit.deliverables.section import SectionView

    cells = [v4.new_markdown_cell("# 手順の説明", metadata={"tags": ["note"]})]
    for section in document.sections:
        view = SectionView(section=section, lang=document.lang, chrome=document.chrome, theme=theme)
        data, metadata = view._repr_mimebundle_()
        output = v4.new_output("execute_result", data, execution_count=1, metadata=metadata)
        cells.append(
            v4.new_code_cell(f"tk.section(d, {section.id!r})", outputs=[output], execution_count=1)
        )
    return v4.new_notebook(cells=cells)
