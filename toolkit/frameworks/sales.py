"""Sales (セールス): four functions, channels, capture, closing, methods of payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.acquisition import (
    AUDIENCES,
    CELLS,
    SUB_STEPS,
    acquisition_frame,
    acquisition_rows,
    acquisition_states,
)
from toolkit.frameworks.answers import number, numbers_by_item, said, said_by_item
from toolkit.frameworks.billing import METHODS, OFFERED, method_rows, term_rows
from toolkit.frameworks.channel import CHANNELS, Channel, channel, channels_frame
from toolkit.frameworks.check import code, codes, each_within, settled, unique, within
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.funnel import funnel_of, refuse_growth
from toolkit.frameworks.handed import handed_on, handed_rows, refuse_strangers
from toolkit.frameworks.sales_process import (
    FUNCTIONS,
    process_rows,
    read_process,
    settle_process,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

VITAL = ("gathering", "closing")
"""Without these two there is no business (S1-08)."""
NEGOTIATION = ("now", "later", "both")
PROMOTION = ("material", "rebuild_offer", "present_offer")
TECHNIQUES = ("further_offer", "price_timing", "reassurance")
CONSENT_POINTS = ("recorded_on", "way", "wording", "stop")
"""What a record of consent holds; the list is ours and open."""
YES_NO = ("yes", "partly", "no")


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
        "audience": AUDIENCES,
        "sub_step": SUB_STEPS,
        "channel": CHANNELS,
        "channel_activity": CHANNELS,
        "channel_prepare": CHANNELS,
        "channel_gather": CHANNELS,
        "promotion": PROMOTION,
        "technique": TECHNIQUES,
        "pay_method": METHODS,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "life_or_death": ("S0-24", "S1-08"),
        "split_for_reading": ("S1-07",),
        "order_is_yours": ("S1-06", "S1-44"),
        "later_means_capture": ("S1-27", "S1-28"),
        "must_function": ("S1-45",),
        "most_practice": ("S1-46",),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("closing_techniques",)

    process: Sequence[Sequence[str]] | None = None
    process_text: str | None = None
    functions: Mapping[str, str] | None = None
    channels: Sequence[Channel] | None = None
    acquisition: Mapping[str, str] | None = None
    negotiation: str | None = None
    capture: str | None = None
    free_offer: str | None = None
    consent: str | None = None
    consent_points: Mapping[str, str] | None = None
    promotion: Mapping[str, str] | None = None
    closing: str | None = None
    techniques: Mapping[str, str] | None = None
    repeat_target: str | None = None
    reach_route: str | None = None
    methods: Mapping[str, str] | None = None
    fee_rates: Mapping[str, float] | None = None
    terms: Mapping[str, float] | None = None
    matching_hours: float | None = None
    dunning: str | None = None
    handed: Mapping[str, str] | None = None
    payback_months: float | None = None
    new_customers: float | None = None
    repeat_share: float | None = None
    funnel: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        settled(self, "functions", "channels", "promotion", "techniques", "methods", "terms")
        settled(self, "funnel", "acquisition", "consent_points", "fee_rates", "handed")
        if self.process is not None:
            object.__setattr__(self, "process", settle_process(self.process))
        unique("channels", [channel.code for channel in self.channels or ()])
        for cell in self.acquisition or ():
            code("acquisition", cell, CELLS)
        for name in ("functions", "promotion", "techniques", "acquisition", "consent_points"):
            codes(name, getattr(self, name), YES_NO)
        codes("methods", self.methods, OFFERED)
        code("negotiation", self.negotiation, NEGOTIATION)
        code("consent", self.consent, (*YES_NO, "not_sending"))
        for name in ("capture", "closing", "repeat_target", "reach_route", "dunning"):
            code(name, getattr(self, name), YES_NO)
        within("repeat_share", self.repeat_share, 0, 1)
        within("matching_hours", self.matching_hours, 0)
        each_within("fee_rates", self.fee_rates, 0, 1)
        refuse_strangers("sales", self.handed)
        refuse_growth(self.funnel or {})

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
            acquisition=said_by_item(facts, "q.sal.acquisition"),
            promotion=said_by_item(facts, "q.sal.promotion"),
            techniques=said_by_item(facts, "q.sal.techniques"),
            negotiation=said(facts, "q.sal.negotiation"),
            capture=said(facts, "q.sal.capture"),
            free_offer=said(facts, "q.off.free_offer"),
            consent=said(facts, "q.sal.consent"),
            closing=said(facts, "q.sal.closing"),
            repeat_target=said(facts, "q.sal.repeat_kpi"),
            reach_route=said(facts, "q.sal.reach_route"),
            methods=said_by_item(facts, "q.bil.methods"),
            fee_rates=numbers_by_item(facts, "q.bil.fee_rates"),
            terms=numbers_by_item(facts, "q.bil.terms"),
            matching_hours=number(facts, "q.bil.matching_hours"),
            handed=handed_on(facts, "sales"),
            dunning=said(facts, "q.bil.dunning"),
            payback_months=number(facts, "q.sal.payback_months"),
            new_customers=number(facts, "acquisition.new_customers"),
            repeat_share=number(facts, "customers.repeat_rate"),
            funnel=funnel_of(facts),
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
        """Order and functions, acquisition, promotion, closing, collection, what is handed on."""
        return (
            *process_rows(self.process, self.process_text),
            *listed("functions", FUNCTIONS, self.functions, items="function", said="have"),
            *self._acquisition_rows(),
            *listed("promotion", PROMOTION, self.promotion, items="promotion", said="doing"),
            Row(part="closing", value=self.closing, codes="doing"),
            *listed("techniques", TECHNIQUES, self.techniques, items="technique", said="doing"),
            *self.open_rows(),
            Row(part="repeat_target", value=self.repeat_target, codes="doing"),
            Row(part="reach_route", value=self.reach_route, codes="have"),
            *method_rows(self.methods, self.fee_rates),
            *term_rows(self.terms),
            Row(part="matching_hours", value=self.matching_hours, unit="hours"),
            Row(part="dunning", value=self.dunning, codes="doing"),
            Row(part="payback_months", value=self.payback_months, unit="months"),
            *handed_rows("sales", self.handed),
        )

    def _acquisition_rows(self) -> tuple[Row, ...]:
        points = listed(
            "consent_points",
            CONSENT_POINTS,
            self.consent_points,
            items="consent_point",
            said="have",
        )
        return (
            *acquisition_rows(self._acquisition_states()),
            *listed("channels", CHANNELS, self.fits, items="channel", said="channel_fit"),
            Row(part="negotiation", value=self.negotiation, codes="negotiation"),
            Row(part="capture", value=self.capture, codes="doing"),
            Row(part="capture_missing", value=self.capture_missing),
            Row(part="free_offer", value=self.free_offer, codes="have"),
            Row(part="consent", value=self.consent, codes="consent"),
            *(points if self.consent_points else ()),
            Row(part="new_customers", value=self.new_customers, unit="count"),
            Row(part="repeat_share", value=self.repeat_share, unit="share"),
        )

    def _acquisition_states(self) -> dict[str, str]:
        return acquisition_states(self.acquisition, self.channels or (), self.capture)

    def acquisition_frame(self) -> pd.DataFrame:
        """Leads and repeaters by the three sub-steps: audience, sub_step, state."""
        return acquisition_frame(self._acquisition_states())

    def channels_frame(self) -> pd.DataFrame:
        """The eight channels and the client's own: both conditions, what to prepare and do.

        Returns:
            frame with channel, reach, affordable, used, fit, prepare, gather, status, activity,
            stage.
        """
        return channels_frame(self.channels or ())

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
