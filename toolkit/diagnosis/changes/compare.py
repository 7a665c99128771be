"""compare: two months of one client, like with like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from toolkit.diagnosis.changes.changes import (
    Changes,
    FactChange,
    FindingChange,
    Since,
)
from toolkit.diagnosis.changes.history import History
from toolkit.diagnosis.changes.leading import Leading, compared, leading
from toolkit.diagnosis.changes.month import Month, month_of
from toolkit.diagnosis.changes.noise import Move, move
from toolkit.diagnosis.changes.promises import Kept, promises
from toolkit.diagnosis.changes.rejudge import lines_changed, rejudge
from toolkit.diagnosis.changes.states import Seen, state_between
from toolkit.diagnosis.changes.year_ago import year_ago
from toolkit.diagnosis.worth import constants
from toolkit.errors import UsageError
from toolkit.method import Entry, Method
from toolkit.rules.finding import Finding

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.edits import AppliedEdit
    from toolkit.diagnosis.plan import Constant

SECTION, FIGURES = "changes", "changed_figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """What every rule is compared with."""

    old: Month
    new: Month
    rejudged: Mapping[str, Finding]
    rules: Mapping[str, Entry]
    constant: Constant = field(repr=False)
    history: History

    def moved(self, key: str | None) -> Move:
        if key is None:
            return Move()
        return move(self.old.facts.get(key), self.new.facts.get(key), self.constant)


def changes_since(diagnosis: Diagnosis, history: History) -> Changes | None:
    """What changed in a diagnosis since the last kept month; None where nothing was kept."""
    if history.last is None:
        return None
    new = month_of(diagnosis)
    return compare(history.last, new, diagnosis.content, history, diagnosis.edits)


def compare(
    old: Month,
    new: Month,
    method: Method,
    history: History | None = None,
    edits: Iterable[AppliedEdit] = (),
) -> Changes:
    """Two months of one client: states of all findings, leading figures, promises.

    Args:
        old: the earlier month.
        new: the later month.
        method: the content by which ``new`` was judged; another one leaves last month as it was
            judged then (``recomputed`` False).
        history: which rules failed before ``old``, and the month a year ago.
        edits: the consultant's notes on actions.

    Raises:
        UsageError: the months are of two clients, or the first is not the earlier one.
    """
    _check(old, new)
    history = history or History()
    judged = rejudge(old, new, method)
    bench = _Bench(
        old=old,
        new=new,
        rejudged=old.findings if judged is None else judged,
        rules=method.section("rules"),
        constant=constants(new.facts, method, new.thresholds),
        history=history,
    )
    pairs = [_finding(code, bench) for code in dict.fromkeys([*new.findings, *old.findings])]
    kept = Kept(
        old=old,
        new=new,
        rejudged=bench.rejudged,
        moved={change.id: change for change, _ in pairs},
        worse={change.id: figure.worse for change, figure in pairs},
        method=method,
    )
    return Changes(
        since=Since(run_date=old.run_date, as_of=old.as_of),
        method_changed=old.method != new.method,
        lines_changed=lines_changed(old, new, method),
        recomputed=judged is not None,
        year_ago=history.year_ago.run_date if history.year_ago else None,
        findings=tuple(change for change, _ in pairs),
        facts=tuple(_facts(bench, method, history)),
        actions=promises(kept, edits),
    )


def _check(old: Month, new: Month) -> None:
    if old.client_id != new.client_id:
        raise UsageError("compare_clients", params={"old": old.client_id, "new": new.client_id})
    if date.fromisoformat(old.run_date) > date.fromisoformat(new.run_date):
        raise UsageError("compare_order", params={"old": old.run_date, "new": new.run_date})


def _finding(code: str, bench: _Bench) -> tuple[FindingChange, Leading]:
    """One rule's change, and its leading figure."""
    was, now = bench.old.findings.get(code), bench.new.findings.get(code)
    again, rule = bench.rejudged.get(code), bench.rules.get(code)
    figure = _leading(rule, was, now, bench)
    moved = bench.moved(figure.fact)
    inner = None
    if again is not None and now is not None:
        seen = Seen(
            moved=moved,
            worse=figure.worse,
            at_the_line=rule is not None and _at_the_line(rule, bench),
            before=bench.history.before.get(code),
            failed_before=code in bench.history.failed,
        )
        inner = state_between(again, now, seen)
    other = inner is None or was is None or _judged(was) != _judged(again)
    made = FindingChange(
        id=code,
        state="changed_method" if other or inner is None else inner,
        was=was.status if was else None,
        rejudged=again.status if again else None,
        now=now.status if now else None,
        was_severity=was.severity if was else None,
        severity=now.severity if now else None,
        reason=now.reason if now else None,
        method_state=inner if other else None,
    )
    return _with_figure(made, figure, moved), figure


def _leading(
    rule: Entry | None, was: Finding | None, now: Finding | None, bench: _Bench
) -> Leading:
    """This month's leading figure of a rule, last month's where it has none now."""
    found = leading(rule, now, bench.new.facts) if now is not None else Leading()
    if found.fact is None and was is not None:
        return leading(rule, was, bench.old.facts)
    return found


def _with_figure(change: FindingChange, figure: Leading, moved: Move) -> FindingChange:
    return replace(
        change,
        fact=figure.fact,
        old=moved.old,
        new=moved.new,
        change=moved.change,
        noise=moved.noise,
        beyond_noise=moved.beyond,
    )


def _judged(finding: Finding | None) -> tuple[str, str] | None:
    """What a reader saw of a finding; a severity counts only where it failed."""
    if finding is None:
        return None
    return finding.status, finding.severity if finding.status == "fail" else ""


def _at_the_line(rule: Entry, bench: _Bench) -> bool:
    """Whether exact figures alone stand behind a rule, and none left the noise band."""
    moves = []
    for key in compared(rule):
        old, new = bench.old.facts.get(key), bench.new.facts.get(key)
        if old is None or new is None or not (old.known or new.known):
            continue
        if old.sampled or new.sampled or not (old.known and new.known):
            return False
        moves.append(bench.moved(key))
    return any(one.change for one in moves) and not any(one.beyond for one in moves)


def _facts(bench: _Bench, method: Method, history: History) -> Iterator[FactChange]:
    """Figures of the report's table of changes, then those behind what failed then or now."""
    failed = [
        one
        for month in (bench.new, bench.old)
        for one in month.findings.values()
        if one.status == "fail"
    ]
    behind = (key for one in failed for key in one.evidence.facts if not key.startswith("q."))
    for key in dict.fromkeys([*figures(method), *behind]):
        old, new = bench.old.facts.get(key), bench.new.facts.get(key)
        if (old is None or old.number is None) and (new is None or new.number is None):
            continue
        moved = bench.moved(key)
        ago, by = year_ago(key, bench.new.facts, history.year_ago)
        yield FactChange(
            id=key,
            old=moved.old,
            new=moved.new,
            change=moved.change,
            noise=moved.noise,
            beyond=moved.beyond,
            year_ago=ago,
            year_ago_by=by,
        )


def figures(method: Method) -> tuple[str, ...]:
    """Keys of the figures that the report's table of changes may show, in its order."""
    entry = method.section("report").get(SECTION)
    blocks = [one for one in entry["blocks"] if one["make"] == FIGURES] if entry else []
    return tuple(str(key) for block in blocks for key in block.get("facts", ()))
