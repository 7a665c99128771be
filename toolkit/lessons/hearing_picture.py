"""What was said in speech bubbles, and beside it what the data show, once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, BLUES, INK, LINE, PAPER, RUST, SOFT, TEAL
from toolkit.lessons.claim import Claim, claims
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.president import said_text, seen_text, topic_name
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS: Final = "lessons.hearing.picture"
HEAD, ROW, FOOT = 42.0, 50.0, 4.0
KEY, TOPIC = 16.0, 40.0
SAID: Final = (222.0, 188.0)  # left edge and width of the bubbles
SEEN: Final = (462.0, 214.0)
VALUE_SIZE: Final = 15.0
MARKS: Final = {"apart": (RUST, "D"), "holds": (TEAL, "o"), "few": (SOFT, "s")}


def said_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """What was said; what the data show is still open."""
    return _picture(firm, book, known=False)


def compared_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """What was said beside what the data show, and whether the two agree."""
    return _picture(firm, book, known=True)


def _picture(firm: ClientFirm, book: Words, *, known: bool) -> Axes | None:
    found = claims(firm)
    if not found:
        return None
    height = HEAD + ROW * len(found) + FOOT
    ax = picture.sheet(None, height)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(height, 0)
    for (left, wide), code in ((SAID, "said"), (SEEN, "seen")):
        place = (left + wide / 2, HEAD / 2)
        text = book.text(f"{WORDS}.{code}")
        lettering.put(ax, *place, text, bold=True, colour=BLUE, at=("center", "center"))
    for number, claim in enumerate(found):
        y = HEAD + ROW * (number + 0.5)
        _topic(ax, y, claim, book)
        _said(ax, y, claim, firm, book)
        _seen(ax, y, claim, (firm, known), book)
    return ax


def _topic(ax: Axes, y: float, claim: Claim, book: Words) -> None:
    ax.plot(KEY, y, marker="o", markersize=23, color=BLUES[1], markeredgecolor=BLUE)
    lettering.put(ax, KEY, y, claim.key, bold=True, colour=BLUE, at=("center", "center"))
    lines = lettering.fit(topic_name(claim, book), SAID[0] - TOPIC - 18, bold=True, lines=2)
    lettering.put_lines(ax, TOPIC, y, lines, bold=True)


def _said(ax: Axes, y: float, claim: Claim, firm: ClientFirm, book: Words) -> None:
    from matplotlib.patches import FancyBboxPatch, Polygon

    left, wide = SAID
    high, tail = 17.0, 10.0
    shape = "round,pad=0,rounding_size=12"
    bubble = FancyBboxPatch(
        (left, y - high), wide, 2 * high, boxstyle=shape, facecolor=BLUES[0], linewidth=0
    )
    ax.add_patch(bubble)
    ends = [(left + 4, y - 6), (left - tail, y), (left + 4, y + 6)]
    ax.add_patch(Polygon(ends, facecolor=BLUES[0], linewidth=0))
    value = said_text(claim, firm, book)
    text = book.text(f"{WORDS}.{claim.relation}", said=value)
    lettering.put(ax, left + wide / 2, y, text, size=VALUE_SIZE, bold=True, at=("center", "center"))


def _seen(ax: Axes, y: float, claim: Claim, about: tuple[ClientFirm, bool], book: Words) -> None:
    from matplotlib.patches import Rectangle

    firm, known = about
    left, wide = SEEN
    state = "apart" if claim.contradicted else "few" if claim.apart else "holds"
    colour, sign = MARKS[state] if known else (LINE, "")
    ax.add_patch(
        Rectangle((left, y - 17), wide, 34, facecolor=PAPER, edgecolor=colour, linewidth=1.6)
    )
    middle = left + wide / 2
    if not known:
        lettering.put(ax, middle, y, "?", size=VALUE_SIZE, colour=SOFT, at=("center", "center"))
        return
    ax.plot(left + 20, y, marker=sign, markersize=10, color=colour)
    value = seen_text(claim, firm, book)
    lettering.put(ax, left + 38, y, value, size=VALUE_SIZE, bold=True, colour=INK)
    text = book.text(f"{WORDS}.{state}")
    at = ("right", "center")
    lettering.put(ax, left + wide - 10, y, text, size=11, colour=colour, at=at)  # type: ignore[arg-type]
