"""What the sample is put together from: words in either language, spans, charts."""

from __future__ import annotations

from toolkit.outline.blocks import Chart, Span

CHROME = {
    "ja": {
        "contents": "目次",
        "appendix": "付録",
        "skip": "本文へ移動",
        "figure": "図",
        "table": "表",
        "top": "先頭へ戻る",
    },
    "en": {
        "contents": "Contents",
        "appendix": "Appendix",
        "skip": "Skip to content",
        "figure": "Figure",
        "table": "Table",
        "top": "Back to top",
    },
}
F2 = "customers.f2_conversion[window_days=180]"


def t(text: str) -> tuple[Span, ...]:
    return (Span(text=text),)


def num(text: str, fact: str, value: float, strong: bool = False) -> Span:
    return Span(text=text, fact=fact, value=value, strong=strong)


class Words:
    """One of two texts by language: as it is when called, as spans when said; charts in them."""

    def __init__(self, lang: str):
        self.lang = lang

    def __call__(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en

    def say(self, ja: str, en: str) -> tuple[Span, ...]:
        return t(self(ja, en))

    def chart(self, name, columns, rows, title, labels, **more) -> Chart:
        """A chart by ``id kind``; its columns are told as ``name:unit name:unit``."""
        chart_id, kind = name.split()
        names, units = zip(*(column.split(":") for column in columns.split()), strict=True)
        caption = self.say(
            "出所：受注データ　n＝12,480件　対象期間：2025年11月1日〜2026年10月31日",
            "Source: order data, n = 12,480, 1 Nov 2025 to 31 Oct 2026",
        )
        told = {"title": t(title), "caption": caption, "alt": title, "labels": labels}
        return Chart(
            id=chart_id, kind=kind, columns=names, units=units, rows=tuple(rows), **told, **more
        )


def months(count: int, year: int, month: int) -> list[str]:
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]
