"""A month as it is compared: figures, findings and actions of one diagnosis, and its method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.diagnosis.plan import Action
from toolkit.facts import Fact, Facts, Item
from toolkit.rules.finding import Evidence, Finding, Threshold
from toolkit.rules.judge import Client
from toolkit.rules.yen import Step, Yen

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One diagnosis, as much of it as a comparison reads.

    ``method`` pairs the name of each layer with its hash, ours with the version of the toolkit
    that measured and judged.
    """

    client_id: str
    run_date: str
    as_of: str
    method: tuple[tuple[str, str], ...]
    facts: Facts
    findings: Mapping[str, Finding]
    actions: tuple[Action, ...]
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """What the client had set about judging."""
        held = {code: one.suppressed for code, one in self.findings.items() if one.suppressed}
        return Client(thresholds=self.thresholds, suppress=held)


def month_of(diagnosis: Diagnosis) -> Month:
    """The month of a diagnosis in memory."""
    return Month(
        client_id=str(diagnosis.client["client_id"]),
        run_date=diagnosis.run_date,
        as_of=diagnosis.as_of,
        method=_method(diagnosis.method, diagnosis.toolkit_version),
        facts=diagnosis.facts,
        findings={one.id: one for one in diagnosis.judged},
        actions=diagnosis.actions,
        thresholds=diagnosis.client.get("thresholds", {}),
    )


def month_from(document: Mapping[str, Any]) -> Month:
    """The month of a saved diagnosis, perhaps of another version of the toolkit.

    What this version does not know is left out, what that one did not have is at its default.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is no diagnosis.
    """
    client = document["client"]
    return Month(
        client_id=str(client["client_id"]),
        run_date=str(document["run_date"]),
        as_of=str(document["as_of"]),
        method=_method(document["method"], document["toolkit_version"]),
        facts=Facts(_fact(one) for one in document["facts"]),
        findings={one["id"]: _finding(one) for one in document["findings"]},
        actions=tuple(_made(Action, one, findings=tuple) for one in document["actions"]),
        thresholds=dict(client.get("thresholds", {})),
    )


def statuses_from(document: Mapping[str, Any]) -> dict[str, str]:
    """Status by rule code of a saved diagnosis.

    Raises:
        KeyError, TypeError: it is no diagnosis.
    """
    return {str(one["id"]): str(one["status"]) for one in document["findings"]}


def _method(layers: Any, version: str) -> tuple[tuple[str, str], ...]:
    named = tuple((str(one["name"]), str(one["sha256"])) for one in layers)
    return (("version", version), *named)


def _made(kind: type[Made], record: Mapping[str, Any], /, **as_: Any) -> Made:
    """A record of a dataclass without the keys it does not know, some of them converted."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]  # all are dataclasses
    given = {key: value for key, value in record.items() if key in known}
    return kind(**{**given, **{key: as_[key](given[key]) for key in as_ if key in given}})


def _items(records: Any) -> tuple[Item, ...]:
    return tuple(_made(Item, one) for one in records)


def _period(value: Any) -> tuple[str, str] | None:
    return (str(value[0]), str(value[1])) if value else None


def _fact(record: Mapping[str, Any]) -> Fact:
    return _made(Fact, record, period=_period, items=_items, needs=tuple)


def _finding(record: Mapping[str, Any]) -> Finding:
    lists = dict.fromkeys(("missing", "leads_to", "sources"), tuple)
    return _made(Finding, record, evidence=_evidence, yen=_yen, **lists)


def _evidence(record: Mapping[str, Any]) -> Evidence:
    return _made(Evidence, record, facts=tuple, threshold=_threshold, items=_items)


def _threshold(record: Mapping[str, Any] | None) -> Threshold | None:
    return _made(Threshold, record) if record else None


def _yen(record: Mapping[str, Any] | None) -> Yen | None:
    if record is None:
        return None
    lists = dict.fromkeys(("inputs", "overlaps", "missing"), tuple)
    return _made(Yen, record, steps=_steps, **lists)


def _steps(records: Any) -> tuple[Step, ...]:
    return tuple(_made(Step, one) for one in records)
