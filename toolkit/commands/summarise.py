"""summarise: a client's summaries made in its database, as Parquet, and what became of the rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.reports import working
from toolkit.commands.speech import Speech
from toolkit.errors import OutputError
from toolkit.words import number_text

if TYPE_CHECKING:
    from toolkit.measures.databases.counted import Left, RowCounts
    from toolkit.measures.databases.in_database import InDatabase

FOLDER = "summaries"
FATES = ("quarantined", "deduplicated", "dropped")


def summarise(
    client: Path, out: Path, names: tuple[str, ...], as_of: str | None, speech: Speech
) -> InDatabase:
    """Make the summaries of a client where its tables lie, and write them."""
    from toolkit.diagnosis.diagnose import client_folder
    from toolkit.measures.databases.in_database import summarise_in_database

    day = date.fromisoformat(as_of) if as_of else None
    with working(speech, "cli.summarise.working", client.name):
        made = summarise_in_database(client_folder(client), names=names or None, as_of=day)
    folder = out / made.client_id / FOLDER
    try:
        for name, frame in made.summaries.items():
            _write(folder / f"{name}.parquet", frame)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(folder)}) from error
    return made


def tell(made: InDatabase, out: Path, speech: Speech) -> None:
    """What became of the rows, what crossed, and where the summaries are."""
    for one in made.counts:
        _tell_rows(one, speech)
    for crossed in made.crossed:
        if crossed.name in made.summaries:
            rows = number_text(crossed.rows, "count", speech.lang)
            speech.line(speech.text("cli.summarise.made", name=crossed.name, rows=rows))
    if not made.salted:
        speech.say("cli.summarise.no_salt")
    total = number_text(sum(one.rows for one in made.crossed), "count", speech.lang)
    speech.say("cli.summarise.crossed", rows=total)
    speech.say("cli.summarise.done", folder=(out / made.client_id / FOLDER).as_posix())


def document(made: InDatabase, out: Path) -> dict[str, Any]:
    """The result as one JSON document."""
    folder = out / made.client_id / FOLDER
    return {
        "client_id": made.client_id,
        "run_date": made.run_date.isoformat(),
        "as_of": made.as_of.isoformat(),
        "rows": [_rows(one) for one in made.counts],
        "summaries": [
            {"name": name, "file": (folder / f"{name}.parquet").as_posix(), "rows": len(frame)}
            for name, frame in made.summaries.items()
        ],
        "crossed": [
            {"name": one.name, "rows": one.rows, "bytes": one.bytes} for one in made.crossed
        ],
        "salted": made.salted,
    }


def _write(file: Path, frame: Any) -> None:
    import io

    import pyarrow as pa
    from pyarrow import parquet

    from toolkit.store import write_bytes

    held = io.BytesIO()
    parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), held)
    write_bytes(file, held.getvalue())


def _tell_rows(one: RowCounts, speech: Speech) -> None:
    shown = {
        "total": one.rows_total,
        "accepted": one.rows_accepted,
        "cancelled": one.rows_cancelled,
        **{fate: one.rows(fate) for fate in FATES},
    }
    texts = {name: number_text(value, "count", speech.lang) for name, value in shown.items()}
    speech.line(speech.text("cli.summarise.rows", table=one.table, **texts))
    for left in one.left:
        speech.line(speech.text("cli.summarise.left", why=_why(left, speech), rows=left.rows))


def _why(left: Left, speech: Speech) -> str:
    return speech.text(f"cli.summarise.why.{left.code}", column=left.column)


def _rows(one: RowCounts) -> dict[str, Any]:
    return {
        "table": one.table,
        "rows_total": one.rows_total,
        "rows_accepted": one.rows_accepted,
        **{f"rows_{fate}": one.rows(fate) for fate in FATES},
        "rows_cancelled": one.rows_cancelled,
        "left": [
            {"fate": left.fate, "code": left.code, "column": left.column, "rows": left.rows}
            for left in one.left
        ],
        "last_day": one.last_day.isoformat() if one.last_day else None,
    }
