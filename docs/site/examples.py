"""What each figure is for the firms that ship: value, n and period from a diagnosis made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit import resources
from toolkit.deliverables.request_markdown import escaped
from toolkit.diagnosis.diagnose import diagnose
from toolkit.diagnosis.document import Diagnosis
from toolkit.facts import Fact
from toolkit.outline.writer import Writer, writer

FIRMS = ("aoba_shop", "hoshino_cloud", "minato_works")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The diagnoses of the firms that ship."""

    diagnoses: tuple[Diagnosis, ...]

    def of(self, lang: str) -> dict[str, str]:
        """A line of example for each figure, of the first firm where it is known."""
        found: dict[str, str] = {}
        for one in self.diagnoses:
            for fact_id, line in _lines(writer(one, lang)).items():
                found.setdefault(fact_id, line)
        return found


def examples() -> Examples:
    """Diagnose the firms that ship."""
    datasets = resources.folder("datasets")
    return Examples(diagnoses=tuple(diagnose(datasets / name) for name in FIRMS))


def _lines(pen: Writer) -> Mapping[str, str]:
    firm = str(pen.diagnosis.client["company_name"])
    found: dict[str, str] = {}
    for fact in pen.diagnosis.facts.values():
        if fact.known and fact.id not in found and not fact.id.startswith("q."):
            name = pen.cell(fact.id, fact.by) if fact.by else ""
            cell = pen.line("site.figure.cell", cell=name) if name else ""
            line = pen.line("site.figure.example", firm=firm, cell=cell, value=_said(pen, fact))
            found[fact.id] = escaped(line)
    return found


def _said(pen: Writer, fact: Fact) -> str:
    """Value, interval, n and period, as the definition cards of a report print them."""
    spread = pen.range(fact)
    key = "ranged" if spread else ("exact" if fact.n is None else "counted")
    return pen.line(
        f"report.definition.{key}",
        value=pen.value(fact).text,
        range=spread,
        n=pen.n(fact),
        period=pen.period(fact),
    )
