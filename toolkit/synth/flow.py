"""The flow of work of a shop that sends goods: its steps from the choice to the next order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.synth.desk import PEOPLE

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.synth.rates import Rates

COLUMNS = (
    "step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day", "data_in", "data_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the flow; minutes are those of one time it is done."""

    step: str
    side: str = "company"
    actor: str = ""
    tool: str = ""
    mode: str = "auto"
    minutes: float = 0.0
    per_day: float = 13.0
    data_in: str = ""
    data_out: str = ""


BEFORE = (
    Step(step="商品を選んで注文する", side="customer", mode="", data_out="注文"),
    Step(
        step="注文を受け付ける", actor=PEOPLE[0], tool="受注管理",
        data_in="注文", data_out="受注票",
    ),
    Step(
        step="入金を確かめる", actor=PEOPLE[1], tool="決済代行",
        data_in="受注票", data_out="入金済み",
    ),
    Step(
        step="在庫を引き当てる", actor=PEOPLE[2], tool="受注管理",
        data_in="入金済み", data_out="出荷指示",
    ),
    Step(
        step="品物をそろえて梱包する", actor=PEOPLE[3], tool="出荷管理", mode="manual",
        minutes=6, data_in="出荷指示", data_out="出荷する箱",
    ),
    Step(
        step="送り状を出して発送する", actor=PEOPLE[4], tool="出荷管理",
        data_in="出荷する箱", data_out="追跡番号",
    ),
    Step(
        step="発送をお知らせする", actor=PEOPLE[0], tool="受注管理",
        data_in="追跡番号", data_out="お知らせ",
    ),
    Step(step="商品が届く", side="customer", mode="", data_in="お知らせ"),
)  # fmt: skip
DAILY = (
    Step(
        step="問合せに答える", actor=PEOPLE[0], tool="応対記録", mode="manual", minutes=20,
        per_day=3, data_in="問合せ", data_out="応対の記録",
    ),
    Step(
        step="仕入先へ発注する", actor=PEOPLE[1], tool="在庫管理", mode="manual", minutes=15,
        per_day=5, data_in="在庫の残り", data_out="発注書",
    ),
    Step(
        step="届いた品を検品する", actor=PEOPLE[2], tool="在庫管理", mode="manual", minutes=18,
        per_day=4, data_in="納品書", data_out="入庫の記録",
    ),
    Step(
        step="同梱物を用意する", actor=PEOPLE[4], tool="出荷管理", mode="manual", minutes=5,
        per_day=13, data_in="同梱の予定", data_out="同梱物",
    ),
)  # fmt: skip
VISIT = (
    Step(step="空きを見て予約する", side="customer", mode="", data_out="予約"),
    Step(
        step="予約を受け付ける", actor=PEOPLE[0], tool="予約台帳",
        data_in="予約", data_out="受注票",
    ),
    Step(
        step="お話をうかがう", actor=PEOPLE[0], tool="問診票", mode="manual", minutes=8, per_day=6,
        data_in="受注票", data_out="問診の記録",
    ),
    *(
        Step(
            step=f"施術する（{room}）", actor=who, tool="カルテ", mode="manual", minutes=50,
            per_day=1.2, data_in="問診の記録", data_out=f"施術の記録（{room}）",
        )
        for who, room in zip(PEOPLE[1:5], ("一番", "二番", "三番", "四番"), strict=True)
    ),
    Step(
        step="お会計をする", actor=PEOPLE[0], tool="レジ",
        data_in="施術の記録", data_out="会計の記録",
    ),
    Step(step="次の来店日を決める", side="customer", mode="", data_in="会計の記録"),
)  # fmt: skip
AFTER = (
    Step(
        step="使い方のお便りを送る", actor=PEOPLE[0], tool="メール配信",
        data_in="到着日", data_out="お便り",
    ),
    Step(
        step="ご感想をうかがう", actor=PEOPLE[2], tool="メール配信",
        data_in="到着日", data_out="ご感想",
    ),
    Step(
        step="次のご注文をご案内する", actor=PEOPLE[3], tool="メール配信",
        data_in="購入履歴", data_out="ご案内",
    ),
    Step(
        step="しばらくぶりの方へはがきを送る", actor=PEOPLE[4], tool="メール配信",
        data_in="購入履歴", data_out="はがき",
    ),
)  # fmt: skip


def journey(rates: Rates) -> pd.DataFrame:
    """The map of the flow with what the faults leave out, do twice, or do by hand."""
    import pandas as pd

    kept = AFTER[: round(rates.of("after_arrival"))]
    steps = [*(VISIT if rates.model == "shop" else (*DAILY, *BEFORE)), *kept]
    steps = _by_hand(_twice(_open(steps, rates), rates), rates)
    steps = _heavy(steps, rates.of("heavy_person"))
    rows = [(number, *_values(one)) for number, one in enumerate(steps, start=1)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _values(one: Step) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in COLUMNS[1:])


def _open(steps: list[Step], rates: Rates) -> list[Step]:
    """Steps without a side, and steps nobody answers for."""
    sides, nobody = round(rates.of("side_missing")), round(rates.of("unassigned"))
    made = [replace(one, side="") if place < sides else one for place, one in enumerate(steps)]
    ours = [place for place, one in enumerate(made) if one.side == "company"]
    open_ones = set(ours[len(ours) - nobody :])
    return [replace(one, actor="") if place in open_ones else one for place, one in enumerate(made)]


def _twice(steps: list[Step], rates: Rates) -> list[Step]:
    """The same slip typed into one more tool, once for each such entry, after its first entry."""
    again = [
        Step(
            step=f"受注を{tool}へ入力する", actor=PEOPLE[1 + place], tool=tool, mode="manual",
            minutes=3, data_in="受注票", data_out="受注票",
        )
        for place, tool in enumerate(("会計ソフト", "送り状ソフト", "顧客台帳"))
    ][: round(rates.of("double_entries"))]  # fmt: skip
    if not again:
        return steps
    at = next(place for place, one in enumerate(steps) if one.data_out == "受注票")
    first = replace(steps[at], mode="manual", minutes=2)
    return [*steps[:at], first, *again, *steps[at + 1 :]]


def _by_hand(steps: list[Step], rates: Rates) -> list[Step]:
    """Joints of the order's way that someone works by hand, thirty times a day or more."""
    left, made = round(rates.of("manual_seams")), []
    for one in steps:
        joint = one.side == "company" and one.mode == "auto" and left > 0
        made.append(replace(one, mode="manual", minutes=4, per_day=30) if joint else one)
        left -= int(joint)
    return made


def _heavy(steps: list[Step], times: float) -> list[Step]:
    """What the first person does by hand takes so many times as long."""
    return [
        replace(one, minutes=one.minutes * times) if one.actor == PEOPLE[0] else one
        for one in steps
    ]
