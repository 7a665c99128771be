"""A native waterfall: bars on an invisible base, what is above a guide apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from toolkit.deliverables.slides.bar_plots import SIZE, area, bar_plot, rows_box
from toolkit.deliverables.slides.fitting import ems
from toolkit.deliverables.slides.paper import Axis, Box, Piece, Point, Series
from toolkit.deliverables.slides.values import SHARE, Data

ROW = 36.0
RISE, FALL = '"+"0.0%', '"−"0.0%'


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: where it begins, how long it is, how much of that is above the guide."""

    name: str
    base: float
    length: float
    over: float = 0.0
    colour: str = "accent+45"
    code: str = ""


def waterfall(data: Data, box: Box) -> list[Piece]:
    """From the whole to what is left: each item takes its share away, or adds to it."""
    bars = _bars(data)
    box = rows_box(box, len(bars), ROW)
    texts = [data.reader.value(-bar.length, "share", "share") for bar in bars]
    wide = [SIZE * ems(text, True) for text in texts]
    over = _over_name(data, bars)
    beyond = max(wide) + (SIZE * ems(f"{over} ", True) if over else 0.0)
    least = min(bar.base for bar in bars)  # a bar of OOXML cannot cross nought: all are lifted
    bars = [replace(bar, base=bar.base - min(least, 0.0)) for bar in bars]
    high = max(bar.base + bar.length for bar in bars)
    place, room = area([bar.name for bar in bars], box, beyond + 12)
    point = room / high / box.w
    series = [Series(name=" ", values=tuple(bar.base for bar in bars), colour="")]
    for code in dict.fromkeys(bar.code for bar in bars):
        series.append(_lengths(data, bars, code, [one / box.w for one in wide], point))
    if over:
        series.append(_overs(bars, over, (SIZE * ems(f"{over} +00.0%", True) / box.w, point)))
    axis = Axis(high=high, shown=False)
    plot = bar_plot(data, box, tuple(series), tuple(bar.name for bar in bars), SHARE, axis, place)
    return [replace(plot, stacked="stacked", gap=45)]


def _bars(data: Data) -> list[Bar]:
    signed = "change" in data.chart.columns
    column = data.numbers("change" if signed else "share")
    items = [
        (item, value if signed else -value)
        for item, value in zip(data.texts("item"), column, strict=True)
        if value is not None
    ]
    reader = data.reader
    made = [Bar(name=reader.word("item.sales", "start"), base=0.0, length=1.0, colour="accent")]
    levels = list(accumulate((change for _, change in items), initial=1.0))
    for (item, change), before, after in zip(items, levels, levels[1:], strict=False):
        guide = data.chart.marks.get(item)
        made.append(
            Bar(
                name=reader.item(item), base=min(before, after), length=abs(change),
                over=max(-change - guide, 0.0) if guide is not None else 0.0,
                colour=("accent+45" if change < 0 else "good"),
                code=(FALL if change < 0 else RISE) if signed else "",
            )
        )  # fmt: skip
    rest = levels[-1]
    made.append(
        Bar(name=reader.word("item.rest", "end"), base=min(rest, 0.0), length=abs(rest),
            colour="accent" if signed else "good" if rest >= 0 else "high",
            code=FALL if rest < 0 else "")
    )  # fmt: skip
    return made


def _over_name(data: Data, bars: list[Bar]) -> str:
    """The words of the guide, where something stands above it."""
    marked = zip(bars, ["", *data.texts("item")], strict=False)
    keys = [f"mark.{item}" for bar, item in marked if bar.over]
    return data.reader.word(*keys, "guide") if keys else ""


def _lengths(data: Data, bars: list[Bar], code: str, wide: list[float], point: float) -> Series:
    """The bars whose labels take one number format; the part above a guide is not among them."""
    mine = {place: bar for place, bar in enumerate(bars) if bar.code == code}
    name = data.chart.labels.get("value") or data.reader.word("start", "item.sales")
    return Series(
        name=name if not code else code[1],
        values=tuple(
            bar.length - bar.over if place in mine else None for place, bar in enumerate(bars)
        ),
        points={
            place: Point(
                colour=bar.colour,
                ink="ink" if bar.colour == "accent+45" else bar.colour,
                label=not bar.over,
                shift=(bar.length * point / 2 + wide[place] / 2 + 0.008, 0.0),
            )
            for place, bar in mine.items()
        },
        code=code,
    )


def _overs(bars: list[Bar], name: str, sizes: tuple[float, float]) -> Series:
    """What stands above the guide: hatched by its colour alone, with the guide named beside it."""
    wide, point = sizes
    return Series(
        name=name,
        values=tuple(bar.over or None for bar in bars),
        colour="high",
        points={
            place: Point(
                ink="high", label=True, named=True,
                shift=(bar.over * point / 2 + wide / 2 + 0.008, 0.0),
            )
            for place, bar in enumerate(bars)
            if bar.over
        },
        code=RISE,
    )  # fmt: skip
