"""Value (バリュー): what the customer gets, and how far pains and gains are met."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.framework import Framework, Row, listed
from toolkit.frameworks.value_elements import AUDIENCES, CONSUMERS, FIRMS, elements_frame

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

KINDS = ("pain", "gain", "job")
COVERED = {"yes": 1.0, "partly": 0.5, "no": 0.0}
ANSWERS = ("product", "reliever", "creator")
"""The value map beside the customer's jobs, pains and gains: what answers each kind."""
LEVELS = ("core", "actual", "augmented")
"""Three levels of a product: Kotler and Armstrong, Principles of Marketing."""
SCALE = (1, 5)
TO_FIRMS = ("made_to_order", "saas")


@dataclass(frozen=True, slots=True)
class Need:
    """A pain, gain or job of the customer: importance 1–5, covered yes, partly or no.

    ``by`` names what answers it: a product or service, a pain reliever, a gain creator.
    """

    name: str
    _: KW_ONLY
    kind: str = "pain"
    importance: float | None = None
    covered: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        code("kind", self.kind, KINDS)
        code("covered", self.covered, tuple(COVERED))
        within("importance", self.importance, *SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Framework):
    """The value exchanged in a transaction: the customer's needs, and what is left to each side.

    Standard references: for the canvas Osterwalder et al., Value Proposition Design (2014); for
    ``elements`` see ``value_elements``; for ``levels`` Kotler and Armstrong.

    >>> value = Value(willingness_yen=6000, price_yen=4980, cost_yen=1500)
    >>> value.customer_surplus_yen, value.supplier_surplus_yen
    (1020, 3480)
    """

    NAME: ClassVar[str] = "value"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "need_kind": KINDS,
        "answer_kind": ANSWERS,
        "product_level": LEVELS,
        **{f"element_{level}": names for level, names in {**CONSUMERS, **FIRMS}.items()},
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "exchange": ("S0-32",),
        "also_procurement": ("S1-01",),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("value_definition",)

    promise: str | None = None
    canvas: Sequence[Need] | None = None
    products: Sequence[str] | None = None
    audience: str = "consumers"
    elements: Mapping[str, str] | None = None
    levels: Mapping[str, str] | None = None
    willingness_yen: float | None = None
    price_yen: float | None = None
    cost_yen: float | None = None

    def __post_init__(self) -> None:
        settled(self, "canvas", "products", "elements", "levels")
        for name in ("willingness_yen", "price_yen", "cost_yen"):
            within(name, getattr(self, name), 0)
        code("audience", self.audience, tuple(AUDIENCES))
        codes("elements", self.elements, tuple(COVERED))
        for level in self.levels or ():
            code("levels", level, LEVELS)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the canvas answered at hearing: by item, or as lines ``name | 5 | partly``."""
        answers = said_by_item(facts, "q.val.canvas") or {}
        lines = [f"{name} | {answer}" for name, answer in answers.items()]
        text = said(facts, "q.val.canvas") if not lines else None
        lines += re.split(r"[\n;；]", text or "")
        needs = tuple(need for need in map(_need, lines) if need is not None)
        return cls(
            canvas=needs or None,
            promise=said(facts, "q.val.promise"),
            levels=said_by_item(facts, "q.val.levels"),
            price_yen=number(facts, "q.off.price"),
            audience="firms" if said(facts, "q.pla.model") in TO_FIRMS else "consumers",
        )

    @property
    def customer_surplus_yen(self) -> float | None:
        """Willingness to pay − price: what the customer gains by the exchange."""
        return _minus(self.willingness_yen, self.price_yen)

    @property
    def supplier_surplus_yen(self) -> float | None:
        """Price − cost: what the company gains by it."""
        return _minus(self.price_yen, self.cost_yen)

    @property
    def fit_share(self) -> float | None:
        """Σ importance × covered ÷ Σ importance of pains and gains; None where none is scored."""
        return _canvas_fit(self.canvas or ()).number

    @property
    def by_gap(self) -> tuple[Need, ...]:
        """The needs, those with most importance left uncovered first."""
        return tuple(sorted(self.canvas or (), key=_gap, reverse=True))

    def rows(self) -> tuple[Row, ...]:
        """Promise, each need with its cover, what the product is made of, the exchange in money."""
        return (
            Row(part="promise", value=self.promise),
            *_canvas_rows(self.canvas or ()),
            Row(part="fit_share", value=self.fit_share, unit="share"),
            *(Row(part="products", value=name) for name in self.products or ()),
            *listed("levels", LEVELS, self.levels, items="product_level", said=""),
            *_element_rows(self.audience, self.elements),
            Row(part="willingness_yen", value=self.willingness_yen, unit="yen"),
            Row(part="price_yen", value=self.price_yen, unit="yen"),
            Row(part="cost_yen", value=self.cost_yen, unit="yen"),
            Row(part="customer_surplus_yen", value=self.customer_surplus_yen, unit="yen"),
            Row(part="supplier_surplus_yen", value=self.supplier_surplus_yen, unit="yen"),
            *self.open_rows(),
        )

    def facts(self) -> tuple[Fact, ...]:
        """value.canvas_fit_share: Σ importance × covered ÷ Σ importance of pains and gains."""
        return (_canvas_fit(self.canvas or ()),)

    def canvas_frame(self) -> pd.DataFrame:
        """The canvas: what the customer has to do, fears and hopes beside what answers it.

        Returns:
            frame with kind, need, importance, covered, by, answer (product, reliever, creator);
            the heaviest uncovered need first.
        """
        import pandas as pd

        answer = dict(zip(("job", "pain", "gain"), ANSWERS, strict=True))
        rows = [
            (n.kind, n.name, n.importance, n.covered, n.by, answer[n.kind]) for n in self.by_gap
        ]
        columns = ["kind", "need", "importance", "covered", "by", "answer"]
        return pd.DataFrame(rows, columns=columns, dtype=object).astype({"importance": "float64"})

    def elements_frame(self) -> pd.DataFrame:
        """Every element of value of the audience, with what is given: level, element, state."""
        return elements_frame(self.audience, self.elements or {})

    def plot(self, ax: Axes | None = None) -> Axes:
        """Pains and gains by importance, each with how far it is covered."""
        from toolkit.frameworks.grids import canvas

        return canvas(self, ax)


def _gap(need: Need) -> float:
    """Importance not yet covered; what is not scored comes last."""
    if need.importance is None or need.covered not in COVERED:
        return -1
    return need.importance * (1 - COVERED[need.covered])


def _canvas_rows(needs: Sequence[Need]) -> tuple[Row, ...]:
    """A part a kind, pains first; a kind without needs is a gap."""
    rows: list[Row] = []
    for kind in KINDS:
        own = [need for need in needs if need.kind == kind]
        rows += [
            Row(
                part=f"{kind}s",
                item=need.name,
                value=need.covered,
                codes="covered",
                note="" if need.importance is None else f"{need.importance:g}",
                notes="importance",
            )
            for need in own
        ] or [Row(part=f"{kind}s")]
    return tuple(rows)


def _element_rows(audience: str, states: Mapping[str, str] | None) -> tuple[Row, ...]:
    """How many elements of each level are given in full, of how many; the notice with them."""
    if states is None:
        return (Row(part="elements"),)
    levels = tuple(
        Row(
            part="elements",
            item=level,
            items="element_level",
            value=sum(states.get(name) == "yes" for name in names),
            unit="count",
            note=str(len(names)),
            notes="of",
        )
        for level, names in AUDIENCES[audience].items()
    )
    return (*levels, Row(part="elements", value="notice", codes="element_notice"))


def _canvas_fit(canvas: Sequence[Need]) -> Fact:
    scored = [
        (need, need.importance, COVERED[need.covered])
        for need in canvas
        if need.kind != "job" and need.importance is not None and need.covered in COVERED
    ]
    if not scored:
        return unknown(
            "value.canvas_fit_share",
            "not_asked",
            unit="share",
            needs=("q.val.canvas",),
            basis="said",
        )
    weight = sum(importance for _, importance, _ in scored)
    return Fact(
        id="value.canvas_fit_share",
        value=sum(importance * cover for _, importance, cover in scored) / weight,
        unit="share",
        n=len(scored),
        basis="said",
        needs=("q.val.canvas",),
        items=tuple(
            Item(key=need.name, label=need.name, value=importance)
            for need, importance, cover in scored
            if cover < COVERED["yes"]
        ),
    )


def _need(line: str) -> Need | None:
    """A need from ``name | importance | covered [| kind]``; None where the line is none."""
    cells = [cell.strip() for cell in re.split(r"[|｜\t]", line)]
    if len(cells) < 3 or not cells[0] or cells[2] not in COVERED:
        return None
    if not re.fullmatch(r"[1-5]", cells[1]):
        return None
    kind = cells[3] if len(cells) > 3 and cells[3] in KINDS else "pain"
    return Need(cells[0], kind=kind, importance=float(cells[1]), covered=cells[2])


def _minus(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right
