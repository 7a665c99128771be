"""Every chart of the sample by its id."""

from __future__ import annotations

from sample_document.customers import customers
from sample_document.money import money
from sample_document.parts import Words
from sample_document.work import work
from toolkit.outline.blocks import Chart


def charts(lang: str) -> dict[str, Chart]:
    p = Words(lang)
    return {one.id: one for one in (*work(p), *money(p), *customers(p))}
