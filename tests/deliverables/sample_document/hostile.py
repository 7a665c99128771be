"""A document in which each text would like to be markup."""

from __future__ import annotations

from sample_document.parts import CHROME
from toolkit.outline.blocks import (
    Bullets,
    Card,
    Chart,
    Definition,
    Definitions,
    Heading,
    Outline,
    Paragraph,
    Section,
    Span,
    Table,
    Tile,
    Tiles,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "$\\frac{a}{b}$ _begins with _",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "&amp;&lt; url(#x) 1.23456 <!-- /* fonts */ -->",
    "nul\x00bell\x07esc\x1b[31m\u202eback",
    "😀 🇯🇵 ዣ é é 𠮷野家",
    "長" * 200,
    "W" * 300,
)


def bad_charts(bad: str, number: int, spans: tuple[Span, ...]) -> list[Chart]:
    """Charts with the text as id, in rows and in labels."""
    told = {"title": spans, "caption": spans, "alt": bad}
    steps = "step_no step side actor tool mode minutes per_day seam"
    return [
        Chart(
            id=f"{bad}{number}",
            kind="bars",
            columns=("label", "value"),
            units=("text", "yen"),
            rows=((bad, 3.0), ("_x", None)),
            labels={"mark.m": bad},
            marks={"m": 2.0},
            **told,
        ),
        Chart(
            id=f"s{number}",
            kind="swimlane",
            columns=tuple(steps.split()),
            units=("text",) * 9,
            rows=(
                (1, bad, "company", bad, bad, bad, 1.0, 2.0, bad),
                (2, bad, bad, None, bad, "auto", None, 2.0, None),
            ),
            labels=dict.fromkeys(("seam", "manual", "auto", "minutes_per_day"), bad),
            **told,
        ),
        Chart(
            id=f"t{number}",
            kind="trend",
            columns=("month", "a"),
            units=("text", "yen"),
            rows=(("2026-01", 1.0), ("2026-02", 2.0)),
            labels={"a": bad},
            **told,
        ),
    ]


def hostile() -> Outline:
    """Each field of each block holds a text that would like to be markup."""
    sections = []
    for i, bad in enumerate(HOSTILE):
        s = (
            Span(text=bad),
            Span(text=bad, fact=f"x.{bad}", value=bad),
            Span(text=bad, strong=True),
        )
        blocks = (
            Paragraph(text=s, style="lead"),
            Paragraph(text=s, style="quote"),
            Heading(text=s, anchor=bad),
            Bullets(items=(s, s)),
            Tiles(tiles=(Tile(label=s, value=s, note=s, quality=s),) * 4),
            Card(
                anchor=bad,
                code=bad,
                mark=bad,
                tone="high",
                title=s,
                body=s,
                rows=((bad, s),),
                tags=(bad,),
            ),
            Table(columns=(bad, bad), rows=((s, s),), caption=s, anchors=(bad,), align="lr"),
            *bad_charts(bad, i, s),
            Definitions(cards=(Definition(anchor=bad, name=bad, text=s, rows=((bad, s),)),)),
        )
        sections.append(
            Section(
                id=f"s{i} {bad[:20]}",
                number=str(i + 1),
                title=bad,
                blocks=blocks,
                appendix=i % 2 == 1,
            )
        )
    return Outline(
        lang="ja",
        title=HOSTILE[2],
        client=HOSTILE[0],
        date="2026-11-22",
        sections=tuple(sections),
        chrome=CHROME["ja"],
    )
