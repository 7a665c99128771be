"""Pages as a PPTX file: shapes, charts with their workbooks, notes; the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from html import escape
from typing import Any

from toolkit.deliverables.slides.chart_book import chart_book
from toolkit.deliverables.slides.chart_xml import chart_xml
from toolkit.deliverables.slides.ends import TITLE
from toolkit.deliverables.slides.ooxml import NAMESPACES, Pen, clean, font, place, said
from toolkit.deliverables.slides.pages import HEAD
from toolkit.deliverables.slides.paper import Grid, Group, Page, Para, Piece, Plate, Plot, Rule
from toolkit.deliverables.slides.template import KICKER, layout_of, presentation
from toolkit.deliverables.theme import Theme
from toolkit.outline.blocks import words_of

EPOCH = (1980, 1, 1, 0, 0, 0)
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def pptx(pages: tuple[Page, ...], theme: Theme, about: tuple[str, str, str, datetime]) -> bytes:
    """The file of some pages.

    Args:
        pages: what stands on each slide.
        theme: colours, firm and logo.
        about: language, title of the document, footer, and the date it is of.
    """
    lang, title, footer, made = about
    file = presentation(theme)
    for page in pages:
        slide = file.slides.add_slide(layout_of(file, page.layout))
        slide._element.cSld.set("name", page.id)
        _Sheet(file, slide, lang, made).put(page, theme, footer)
    _properties(file, title, theme.firm, made)
    stream = io.BytesIO()
    file.save(stream)
    return _steady(stream.getvalue())


class _Sheet:
    """One slide of the file while it is filled."""

    def __init__(self, file: Any, slide: Any, lang: str, made: datetime) -> None:
        self.file, self.slide, self.lang, self.made = file, slide, lang, made

    def put(self, page: Page, theme: Theme, footer: str) -> None:
        """Every piece of a page, its title first, its notes last."""
        from pptx.oxml import parse_xml

        tree = self.slide.shapes._spTree
        for old in list(self.slide.placeholders):
            tree.remove(old._element)
        pieces = (*_head(page), *page.pieces)
        pen = Pen(lang=self.lang, ids=_numbers(pieces))
        xml = "".join(self._xml(pen, piece) for piece in pieces)
        if page.layout == "content":
            xml += _feet(self.lang, footer, len(pen.ids) + 2)
        for element in parse_xml(f"<p:spTree {NAMESPACES}>{xml}</p:spTree>"):
            tree.append(element)
        if page.layout != "content" and theme.logo is not None:
            self._logo(theme)
        if page.notes:
            self._notes(page.notes)

    def _xml(self, pen: Pen, piece: Piece | Group) -> str:
        if isinstance(piece, Plate):
            return pen.plate(piece)
        if isinstance(piece, Rule):
            return pen.rule(piece)
        if isinstance(piece, Group):
            return pen.group(piece)
        return pen.grid(piece) if isinstance(piece, Grid) else self._chart(pen, piece)

    def _chart(self, pen: Pen, plot: Plot) -> str:
        from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from pptx.parts.chart import ChartPart

        package = self.slide.part.package
        part = ChartPart.load(
            package.next_partname(ChartPart.partname_template),
            CONTENT_TYPE.DML_CHART,
            package,
            chart_xml(plot, self.lang).encode("utf-8"),
        )
        part.chart_workbook.update_from_xlsx_blob(chart_book(plot, self.made))
        key = self.slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{pen.ids[plot.name]}" '
            f'name="{said(plot.name)}" descr="{said(plot.alt)}"/><p:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'{place(plot.box, "p:xfrm")}<a:graphic><a:graphicData uri="{CHART}">'
            f'<c:chart xmlns:c="{CHART}" r:id="{key}"/></a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )

    def _logo(self, theme: Theme) -> None:
        """The firm's mark in the upper right corner; PowerPoint takes a PNG, not every SVG."""
        from pptx.util import Pt

        if theme.logo is None or theme.logo.media != "image/png":
            return
        picture = self.slide.shapes.add_picture(
            io.BytesIO(theme.logo.data), 0, Pt(40), height=Pt(44)
        )
        picture.left = Pt(888) - picture.width
        picture._element.nvPicPr.cNvPr.set("descr", clean(theme.firm))
        picture.name = "theme-logo"

    def _notes(self, notes: tuple[str, ...]) -> None:
        from pptx.oxml import parse_xml

        frame = self.slide.notes_slide.notes_text_frame._txBody
        for old in frame.p_lst:
            frame.remove(old)
        look = font(self.lang, 12, False, "ink")
        for line in notes:
            text = escape(clean(line).replace("\n", " "), quote=False)
            frame.append(parse_xml(f"<a:p {NAMESPACES}><a:r>{look}<a:t>{text}</a:t></a:r></a:p>"))


def _head(page: Page) -> tuple[Plate, ...]:
    large = page.layout != "content"
    kind = "ctrTitle" if page.layout == "cover" else "title"
    title = Plate(
        name="title", box=TITLE if large else HEAD, paras=(page.title,), hold=kind,
        anchor="b",
    )  # fmt: skip
    if not page.kicker:
        return (title,)
    para = Para(text=words_of(page.kicker), size=10.5, colour="accent", bold=True)
    return (title, Plate(name="kicker", box=KICKER, paras=(para,), anchor="ctr"))


def _numbers(pieces: tuple[Piece | Group, ...]) -> dict[str, int]:
    """A number for each piece by its name; one is the slide itself."""
    names: list[str] = []
    for piece in pieces:
        names.append(piece.name)
        if isinstance(piece, Group):
            names += [one.name for one in piece.pieces]
    return {name: number for number, name in enumerate(dict.fromkeys(names), start=2)}


def _feet(lang: str, footer: str, first: int) -> str:
    look = font(lang, 10, False, "soft")
    text = escape(clean(footer), quote=False)
    made = (
        ("ftr", 11, "footer", f"<a:r>{look}<a:t>{text}</a:t></a:r>"),
        (
            "sldNum", 12, "number",
            '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            f"{look}<a:t>‹#›</a:t></a:fld>",
        ),
    )  # fmt: skip
    return "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{first + place}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" idx="{idx}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
        for place, (kind, idx, name, run) in enumerate(made)
    )


def _properties(file: Any, title: str, firm: str, made: datetime) -> None:
    about = file.core_properties
    about.title, about.author, about.last_modified_by = clean(title)[:255], clean(firm)[:255], ""
    about.created = about.modified = about.last_printed = made
    about.revision, about.keywords, about.comments = 1, "", ""


def _steady(data: bytes) -> bytes:
    """The same archive with one date for every part of it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return stream.getvalue()
