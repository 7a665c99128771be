"""SQL written once, in DuckDB's dialect, carried to the dialects of other databases."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.intake.sources.session import SourceFault
from toolkit.measures.databases.engine import Dialect

if TYPE_CHECKING:
    from sqlglot.expressions import Expression

WRITTEN_IN: Dialect = "duckdb"


@lru_cache(maxsize=64)
def carried(text: str, dialect: Dialect) -> str:
    """A statement of ours in another dialect.

    Raises:
        SourceFault: the library that carries it is not installed.
    """
    if dialect == WRITTEN_IN:
        return text
    try:
        import sqlglot
    except ImportError:
        raise SourceFault("source_carrier", "source") from None
    tree = sqlglot.parse_one(text, read=WRITTEN_IN)
    if dialect == "spark":
        tree = tree.transform(_exact_percentile)
    written: str = tree.sql(dialect=dialect, comments=False)
    return written


def _exact_percentile(node: Expression) -> Expression:
    """Spark's exact percentile: left alone, sqlglot writes the approximate one."""
    from sqlglot import exp

    if not isinstance(node, exp.WithinGroup) or not isinstance(node.this, exp.PercentileCont):
        return node
    ordered = node.expression.expressions[0].this
    return exp.Anonymous(this="PERCENTILE", expressions=[ordered, node.this.this])
