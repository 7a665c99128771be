"""From the columns chosen to what fills each canonical one: one header, or several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.intake.mappings.mapping import Operation, Source
from toolkit.intake.persons.normal_forms import key_form, load_forms
from toolkit.intake.proposals.choice import Chosen
from toolkit.intake.proposals.evidence import LARGEST_BAD_SHARE, MOSTLY, Evidence
from toolkit.intake.proposals.likeness import ideas_of, synonyms
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.times import read_clock
from toolkit.intake.values.widths import narrow

KEY = "customer_id"
CONTACTS = ("mail", "phone")
_BY_CONTACT = 0.9
_MULTIPLIED = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What fills a column, how sure (0 to 1), the code of the reason, where its cells stand."""

    source: Source
    confidence: float
    reason: str
    positions: tuple[int, ...]


def sources_of(evidence: Evidence, chosen: Chosen) -> dict[str, Filled]:
    """What fills each column of the table, in the order of the table's columns."""
    found = {
        name: Filled(
            source=Source(operation="column", headers=(evidence.header[choice.at],)),
            confidence=choice.confidence,
            reason=choice.reason,
            positions=(choice.at,),
        )
        for name, choice in chosen.choices.items()
    }
    for step in (_customer_key, _amount_of_lines, _date_with_time):
        found |= step(evidence, chosen, found)
    return {name: found[name] for name in evidence.kind.columns if name in found}


def _several(
    evidence: Evidence, operation: Operation, positions: tuple[int, ...], sure: tuple[float, str]
) -> Filled:
    headers = tuple(evidence.header[at] for at in positions)
    alone = operation == "first" and len(positions) == 1
    return Filled(
        source=Source(operation="column" if alone else operation, headers=headers),
        confidence=round(sure[0], 2),
        reason=sure[1],
        positions=positions,
    )


def _customer_key(
    evidence: Evidence, chosen: Chosen, found: Mapping[str, Filled]
) -> dict[str, Filled]:
    """Mail or telephone as the customer's key: without an id, or where the id is blank."""
    if KEY not in evidence.kind.columns or KEY in chosen.ties:
        return {}
    contacts = _contacts(evidence)
    own = found.get(KEY)
    if own is None:
        if not contacts or not evidence.kind.columns[KEY].required:
            return {}
        return {
            KEY: _several(evidence, "first", tuple(contacts.values()), (_BY_CONTACT, "contact"))
        }
    mail = contacts.get("mail")
    at = own.positions[0]
    if mail is None or not (evidence.text(at).blank & ~evidence.text(mail).blank).any():
        return {}
    return {KEY: _several(evidence, "first", (at, mail), (own.confidence, "id_or_contact"))}


def _contacts(evidence: Evidence) -> dict[str, int]:
    """The buyer's mail and telephone, where they stand in one column and can be read."""
    found = {}
    for role in CONTACTS:
        parts = [part[0] for part in evidence.roles.buyer.get(role, ()) if len(part) == 1]
        usable = [at for at in parts if at in evidence.positions and _usable(evidence, at, role)]
        if usable:
            found[role] = usable[0]
    return found


def _usable(evidence: Evidence, at: int, role: str) -> bool:
    forms = load_forms(evidence.setting.method)
    texts = evidence.text(at).distinct
    good = sum(key_form(role, text, forms) is not None for text in texts)
    return bool(texts) and good >= (1 - LARGEST_BAD_SHARE) * len(texts)


def _amount_of_lines(
    evidence: Evidence, chosen: Chosen, found: Mapping[str, Filled]
) -> dict[str, Filled]:
    """Price times quantity, where no column holds the amount of an order line."""
    amount, quantity = evidence.kind.columns.get("amount"), found.get("quantity")
    if amount is None or quantity is None or "amount" in found or "amount" in chosen.ties:
        return {}
    known = synonyms(evidence.setting.method)
    prices = [
        at
        for at in evidence.positions
        if "unit_price" in ideas_of(evidence.header[at], known)[-1:] and evidence.fit(at, amount)
    ]
    if len(prices) != 1:
        return {}
    pair = (prices[0], quantity.positions[0])
    return {"amount": _several(evidence, "multiply", pair, (_MULTIPLIED, "multiplied"))}


def _date_with_time(
    evidence: Evidence, chosen: Chosen, found: Mapping[str, Filled]
) -> dict[str, Filled]:
    """The time of day beside the table's date: 注文日 and 注文時間."""
    name = evidence.kind.date
    own = found.get(name or "")
    if name is None or own is None or evidence.kind.columns[name].type != "date":
        return {}
    at = own.positions[0]
    if _mostly(evidence, at, lambda text: ":" in text or "時" in text):
        return {}
    known = synonyms(evidence.setting.method)
    of_what = ideas_of(evidence.header[at], known)[:-1]
    wanted = {(*of_what, "time"), (*(of_what or ("order",)), "time")}
    used = {place for filled in found.values() for place in filled.positions}
    times = [
        place
        for place in evidence.positions
        if place not in used
        and ideas_of(evidence.header[place], known) in wanted
        and _mostly(evidence, place, _is_clock)
    ]
    if len(times) != 1:
        return {}
    sure = (own.confidence, "date_and_time")
    return {name: _several(evidence, "datetime", (at, times[0]), sure)}


def _mostly(evidence: Evidence, at: int, holds: Callable[[str], bool]) -> bool:
    texts = evidence.text(at).distinct
    return bool(texts) and sum(map(holds, texts)) >= MOSTLY * len(texts)


def _is_clock(text: str) -> bool:
    """Whether a text is a time of day; bare digits are hhmmss without leading zeros."""
    plain = narrow(text).strip()
    try:
        read_clock(plain.zfill(6) if plain.isdigit() else plain, digits=True)
    except Unreadable:
        return False
    return True
