"""Sales (セールス): four functions, channels, capture, closing, methods of payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import number, numbers_by_item, said, said_by_item
from toolkit.frameworks.channel import CHANNELS, Channel, channel
from toolkit.frameworks.check import code, codes, refuse, settled, unique, within
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

FUNCTIONS = ("gathering", "promotion", "closing", "collection")
VITAL = ("gathering", "closing")
"""Without these two there is no business (S1-08)."""
SUB_STEPS = ("channel_selection", "activity", "capture")
NEGOTIATION = ("now", "later", "both")
PROMOTION = ("material", "rebuild_offer", "present_offer")
TECHNIQUES = ("further_offer", "price_timing", "reassurance")
METHODS = ("card", "transfer", "convenience")
OFFERED = ("offered", "wanted", "not_needed")
YES_NO = ("yes", "partly", "no")
TERMS = ("closing_day", "months_later", "payment_day")
FUNNEL = ("leads", "won")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales(Framework):
    """Gather leads and repeaters, promote, close, collect; together or apart, in the set order.

    ``process`` is the client's own order: each stage holds the functions done at once (S1-06).
    Where negotiation comes later, a step that captures contacts is a must (S1-28).

    >>> sales = Sales(negotiation="later", capture="no",
    ...     process=[["gathering", "promotion"], ["closing"], ["collection"]])
    >>> sales.capture_required, sales.capture_missing, sales.together
    (True, True, (('gathering', 'promotion'),))
    """

    NAME: ClassVar[str] = "sales"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "function": FUNCTIONS,
        "sub_step": SUB_STEPS,
        "channel": CHANNELS,
        "channel_activity": CHANNELS,
        "promotion": PROMOTION,
        "technique": TECHNIQUES,
        "pay_method": METHODS,
    }

    process: Sequence[Sequence[str]] | None = None
    process_text: str | None = None
    functions: Mapping[str, str] | None = None
    channels: Sequence[Channel] | None = None
    negotiation: str | None = None
    capture: str | None = None
    free_offer: str | None = None
    consent: str | None = None
    promotion: Mapping[str, str] | None = None
    closing: str | None = None
    techniques: Mapping[str, str] | None = None
    repeat_target: str | None = None
    reach_route: str | None = None
    methods: Mapping[str, str] | None = None
    terms: Mapping[str, float] | None = None
    dunning: str | None = None
    payback_months: float | None = None
    new_customers: float | None = None
    repeat_share: float | None = None
    funnel: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        settled(self, "functions", "channels", "promotion", "techniques", "methods", "terms")
        settled(self, "funnel")
        if self.process is not None:
            stages = tuple(_stage(stage) for stage in self.process)
            object.__setattr__(self, "process", stages)
            unique("process", [name for stage in stages for name in stage])
        unique("channels", [channel.code for channel in self.channels or ()])
        for name in ("functions", "promotion", "techniques"):
            codes(name, getattr(self, name), YES_NO)
        codes("methods", self.methods, OFFERED)
        code("negotiation", self.negotiation, NEGOTIATION)
        code("consent", self.consent, (*YES_NO, "not_sending"))
        for name in ("capture", "closing", "repeat_target", "reach_route", "dunning"):
            code(name, getattr(self, name), YES_NO)
        within("repeat_share", self.repeat_share, 0, 1)
        _narrowing(self.funnel or {})

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From answers on sales and billing, and the measured acquisition."""
        fits = said_by_item(facts, "q.sal.channels") or {}
        text = said(facts, "q.sal.process")
        return cls(
            process=read_process(text),
            process_text=text,
            functions=said_by_item(facts, "q.sal.functions"),
            channels=tuple(channel(name, fit) for name, fit in fits.items()) or None,
            negotiation=said(facts, "q.sal.negotiation"),
            capture=said(facts, "q.sal.capture"),
            free_offer=said(facts, "q.off.free_offer"),
            consent=said(facts, "q.sal.consent"),
            closing=said(facts, "q.sal.closing"),
            repeat_target=said(facts, "q.sal.repeat_kpi"),
            reach_route=said(facts, "q.sal.reach_route"),
            methods=said_by_item(facts, "q.bil.methods"),
            terms=numbers_by_item(facts, "q.bil.terms"),
            dunning=said(facts, "q.bil.dunning"),
            payback_months=number(facts, "q.sal.payback_months"),
            new_customers=number(facts, "acquisition.new_customers"),
            repeat_share=number(facts, "customers.repeat_rate"),
            funnel=_funnel(facts),
        )

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """Stages of the process in which several functions are done at once."""
        return tuple(tuple(stage) for stage in self.process or () if len(stage) > 1)

    @property
    def capture_required(self) -> bool | None:
        """Whether contacts must be captured: negotiation is not concluded on the spot."""
        if self.negotiation in (None, UNKNOWN):
            return None
        return self.negotiation != "now"

    @property
    def capture_missing(self) -> bool | None:
        """Whether a capture step is needed and is not there; None where either is unknown."""
        if self.capture_required is False:
            return False
        if self.capture_required is None or self.capture in (None, UNKNOWN):
            return None
        return self.capture == "no"

    @property
    def fits(self) -> dict[str, str]:
        """Fit of each channel by its code."""
        return {channel.code: channel.fit for channel in self.channels or ()}

    def rows(self) -> tuple[Row, ...]:
        """Process and functions, acquisition in its sub-steps, promotion, closing, collection."""
        return (
            *_process_rows(self),
            *listed("functions", FUNCTIONS, self.functions, items="function", said="have"),
            *listed("channels", CHANNELS, self.fits, items="channel", said="channel_fit"),
            Row(part="negotiation", value=self.negotiation, codes="negotiation"),
            Row(part="capture", value=self.capture, codes="doing"),
            Row(part="capture_missing", value=self.capture_missing),
            Row(part="free_offer", value=self.free_offer, codes="have"),
            Row(part="consent", value=self.consent, codes="consent"),
            Row(part="new_customers", value=self.new_customers, unit="count"),
            Row(part="repeat_share", value=self.repeat_share, unit="share"),
            *listed("promotion", PROMOTION, self.promotion, items="promotion", said="doing"),
            Row(part="closing", value=self.closing, codes="doing"),
            *listed("techniques", TECHNIQUES, self.techniques, items="technique", said="doing"),
            Row(part="repeat_target", value=self.repeat_target, codes="doing"),
            Row(part="reach_route", value=self.reach_route, codes="have"),
            *listed("methods", METHODS, self.methods, items="pay_method", said="offered"),
            *_term_rows(self.terms or {}),
            Row(part="dunning", value=self.dunning, codes="doing"),
            Row(part="payback_months", value=self.payback_months, unit="months"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Unfit channels, missing vital functions, payment methods wanted but not offered."""
        vital = {k: v for k, v in (self.functions or {}).items() if k in VITAL}
        return (
            count_of(
                "sales.unfit_channels_count",
                self.fits,
                ("not_reached", "not_affordable"),
                expected=CHANNELS,
                needs=("q.sal.channels",),
            ),
            count_of(
                "sales.missing_functions_count",
                vital,
                ("no",),
                expected=VITAL,
                needs=("q.sal.functions",),
            ),
            count_of(
                "sales.unmet_methods_count",
                self.methods,
                ("wanted",),
                expected=METHODS,
                needs=("q.bil.methods",),
            ),
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """The channels by the two conditions; the funnel where counts are known."""
        from toolkit.frameworks.picture import channels, funnel

        return funnel(self.funnel, ax) if self.funnel else channels(self, ax)


def read_process(text: str | None) -> tuple[tuple[str, ...], ...] | None:
    """The order in a text such as 「集客＋販促→成約→回収」; None where it is not understood.

    Labels of both languages are read, arrows part the stages, plus signs what is done at once.

    >>> read_process("集客+販促 → 成約 → 回収")
    (('gathering', 'promotion'), ('closing',), ('collection',))
    """
    import re

    from toolkit.method import load_method

    names = {
        label.strip().casefold(): function
        for table in load_method().words.values()
        for function in FUNCTIONS
        for label in table.get(f"frameworks.read.function.{function}", "").split("|")
    }
    stages = [
        tuple(names.get(word.strip().casefold(), "") for word in re.split(r"[+＋&＆]", stage))
        for stage in re.split(r"→|⇒|->|>|＞", text or "")
    ]
    flat = [name for stage in stages for name in stage]
    return tuple(stages) if all(flat) and len(set(flat)) == len(flat) else None


def _stage(stage: Sequence[str]) -> tuple[str, ...]:
    names = (stage,) if isinstance(stage, str) else tuple(stage)
    for name in names:
        code("process", name, FUNCTIONS)
    return names


def _narrowing(funnel: Mapping[str, float]) -> None:
    """A funnel never grows.

    Raises:
        ObjectError: a later step counts more than the one before.
    """
    for (_, before), (step, after) in pairwise(funnel.items()):
        if after > before:
            raise refuse("object_funnel", f"funnel.{step}", f"{after:g}")


def _funnel(facts: Facts) -> dict[str, float] | None:
    leads, rate = number(facts, "acquisition.leads"), number(facts, "acquisition.conversion_rate")
    if leads is None or rate is None:
        return None
    return dict(zip(FUNNEL, (leads, float(round(leads * rate))), strict=True))


def _process_rows(sales: Sales) -> tuple[Row, ...]:
    if not sales.process:
        return (Row(part="process", value=sales.process_text),)
    return tuple(
        Row(part="process", item=str(place), value=name, codes="function")
        for place, stage in enumerate(sales.process, start=1)
        for name in stage
    )


def _term_rows(terms: Mapping[str, float]) -> tuple[Row, ...]:
    return tuple(
        Row(part="terms", item=name, value=terms.get(name), unit="count", items="term")
        for name in TERMS
    )
