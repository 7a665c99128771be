"""Make the kept month of ``minato_works`` again: its diagnosis a month earlier, as known then.

Run ``python datasets/make/minato_month.py`` after a change of the method. What happened after the
day is taken out of the tables; of the diagnosis only what a comparison reads is kept.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from pathlib import Path

import toolkit as tk

DAY = "2026-10-15"
CLIENT = Path(__file__).resolve().parent.parent / "minato_works"
# By file: the column a row belongs to, the columns of later events, and what these leave behind.
FILES = {
    "受注明細.csv": ("受注日", ("出荷日", "納品日", "請求日", "返品日"), {"状態": "製作中"}),
    "問合せ台帳.csv": ("受付日", ("完了日",), {"結果連絡": ""}),
    "売掛金一覧.csv": ("請求日", ("入金日",), {"入金額": ""}),
    "案件別原価.csv": ("完了日", (), {}),
    "見積一覧.csv": ("見積日", ("受注日", "失注日"), {"段階": "検討中"}),
    "得意先台帳.csv": ("初回受注日", (), {}),
    "費用.csv": ("計上月", (), {}),
}
READ = ("schema_version", "toolkit_version", "method", "client", "run_date", "as_of")
FIELDS = ("id", "by", "value", "low", "high", "low95", "high95", "unit", "n", "period", "state",
          "reason", "basis", "sampled")  # fmt: skip


def main() -> None:
    """Diagnose the tables as they stood on the day and write the month."""
    with tempfile.TemporaryDirectory() as work:
        client = Path(work) / "minato_works"
        shutil.copytree(CLIENT, client, ignore=shutil.ignore_patterns("history", "edits.yaml"))
        for name, (column, later, left) in FILES.items():
            _cut(client / "data" / name, column, later, left)
        path = tk.diagnose(client, as_of=DAY).save(Path(work) / "out")
        document = json.loads(path.read_text(encoding="utf-8"))
    kept = {name: document[name] for name in READ}
    kept["facts"] = [{k: fact[k] for k in FIELDS if k in fact} for fact in document["facts"]]
    kept["findings"], kept["actions"] = document["findings"], document["actions"]
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    target = CLIENT / "history" / f"{DAY}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(text.encode("utf-8") + b"\n")


def _cut(path: Path, column: str, later: tuple[str, ...], left: dict[str, str]) -> None:
    """Leave out rows after the day, and of the others what came after it."""
    raw = path.read_bytes()
    encoding = "cp932" if not raw.startswith(b"\xef\xbb\xbf") else "utf-8-sig"
    rows = list(csv.DictReader(io.StringIO(raw.decode(encoding), newline="")))
    kept = [row for row in rows if _day(row[column]) <= DAY]
    for row in kept:
        gone = [name for name in later if row[name] and _day(row[name]) > DAY]
        row |= dict.fromkeys(gone, "") | (left if gone else {})
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(kept)
    path.write_bytes(text.getvalue().encode(encoding))


def _day(cell: str) -> str:
    """A date of any of the files as ISO text; a month as its last possible day."""
    digits = cell.replace("/", "").replace("-", "")
    return "-".join((digits[:4], digits[4:6], digits[6:8] or "31"))


if __name__ == "__main__":
    main()
