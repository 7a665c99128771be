"""The XML of shapes, text and tables: client text only as escaped characters of a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from toolkit.deliverables.slides.fitting import BULLET
from toolkit.deliverables.slides.paper import LEADING, Box, Cell, Grid, Group, Para, Plate, Rule
from toolkit.outline.blocks import Span

EMU = 12700
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
FONTS = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
LANGUAGES = {"ja": ("ja-JP", "en-US"), "en": ("en-GB", "ja-JP")}

SCHEME = {
    "ink": "tx1",
    "paper": "bg1",
    "soft": "tx2",
    "mist": "bg2",
    "accent": "accent1",
    "high": "accent2",
    "good": "accent3",
    "medium": "accent4",
    "check": "accent5",
    "line": "accent6",
}
"""The place of each role among the colours of the OOXML theme."""

TONES = {"plain": "accent", "note": "check", "unknown": "check"}
"""Roles of the tones that have no colour of their own."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    r"""A text without the characters that XML does not allow; nothing else is changed.

    >>> clean("nul\x00 <b>")
    'nul <b>'
    """
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def said(text: str) -> str:
    """A text as the value of an attribute."""
    return escape(clean(text).replace("\n", " "))


@lru_cache(maxsize=256)
def colour(role: str) -> str:
    """A colour of the theme by role.

    ``accent+60`` is 60 % of the way to white, ``accent-60`` to black, ``accent~60`` is so opaque.
    """
    base, sign, by = re.fullmatch(r"([a-z]+)([+~-]?)(\d*)", role).groups()  # type: ignore[union-attr]
    if base == "hair":
        base, sign, by = "line", "+", "45"
    name = SCHEME[TONES.get(base, base)]
    if not sign:
        return f'<a:schemeClr val="{name}"/>'
    if sign == "~":
        return f'<a:schemeClr val="{name}"><a:alpha val="{int(by) * 1000}"/></a:schemeClr>'
    keep = (100 - int(by)) * 1000
    lift = f'<a:lumOff val="{100000 - keep}"/>' if sign == "+" else ""
    return f'<a:schemeClr val="{name}"><a:lumMod val="{keep}"/>{lift}</a:schemeClr>'


def solid(role: str) -> str:
    """A fill; none for an empty role."""
    return f"<a:solidFill>{colour(role)}</a:solidFill>" if role else "<a:noFill/>"


def stroke(role: str, weight: float, dash: str = "", head: str = "", tag: str = "a:ln") -> str:
    """A line of some points; ``head`` puts an arrow at its end."""
    if not role:
        return f"<{tag}><a:noFill/></{tag}>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    arrow = f'<a:tailEnd type="{head}" w="med" len="med"/>' if head else ""
    return f'<{tag} w="{round(weight * EMU)}">{solid(role)}{dashed}{arrow}</{tag}>'


def font(lang: str, size: float, bold: bool, role: str, tag: str = "a:rPr") -> str:
    """Properties of a run, its East Asian face and language with them."""
    main, other = LANGUAGES.get(lang, (lang, "en-US"))
    strong = ' b="1"' if bold else ' b="0"'
    return (
        f'<{tag} lang="{main}" altLang="{other}" sz="{round(size * 100)}"{strong} dirty="0">'
        f"{solid(role)}{FONTS}</{tag}>"
    )


def paragraph(para: Para, lang: str) -> str:
    """A paragraph with a run for each span of its text."""
    indent = f' marL="{round(BULLET * EMU)}" indent="-{round(BULLET * EMU)}"' if para.bullet else ""
    bullet = f'<a:buChar char="{said(para.bullet)}"/>' if para.bullet else "<a:buNone/>"
    leading = round(para.size * LEADING * 100)
    before = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
    runs = "".join(_run(span, para, lang) for span in para.text)
    end = font(lang, para.size, para.bold, para.colour, "a:endParaRPr")
    return (
        f'<a:p><a:pPr algn="{para.align}"{indent}><a:lnSpc><a:spcPts val="{leading}"/></a:lnSpc>'
        f"{before}{bullet}</a:pPr>{runs}{end}</a:p>"
    )


def _run(span: Span, para: Para, lang: str) -> str:
    shown = font(lang, para.size, para.bold or span.strong, para.colour)
    parts = clean(span.text).split("\n")
    runs = (f"<a:r>{shown}<a:t>{escape(part, quote=False)}</a:t></a:r>" for part in parts)
    return f"<a:br>{shown}</a:br>".join(runs)


def body(paras: Iterable[Para], lang: str, anchor: str, inset: tuple[float, float]) -> str:
    """The text of a shape: wrapped, never grown, with the margins given."""
    across, down = (round(one * EMU) for one in inset)
    made = "".join(paragraph(para, lang) for para in paras)
    return (
        f'<p:txBody><a:bodyPr wrap="square" lIns="{across}" tIns="{down}" rIns="{across}" '
        f'bIns="{down}" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"{made or '<a:p><a:endParaRPr/></a:p>'}</p:txBody>"
    )


def place(box: Box, tag: str = "a:xfrm", extra: str = "") -> str:
    """Where something stands, in EMU."""
    x, y, w, h = (round(one * EMU) for one in (box.x, box.y, box.w, box.h))
    return f'<{tag}{extra}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes the shapes of one slide: ``ids`` are the numbers of its pieces by name."""

    lang: str
    ids: Mapping[str, int]

    def plate(self, plate: Plate) -> str:
        """A shape with its text."""
        hold = f'<p:ph type="{plate.hold}"/>' if plate.hold else ""
        box = "" if plate.hold or plate.fill or plate.line else ' txBox="1"'
        geometry = "" if plate.hold else f'<a:prstGeom prst="{plate.shape}"><a:avLst/></a:prstGeom>'
        look = (
            "" if plate.hold else solid(plate.fill) + stroke(plate.line, plate.weight, plate.dash)
        )
        return (
            f"<p:sp><p:nvSpPr>{self._named(plate.name, plate.alt)}<p:cNvSpPr{box}/>"
            f"<p:nvPr>{hold}</p:nvPr></p:nvSpPr><p:spPr>{place(plate.box)}{geometry}{look}</p:spPr>"
            f"{body(plate.paras, self.lang, plate.anchor, plate.inset)}</p:sp>"
        )

    def rule(self, rule: Rule) -> str:
        """A line, joined to the shapes it connects."""
        shape, box, turn = _course(rule)
        joins = ""
        if rule.joins:
            (first, side), (last, other) = rule.joins
            joins = (
                f'<a:stCxn id="{self.ids[first]}" idx="{side}"/>'
                f'<a:endCxn id="{self.ids[last]}" idx="{other}"/>'
            )
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{self._named(rule.name, rule.alt)}<p:cNvCxnSpPr>{joins}"
            f"</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>{place(box, extra=turn)}"
            f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
            f"{stroke(rule.colour, rule.weight, rule.dash, rule.head)}</p:spPr></p:cxnSp>"
        )

    def group(self, group: Group) -> str:
        """Shapes as one, with its description."""
        inner = "".join(
            self.plate(one) if isinstance(one, Plate) else self.rule(one) for one in group.pieces
        )
        box = place(group.box).removesuffix("</a:xfrm>").removeprefix("<a:xfrm>")
        child = box.replace("<a:off", "<a:chOff").replace("<a:ext", "<a:chExt")
        return (
            f"<p:grpSp><p:nvGrpSpPr>{self._named(group.name, group.alt)}<p:cNvGrpSpPr/><p:nvPr/>"
            f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{box}{child}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
        )

    def grid(self, grid: Grid) -> str:
        """A native table without a style of its own."""
        columns = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in grid.widths)
        rows = "".join(
            f'<a:tr h="{round(high * EMU)}">{"".join(self._cell(cell) for cell in row)}</a:tr>'
            for high, row in zip(grid.heights, grid.cells, strict=True)
        )
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{self._named(grid.name, grid.alt)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
            f"</p:nvGraphicFramePr>{place(grid.box, 'p:xfrm')}<a:graphic>"
            f'<a:graphicData uri="{TABLE}"><a:tbl><a:tblPr firstRow="1"><a:tableStyleId>'
            f"{PLAIN_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}"
            "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _cell(self, cell: Cell) -> str:
        across, down = (round(one * EMU) for one in cell.margins)
        text = body(cell.paras, self.lang, "t", (0, 0)).replace("p:txBody", "a:txBody")
        head, _, tail = text.partition("<a:bodyPr")
        text = f"{head}<a:bodyPr/>{tail.partition('</a:bodyPr>')[2]}"
        anchor = "ctr" if len(cell.paras) == 1 else "t"
        return (
            f'<a:tc>{text}<a:tcPr marL="{across}" marR="{across}" marT="{down}" marB="{down}" '
            f'anchor="{anchor}">{stroke(cell.under, 0.75, tag="a:lnB")}{solid(cell.fill)}</a:tcPr>'
            "</a:tc>"
        )

    def _named(self, name: str, alt: str) -> str:
        described = f' descr="{said(alt)}"' if alt else ""
        return f'<p:cNvPr id="{self.ids[name]}" name="{said(name)}"{described}/>'


def _course(rule: Rule) -> tuple[str, Box, str]:
    """Shape, place and turn of a line: straight, or across first and then up or down."""
    (x0, y0), (x1, y1) = rule.start, rule.end
    across, down = abs(x1 - x0), abs(y1 - y0)
    if not rule.bent or across < 0.5 or down < 0.5:
        turn = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
        box = Box(x=min(x0, x1), y=min(y0, y1), w=across, h=down)
        return "straightConnector1", box, turn
    turn = ' flipV="1"' if y1 < y0 else ""
    return "bentConnector2", Box(x=min(x0, x1), y=min(y0, y1), w=across, h=down), turn
