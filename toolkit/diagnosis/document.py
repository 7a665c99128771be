"""Diagnosis, the one result: a pure value that becomes diagnosis.json and comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.facts import Fact, Facts, fact_key
from toolkit.method import Method, load_method
from toolkit.rules.finding import Finding
from toolkit.rules.score import ModuleScore

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.ask import NextQuestion
    from toolkit.diagnosis.chains import Chain
    from toolkit.diagnosis.changes.changes import Changes
    from toolkit.diagnosis.edits import AppliedEdit
    from toolkit.diagnosis.hypotheses import Hypothesis
    from toolkit.diagnosis.own_finding import OwnFinding
    from toolkit.diagnosis.plan import Action
    from toolkit.diagnosis.strengths import Strength
    from toolkit.impact.totals import Totals
    from toolkit.intake.persons.persons import Matches
    from toolkit.measures.measure import Series

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, kw_only=True, eq=False)
class Diagnosis:
    """What is known of one client and how it was judged.

    Framework objects are attributes (``d.sales``, ``d.journey`` …). ``judged`` holds the
    findings, ``findings()`` gives them as a frame; ``edits`` are the consultant's own words, each
    with whether it fits; ``changes`` is None where no earlier month was kept. ``method_folders``
    are the firm's layers, read again for their words; they are not part of the document.
    """

    client: Mapping[str, Any]
    run_date: str
    as_of: str
    method: tuple[Mapping[str, str], ...]
    inputs: tuple[Mapping[str, Any], ...]
    health: tuple[Mapping[str, Any], ...]
    coverage: float
    modules: tuple[ModuleScore, ...]
    facts: Facts
    series: Mapping[str, Series]
    objects: Mapping[str, Any]
    judged: tuple[Finding, ...]
    actions: tuple[Action, ...]
    totals: Totals
    strengths: tuple[Strength, ...]
    chains: tuple[Chain, ...]
    questions: tuple[NextQuestion, ...]
    hypotheses: tuple[Hypothesis, ...]
    answers: tuple[Mapping[str, Any], ...]
    compliance: Mapping[str, str]
    toolkit_version: str
    edits: tuple[AppliedEdit, ...] = ()
    changes: Changes | None = None
    evidence: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    quarantined: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    matches: Matches | None = field(default=None, repr=False, compare=False)
    method_folders: tuple[Path, ...] = field(default=(), repr=False, compare=False)

    def __getattr__(self, name: str) -> Any:
        """A framework object by its name, such as ``d.sales``."""
        objects = self.__dict__.get("objects", {})
        if name in objects:
            return objects[name]
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Attributes, the framework objects among them."""
        return [*super().__dir__(), *self.objects]

    @property
    def content(self) -> Method:
        """The method this was judged by, for its words."""
        return load_method(*self.method_folders)

    def fact(self, key: str, /, **by: str | int) -> Fact:
        """The fact under a key, or under an id and the cell of its breakdown.

        Raises:
            UsageError: there is no such fact; the nearest ids are named.
        """
        found = self.facts.get(fact_key(key, by))
        if found is None:
            import difflib

            near = ", ".join(difflib.get_close_matches(key, list(self.facts), n=3))
            raise UsageError("unknown_fact", params={"key": key, "near": near})
        return found

    def finding(self, code: str) -> Finding:
        """The finding of one rule.

        Raises:
            KeyError: no rule has this code.
        """
        return {finding.id: finding for finding in self.judged}[code]

    def findings(self, module: str | None = None, status: str | None = None) -> pd.DataFrame:
        """Findings as a tidy frame: one row a rule, with severity, confidence and evidence.

        Args:
            module: keep one module only.
            status: keep pass, fail, unknown or not_applicable only.
        """
        import pandas as pd

        columns = ("id", "module", "status", "severity", "confidence", "reason", "missing")
        kept = [
            finding
            for finding in self.judged
            if module in (None, finding.module) and status in (None, finding.status)
        ]
        frame = pd.DataFrame(
            [[getattr(finding, name) for name in columns] for finding in kept],
            columns=list(columns),
        )
        frame["facts"] = [finding.evidence.facts for finding in kept]
        return frame.set_index("id")

    def rows(self, code: str) -> pd.DataFrame:
        """The rows behind a finding: those of its table, else of the first of its facts.

        Raises:
            UsageError: it rests on answers alone, or the evidence is not at hand.
        """
        rests_on = self.finding(code).evidence
        tables = [rests_on.table, *(self.facts[key].table for key in rests_on.facts)]
        for table in tables:
            if table is not None and table in self.evidence:
                return self.evidence[table]
        raise UsageError("no_rows_behind", params={"code": code})

    def with_finding(self, own: OwnFinding) -> Diagnosis:
        """The diagnosis with a finding of the consultant's own.

        Raises:
            UsageError: it rests on no figure, or on one that is not known here.
        """
        from toolkit.diagnosis.own_finding import with_finding

        return with_finding(self, own)

    def save(self, out: str | Path) -> Path:
        """Write diagnosis.json and evidence/ into a folder.

        Returns:
            Path of diagnosis.json.
        """
        from toolkit.diagnosis.saving import save

        return save(self, Path(out))

    def _repr_html_(self) -> str:
        from toolkit.diagnosis.display import diagnosis_html

        return diagnosis_html(self)
