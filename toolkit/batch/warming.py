"""What every process that makes reports needs, imported and read before the first client."""

from __future__ import annotations

WARM = (
    *("toolkit.deliverables.run", "toolkit.deliverables.page", "toolkit.deliverables.in_process"),
    *("toolkit.deliverables.engine", "toolkit.outline.build", "toolkit.diagnosis.diagnose"),
    *("toolkit.measures.measure", "toolkit.deliverables.chart", "toolkit.models.bg_nbd"),
    *("toolkit.intake.case", "toolkit.frameworks", "pandas", "pyarrow.compute", "babel.dates"),
    *("duckdb", "pyarrow.parquet", "papermill", "nbconvert", "fontTools.subset", "babel.numbers"),
    *("scipy.special", "scipy.optimize", "scipy.sparse", "fastjsonschema", "yaml"),
    *("IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler"),
    *("IPython.core.magics", "IPython.core.oinspect", "pyarrow.csv", "pyarrow.pandas_compat"),
    *("toolkit.batch.open_files", "toolkit.batch.plan", "toolkit.deliverables.theme_file"),
    *("toolkit.frameworks.display", "toolkit.frameworks.picture", "toolkit.frameworks.tob_read"),
    *("toolkit.intake.persons.review", "toolkit.intake.rows.framing", "encodings.cp932"),
    *("encodings.euc_jis_2004", "encodings.euc_jp", "encodings.utf_8_sig"),
)


def warm(method: str | None) -> None:
    """Import everything and read all content, and start no thread by it."""
    from importlib import import_module
    from pathlib import Path

    from toolkit.deliverables.light_import import without_addresses

    with without_addresses():
        for name in WARM:
            import_module(name)
    from toolkit.deliverables import warm as deliverables
    from toolkit.deliverables.theme import standard
    from toolkit.diagnosis.diagnose import warm as diagnosing
    from toolkit.method import load_method

    for layers in ((), (Path(method),) if method else ()):
        diagnosing(load_method(*layers))
    standard()
    deliverables.warm()
