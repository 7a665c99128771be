"""A batch over the clients of an entry: who is done, who failed, and no leaks."""

from __future__ import annotations

from manifest_checks.reading import Read
from manifest_checks.runs import run


def batch(one: Read, expected: dict[str, int]) -> None:
    """A run over the list: who is done, who failed, and nobody's words with anybody else."""
    assert set(expected) == {"reports", "failed", "leaks", "exit"}
    one.folder.mkdir(exist_ok=True)
    home = one.folder / "home"
    home.mkdir()
    done = run(home, "batch", str(one.path), "--out", str(one.folder / "out"), "--formats", "html")
    assert done.code == expected["exit"]
    folders = [path for path in (one.folder / "out").iterdir() if path.is_dir()]
    reports = [path.name for path in folders if (path / "report.html").is_file()]
    failed = [path.name for path in folders if (path / "failure.json").is_file()]
    assert (len(reports), len(failed)) == (expected["reports"], expected["failed"])
    assert all(name in done.out + done.err for name in failed)
    leaks = [
        (folder.name, row["client_id"])
        for folder in folders
        for row in one.cells()
        for file in folder.rglob("*")
        if file.is_file() and row["client_id"] != folder.name
        if any(row[key].encode() in file.read_bytes() for key in ("company_name", "notes"))
    ]
    assert len(leaks) == expected["leaks"]
    own = {row["client_id"]: row["company_name"] for row in one.cells()}
    assert all(own[n] in (one.folder / "out" / n / "report.html").read_text() for n in reports)
