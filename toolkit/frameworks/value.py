"""Value (バリュー): what the customer gets, and how far pains and gains are met."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.answers import said, said_by_item
from toolkit.frameworks.check import code, settled, within
from toolkit.frameworks.framework import Framework, Row

if TYPE_CHECKING:
    from toolkit.method import Method

KINDS = ("pain", "gain", "job")
COVERED = {"yes": 1.0, "partly": 0.5, "no": 0.0}
SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Need:
    """A pain, gain or job of the customer: importance 1–5, covered yes, partly or no."""

    name: str
    _: KW_ONLY
    kind: str = "pain"
    importance: float | None = None
    covered: str | None = None

    def __post_init__(self) -> None:
        code("kind", self.kind, KINDS)
        code("covered", self.covered, tuple(COVERED))
        within("importance", self.importance, *SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Framework):
    """The value exchanged in a transaction: the customer's needs, and what is left to each side.

    Standard reference for the canvas: Osterwalder et al., Value Proposition Design (2014).

    >>> round(Value(willingness_yen=6000, price_yen=4980, cost_yen=1500).customer_surplus_yen)
    1020
    """

    NAME: ClassVar[str] = "value"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "need_kind": KINDS,
    }

    promise: str | None = None
    canvas: Sequence[Need] | None = None
    willingness_yen: float | None = None
    price_yen: float | None = None
    cost_yen: float | None = None

    def __post_init__(self) -> None:
        settled(self, "canvas")
        for name in ("willingness_yen", "price_yen", "cost_yen"):
            within(name, getattr(self, name), 0)

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
        return cls(canvas=needs or None)

    @property
    def customer_surplus_yen(self) -> float | None:
        """Willingness to pay − price: what the customer gains by the exchange."""
        return _minus(self.willingness_yen, self.price_yen)

    @property
    def supplier_surplus_yen(self) -> float | None:
        """Price − cost: what the company gains by it."""
        return _minus(self.price_yen, self.cost_yen)

    def rows(self) -> tuple[Row, ...]:
        """Promise, each need with its cover, and the exchange in money."""
        needs = self.canvas if self.canvas is not None else ()
        return (
            Row(part="promise", value=self.promise),
            *(Row(part="canvas", item=n.name, value=n.covered, codes="covered") for n in needs),
            *(() if needs else (Row(part="canvas"),)),
            Row(part="willingness_yen", value=self.willingness_yen, unit="yen"),
            Row(part="price_yen", value=self.price_yen, unit="yen"),
            Row(part="cost_yen", value=self.cost_yen, unit="yen"),
            Row(part="customer_surplus_yen", value=self.customer_surplus_yen, unit="yen"),
            Row(part="supplier_surplus_yen", value=self.supplier_surplus_yen, unit="yen"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """value.canvas_fit_share: Σ importance × covered ÷ Σ importance of pains and gains."""
        return (_canvas_fit(self.canvas or ()),)


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
