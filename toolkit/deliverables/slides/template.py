"""Our 16:9 template: the theme's colours and fonts, a master, and the layouts we set slides in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from toolkit.deliverables.slides.ends import TITLE as LARGE
from toolkit.deliverables.slides.ooxml import EMU, FONTS, NAMESPACES, SCHEME, clean, place, solid
from toolkit.deliverables.slides.pages import HEAD
from toolkit.deliverables.slides.paper import ACROSS, BODY, HEIGHT, LEFT, WIDTH, Box
from toolkit.deliverables.theme import Theme

FONT = "Yu Gothic"
"""Comes with Windows; PowerPoint for Mac brings it too. Where it is absent Meiryo stands in."""

SPARE = "Meiryo"
FOOT = Box(x=LEFT, y=508.0, w=ACROSS - 80, h=18.0)
NUMBER = Box(x=LEFT + ACROSS - 70, y=508.0, w=70.0, h=18.0)
KICKER = Box(x=LEFT, y=16.0, w=ACROSS, h=16.0)
RULE = Box(x=LEFT, y=100.0, w=ACROSS, h=0.0)
HALF = (BODY.w - 34.0) / 2

LAYOUTS: Mapping[str, tuple[str, str, bool]] = {
    "cover": ("title", "Cover", True),
    "section": ("secHead", "Section", True),
    "content": ("titleOnly", "Title over content", False),
    "text": ("obj", "Title and text", False),
    "two": ("twoObj", "Two columns", False),
    "blank": ("blank", "Blank with footer", False),
}
"""Each layout's OOXML type, its name in PowerPoint, and whether its title is large."""


def presentation(theme: Theme) -> Any:
    """An empty presentation in our template."""
    from pptx import Presentation
    from pptx.util import Emu

    made = Presentation()
    made.slide_width, made.slide_height = Emu(int(WIDTH * EMU)), Emu(int(HEIGHT * EMU))
    made.part._element.find(  # no longer the 4:3 screen that python-pptx starts from
        "{http://schemas.openxmlformats.org/presentationml/2006/main}sldSz"
    ).attrib.pop("type", None)
    master = made.slide_master
    layouts = list(made.slide_layouts)
    for spare in layouts[len(LAYOUTS) :]:
        made.slide_layouts.remove(spare)
    for rel in master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            rel.target_part._blob = _theme(rel.target_part.blob.decode("utf-8"), theme).encode(
                "utf-8"
            )
    _fill(master._element, "", _master_shapes())
    _styles(master._element)
    for layout, (name, (kind, title, large)) in zip(layouts, LAYOUTS.items(), strict=False):
        layout._element.set("type", kind)
        _fill(layout._element, title, _layout_shapes(name, large))
    _drop(made, ("printerSettings", "thumbnail", "extended-properties"))
    return made


def layout_of(made: Any, name: str) -> Any:
    """A layout of the template by our name for it."""
    return made.slide_layouts[list(LAYOUTS).index(name)]


def _drop(made: Any, kinds: tuple[str, ...]) -> None:
    """Leave out what python-pptx's own starting file carries and nobody needs."""
    for rels in (made.part.rels, made.part.package._rels):
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(kinds):
                rels.pop(key)


def _theme(xml: str, theme: Theme) -> str:
    """The theme part with our colours and fonts; its effects are as they were."""
    roles = {
        **{slot: role for role, slot in SCHEME.items()},
        "hlink": "accent",
        "folHlink": "check",
    }
    slots = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    named = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
    own = {slot: theme.colours[roles[named.get(slot, slot)]].lstrip("#").upper() for slot in slots}
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in own.items()
    )
    faces = "".join(
        f'<a:{part}Font><a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>'
        f'<a:cs typeface=""/><a:font script="Jpan" typeface="{SPARE}"/></a:{part}Font>'
        for part in ("major", "minor")
    )
    name = escape(clean(theme.firm or "Standard"))
    xml = re.sub(r'name="Office Theme"', lambda _: f'name="{name}"', xml, count=1)
    xml = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        lambda _: f'<a:clrScheme name="{name}">{colours}</a:clrScheme>', xml, flags=re.S,
    )  # fmt: skip
    return re.sub(
        r"<a:fontScheme.*?</a:fontScheme>",
        lambda _: f'<a:fontScheme name="{FONT}">{faces}</a:fontScheme>', xml, flags=re.S,
    )  # fmt: skip


