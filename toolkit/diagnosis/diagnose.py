"""The way from a client's folder to a Diagnosis; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.ask import ask_next, concerning
from toolkit.diagnosis.chains import chains
from toolkit.diagnosis.changes.since import since_last_time
from toolkit.diagnosis.document import Diagnosis
from toolkit.diagnosis.edits import applied
from toolkit.diagnosis.health import health_records
from toolkit.diagnosis.hypotheses import hypotheses
from toolkit.diagnosis.information import Standing
from toolkit.diagnosis.lacking import asking
from toolkit.diagnosis.plan import LEADING, Action, plan
from toolkit.diagnosis.published import Published
from toolkit.diagnosis.strengths import strengths
from toolkit.diagnosis.worth import assumptions, constants, totals, worthed
from toolkit.errors import ToolkitError, UsageError
from toolkit.facts import Fact, Facts, unknown
from toolkit.method import Method, load_method
from toolkit.rules.judge import Client, judge
from toolkit.rules.readers import readers
from toolkit.rules.score import score_modules, total_coverage

if TYPE_CHECKING:
    from toolkit.intake.case import Case
    from toolkit.intake.profiles.profile import Profile

FILES = ("client.yaml", "hearing.xlsx")
"""What makes a folder a client's; so does its data/."""


def diagnose(
    client: str | Path, *, as_of: str | date | None = None, method: str | Path | None = None
) -> Diagnosis:
    """Read a client's folder, measure, judge.

    Args:
        client: a client's folder, or its id under ``./clients``.
        as_of: the day of the diagnosis; by default client.yaml's, else today.
        method: a firm's folder laid over ours.

    Returns:
        The diagnosis; what could not be known is in it as unknown.

    Raises:
        InputError: a file of the client cannot be used, a kept month among them; every fault is
            listed.
        UsageError: there is no such client.
    """
    from toolkit.intake.case import load_case

    folders = (Path(method),) if method else ()
    book = load_method(*folders)
    day = date.fromisoformat(as_of) if isinstance(as_of, str) and as_of else as_of or None
    return diagnose_case(load_case(client_folder(client), method=book, as_of=day), book, folders)


def warm(method: Method) -> None:
    """Make what follows from the method alone, for all the clients to come in this process.

    A fault of a firm's method is left to be told by the first report.
    """
    from toolkit.intake.setting import make_setting
    from toolkit.intake.values.zones import known_zones

    known_zones()
    with suppress(ToolkitError):
        make_setting(method, Path(), date.min)
        judge(Facts(), method)
        readers(method)


def client_folder(client: str | Path) -> Path:
    """The folder of a client given as a path, or as an id under ``./clients``.

    Raises:
        UsageError: neither is there.
    """
    for folder in (Path(client), Path("clients") / client):
        if any((folder / name).is_file() for name in FILES) or (folder / "data").is_dir():
            return folder
    raise UsageError("client_missing", params={"client": str(client)})


def diagnose_case(case: Case, method: Method, folders: tuple[Path, ...] = ()) -> Diagnosis:
    """Measure and judge what intake has read."""
    from toolkit import __version__
    from toolkit.intake.profiles.edits import agreed_with
    from toolkit.intake.profiles.profile import answer_facts, said_of
    from toolkit.measures.measure import measure

    measured = measure(case, method)
    said = [*answer_facts(case.profile, method), *_profile_facts(case.profile)]
    series = {one.id: one for one in measured.series}
    base = Facts([*asking(measured.facts, said, case, method), *said])
    published = Published(base, series, method)
    facts = published.facts()
    rules_of = Client(thresholds=case.profile.thresholds, suppress=case.profile.suppress)
    judged = concerning(judge(facts, method, rules_of), facts, method)
    judged, worth = worthed(judged, facts, method, assumptions(case.profile))
    constant = constants(facts, method, case.profile.thresholds)
    agreed = agreed_with(case.profile.actions, case.edits)
    actions = plan(judged, constant, agreed)
    standing = Standing(
        findings=judged,
        facts=facts,
        method=method,
        first_three=lambda found: _first_three(plan(found, constant, agreed)),
        restated=published.restated,
        client=rules_of,
    )
    made = Diagnosis(
        client=_client(case.profile),
        run_date=case.run_date.isoformat(),
        as_of=case.as_of.isoformat(),
        method=tuple({"name": one.name, "sha256": one.sha256} for one in method.layers),
        inputs=tuple(_plain(one) for one in case.inputs),
        health=health_records(case),
        coverage=total_coverage(judged, method),
        modules=score_modules(judged, method),
        facts=facts,
        series=series,
        objects=published.objects,
        judged=judged,
        actions=actions,
        totals=totals(worth, actions, facts, constant),
        strengths=strengths(judged, method),
        chains=chains(judged, method),
        questions=ask_next(standing),
        hypotheses=hypotheses(facts, method),
        answers=tuple(_plain(one) for one in said_of(case.profile, method)),
        compliance=dict(case.profile.compliance),
        edits=applied(case.edits, judged, facts),
        toolkit_version=__version__,
        evidence=measured.evidence,
        quarantined=case.quarantined,
        matches=case.matches,
        method_folders=folders,
    )
    return since_last_time(made, case.folder)


def _first_three(actions: Iterable[Action]) -> tuple[str, ...]:
    """The rules behind the first actions."""
    return tuple(action.findings[0] for action in actions if action.rank <= LEADING)


def _profile_facts(profile: Profile) -> Iterable[Fact]:
    for name in ("industry", "currency"):
        value, fact_id = getattr(profile, name), f"profile.{name}"
        if value is None:
            yield unknown(fact_id, "not_asked", basis="said")
        else:
            yield Fact(id=fact_id, value=value, unit="code", basis="said")


def _client(profile: Profile) -> dict[str, Any]:
    names = (
        "client_id",
        "company_name",
        "industry",
        "model",
        "stage",
        "currency",
        "timezone",
        "tax",
        "fiscal_year_start",
        "lang",
    )
    return {
        **{name: getattr(profile, name) for name in names},
        "thresholds": dict(profile.thresholds),
        "actions": {code: one.stated() for code, one in profile.actions.items()},
    }


def _plain(record: Any) -> dict[str, Any]:
    from toolkit.diagnosis.saving import plain

    made = plain(record)
    assert isinstance(made, dict)
    return made
