"""What a batch says of a client without a report: a few lines, and where the rest is."""

from __future__ import annotations

from toolkit.batch.outcome import Outcome
from toolkit.batch.run import BatchResult
from toolkit.commands import reports
from toolkit.commands.speech import speech


def test_a_long_reason_is_cut_and_its_page_named(monkeypatch, tmp_path, capsys):
    from toolkit.batch import run

    outcomes = (
        Outcome(client_id="a", status="refused", reason="\n".join(f"line {n}" for n in range(80))),
        Outcome(client_id="b", status="refused", reason="one line"),
        Outcome(client_id="c", status="done"),
    )
    made = BatchResult(outcomes=outcomes, index="index.html")
    monkeypatch.setattr(run, "run_batch", lambda *_, **__: made)
    code = reports.batch(tmp_path, str(tmp_path), None, None, speech(("en",)))
    said = capsys.readouterr()
    assert code == 1
    assert said.out == "index.html\n"
    assert said.err.splitlines() == [
        "a: line 0",
        "line 1",
        "line 2",
        "a: 77 more lines in failure.a.html",
        "b: one line",
        "1 of 3 reports made.",
    ]