def _fill(element: Any, name: str, shapes: str) -> None:
    """Put shapes in place of those a master or layout has."""
    from pptx.oxml import parse_xml

    made = parse_xml(
        f"<p:cSld {NAMESPACES}{f' name={chr(34)}{name}{chr(34)}' if name else ''}>"
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr>'
        '</p:bg><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )
    old = element.cSld
    element.replace(old, made)


def _hold(  # noqa: PLR0913 — a placeholder's kind, place and look
    number: int, kind: str, box: Box, size: float, *, bold: bool = False, role: str = "ink",
    align: str = "l", anchor: str = "t", idx: int = 0, text: str = "",
) -> str:  # fmt: skip
    """A placeholder."""
    strong = ' b="1"' if bold else ""
    look = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}"{strong}>'
        f"{solid(role)}{FONTS}</a:defRPr></a:lvl1pPr>"
    )
    index = f' idx="{idx}"' if idx else ""
    shown = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-US"/>'
        "<a:t>‹#›</a:t></a:fld>"
        if kind == "sldNum"
        else f'<a:r><a:rPr lang="en-US"/><a:t>{text}</a:t></a:r>'
        if text
        else ""
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{index}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr>{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{look}</a:lstStyle><a:p>{shown}</a:p>"
        "</p:txBody></p:sp>"
    )


def _rule(number: int) -> str:
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="rule"/><p:cNvCxnSpPr/><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr>{place(RULE)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="12700">{solid("accent")}</a:ln></p:spPr></p:cxnSp>'
    )


def _edge(number: int) -> str:
    """A bar in the accent along the left edge of a large title."""
    box = Box(x=0, y=0, w=22.0, h=HEIGHT)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="edge"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{solid('accent')}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _feet(first: int) -> str:
    return _hold(first, "ftr", FOOT, 10, role="soft", anchor="ctr", idx=11) + _hold(
        first + 1, "sldNum", NUMBER, 10, role="soft", align="r", anchor="ctr", idx=12
    )


def _master_shapes() -> str:
    return (
        _hold(2, "title", HEAD, 23, bold=True, anchor="b", text="Title")
        + _hold(3, "body", BODY, 16, idx=1, text="Text")
        + _feet(4)
    )


def _layout_shapes(name: str, large: bool) -> str:
    if large:
        return _edge(9) + _hold(2, "ctrTitle" if name == "cover" else "title", LARGE, 36, bold=True,
                     anchor="b", text="Title")  # fmt: skip
    if name == "blank":
        return _feet(2)
    made = _hold(2, "title", HEAD, 23, bold=True, anchor="b", text="Title") + _rule(3)
    if name == "text":
        made += _hold(6, "body", BODY, 16, idx=1, text="Text")
    if name == "two":
        for number in (0, 1):
            box = Box(x=BODY.x + number * (HALF + 34.0), y=BODY.y, w=HALF, h=BODY.h)
            made += _hold(6 + number, "body", box, 16, idx=1 + number, text="Text")
    return made + _feet(4)


def _styles(master: Any) -> None:
    """Titles and text of the master in the theme's fonts, without bullets."""
    from pptx.oxml import parse_xml

    parts = (("titleStyle", 23, 1), ("bodyStyle", 16, 0), ("otherStyle", 14, 0))
    styles = "".join(
        f'<p:{name}><a:lvl1pPr algn="l"><a:buNone/><a:defRPr sz="{size * 100}" b="{bold}">'
        f"{solid('ink')}{FONTS}</a:defRPr></a:lvl1pPr></p:{name}>"
        for name, size, bold in parts
    )
    made = parse_xml(f"<p:txStyles {NAMESPACES}>{styles}</p:txStyles>")
    old = next(child for child in master if child.tag.endswith("}txStyles"))
    master.replace(old, made)
