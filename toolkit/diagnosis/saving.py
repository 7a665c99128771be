"""Diagnosis to diagnosis.json with its evidence, and back; nothing is recomputed on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.diagnosis.ask import NextQuestion
from toolkit.diagnosis.chains import Chain
from toolkit.diagnosis.changes.changes import changes_from
from toolkit.diagnosis.document import SCHEMA_VERSION, Diagnosis
from toolkit.diagnosis.edits import edit_from
from toolkit.diagnosis.hypotheses import Hypothesis
from toolkit.diagnosis.plan import Action
from toolkit.diagnosis.strengths import Strength
from toolkit.errors import UsageError
from toolkit.facts import Fact, Facts, Item
from toolkit.impact.totals import totals_from
from toolkit.method import LANGUAGES
from toolkit.resources import content
from toolkit.rules.finding import Evidence, Finding, Threshold
from toolkit.rules.score import ModuleScore
from toolkit.rules.yen import yen_from
from toolkit.store import sha256_file, write_bytes, write_json

MOST_EVIDENCE_ROWS = 20_000
LEAVES = (str, int, float, bool, type(None))


def plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses as objects, dates as ISO text, tuples as lists."""
    kind: Any = type(value)
    if kind in LEAVES or isinstance(value, str | int | float):
        return value
    if (names := _fields(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return value.as_posix()
    return value.isoformat() if isinstance(value, date | datetime) else value


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """Names of the fields of a dataclass; None of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def to_document(diagnosis: Diagnosis) -> dict[str, Any]:
    """The document of diagnosis.json, without the evidence's hashes."""
    from toolkit.frameworks.record import to_record

    d = diagnosis
    return {
        "schema_version": SCHEMA_VERSION,
        "toolkit_version": d.toolkit_version,
        "method": plain(d.method),
        "client": dict(d.client),
        "run_date": d.run_date,
        "as_of": d.as_of,
        "inputs": plain(d.inputs),
        "health": plain(d.health),
        "coverage": d.coverage,
        "modules": plain(d.modules),
        "facts": [plain(fact) for fact in d.facts.values()],
        "series": [plain(one) for one in d.series.values()],
        "objects": {name: to_record(thing) for name, thing in d.objects.items()},
        "findings": [plain(finding) for finding in d.judged],
        "actions": plain(d.actions),
        "totals": plain(d.totals),
        "strengths": plain(d.strengths),
        "chains": plain(d.chains),
        "questions": plain(d.questions),
        "hypotheses": plain(d.hypotheses),
        "answers": plain(d.answers),
        "compliance": dict(d.compliance),
        "edits": plain(d.edits),
        "thresholds_used": _thresholds_used(d),
        "definitions": _definitions(d),
        "changes": plain(d.changes),
    }


def save(diagnosis: Diagnosis, out: Path) -> Path:
    """Write evidence/*.parquet, quarantine.csv, persons_review.csv and then diagnosis.json.

    Returns:
        Path of diagnosis.json.
    """
    from toolkit.intake.persons.review import person_review
    from toolkit.intake.quarantine import quarantine_csv

    out.mkdir(parents=True, exist_ok=True)
    document = to_document(diagnosis)
    document["evidence"] = [
        {
            "table": name,
            "file": f"evidence/{name}.parquet",
            "rows": min(len(frame), MOST_EVIDENCE_ROWS),
            "rows_total": len(frame),
            "sha256": _write_parquet(frame, out / "evidence" / f"{name}.parquet"),
        }
        for name, frame in sorted(diagnosis.evidence.items())
    ]
    lang = str(diagnosis.client["lang"] or LANGUAGES[0])
    if diagnosis.quarantined is not None and len(diagnosis.quarantined):
        data = quarantine_csv(diagnosis.quarantined, diagnosis.content, lang)
        write_bytes(out / "quarantine.csv", data)
    if diagnosis.matches is not None:
        review = person_review(diagnosis.matches, diagnosis.content, lang)
        write_bytes(out / "persons_review.csv", review)
    path = out / "diagnosis.json"
    write_json(path, document)
    return path


def load(path: str | Path, method: str | Path | None = None) -> Diagnosis:
    """Read a diagnosis.json; the client's folder is not needed.

    Args:
        path: the file, or the folder that holds it.
        method: the firm's folder it was judged by, for its words.

    Raises:
        UsageError: the file is missing, is no diagnosis, or of a version not known here.
    """
    path = Path(path)
    if path.is_dir():
        path = path / "diagnosis.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        check(document)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(
            "no_diagnosis", params={"file": path.name, "detail": type(error).__name__}
        ) from error
    made = from_document(document, _read_evidence(document, path.parent))
    return replace(made, method_folders=(Path(method),)) if method else made


def check(document: Any) -> None:
    """Hold a document against the published schema.

    Raises:
        UsageError: naming the first place that does not fit.
    """
    import fastjsonschema

    schema = json.loads(content("diagnosis.schema.json").read_text(encoding="utf-8"))
    try:
        fastjsonschema.compile(schema)(document)
    except fastjsonschema.JsonSchemaValueException as error:
        place = "/".join(str(part) for part in error.path[1:])
        raise UsageError(
            "diagnosis_wrong", params={"place": place, "detail": error.message[:200]}
        ) from error


def from_document(
    document: Mapping[str, Any], evidence: Mapping[str, Any] | None = None
) -> Diagnosis:
    """The Diagnosis a document was made from."""
    from toolkit.frameworks.record import from_record
    from toolkit.measures.measure import Series

    d = document
    return Diagnosis(
        client=d["client"],
        run_date=d["run_date"],
        as_of=d["as_of"],
        method=tuple(d["method"]),
        inputs=tuple(d["inputs"]),
        health=tuple(d["health"]),
        coverage=d["coverage"],
        modules=tuple(ModuleScore(**one) for one in d["modules"]),
        facts=Facts(_fact(one) for one in d["facts"]),
        series={
            one["id"]: Series(
                id=one["id"],
                columns=tuple(one["columns"]),
                units=tuple(one["units"]),
                rows=tuple(tuple(row) for row in one["rows"]),
            )
            for one in d["series"]
        },
        objects={name: from_record(name, record) for name, record in d["objects"].items()},
        judged=tuple(_finding(one) for one in d["findings"]),
        actions=tuple(
            Action(**{**one, "findings": tuple(one["findings"])}) for one in d["actions"]
        ),
        totals=totals_from(d["totals"]),
        strengths=tuple(Strength(rule=o["rule"], facts=tuple(o["facts"])) for o in d["strengths"]),
        chains=tuple(_chain(one) for one in d["chains"]),
        questions=tuple(_question(one) for one in d["questions"]),
        hypotheses=tuple(_hypothesis(one) for one in d["hypotheses"]),
        answers=tuple(d["answers"]),
        compliance=d["compliance"],
        toolkit_version=d["toolkit_version"],
        edits=tuple(edit_from(one) for one in d.get("edits", ())),
        changes=changes_from(d["changes"]),
        evidence=evidence or {},
    )


def _fact(record: Mapping[str, Any]) -> Fact:
    period = record["period"]
    return Fact(
        **{
            **record,
            "period": tuple(period) if period else None,
            "items": tuple(Item(**item) for item in record["items"]),
            "needs": tuple(record["needs"]),
        }
    )


def _chain(record: Mapping[str, Any]) -> Chain:
    lists = {name: tuple(record[name]) for name in ("failed", "sources")}
    return Chain(**{**record, **lists, "paths": tuple(map(tuple, record["paths"]))})


def _question(record: Mapping[str, Any]) -> NextQuestion:
    lists = {name: tuple(record[name]) for name in ("rules", "would_enter", "priced")}
    return NextQuestion(**{**record, **lists})


def _hypothesis(record: Mapping[str, Any]) -> Hypothesis:
    lists = {name: tuple(record[name]) for name in ("facts", "questions")}
    return Hypothesis(**{**record, **lists})


def _finding(record: Mapping[str, Any]) -> Finding:
    evidence = record["evidence"]
    threshold = evidence["threshold"]
    return Finding(
        **{
            **record,
            "evidence": Evidence(
                facts=tuple(evidence["facts"]),
                threshold=Threshold(**threshold) if threshold else None,
                items=tuple(Item(**item) for item in evidence["items"]),
                table=evidence["table"],
                rows_total=evidence["rows_total"],
            ),
            "missing": tuple(record["missing"]),
            "yen": yen_from(record["yen"]),
            "leads_to": tuple(record["leads_to"]),
            "sources": tuple(record["sources"]),
        }
    )


def _thresholds_used(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    used = {
        finding.evidence.threshold.name: finding.evidence.threshold
        for finding in diagnosis.judged
        if finding.evidence.threshold is not None
    }
    return [plain(used[name]) for name in sorted(used)]


def _definitions(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    ids = dict.fromkeys(fact.id for fact in diagnosis.facts.values())
    cards = diagnosis.content.section("measures")
    return [{"id": name, **cards[name]} for name in ids if name in cards]


def _write_parquet(frame: Any, path: Path) -> str:
    import io

    buffer = io.BytesIO()
    frame.head(MOST_EVIDENCE_ROWS).to_parquet(buffer, index=False)
    write_bytes(path, buffer.getvalue())
    return sha256_file(path)


def _read_evidence(document: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    import pandas as pd

    return {
        one["table"]: pd.read_parquet(folder / one["file"])
        for one in document.get("evidence", ())
        if (folder / one["file"]).is_file()
    }
