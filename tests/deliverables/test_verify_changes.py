"""verify reckons what changed anew too, from the client's files and the kept month."""

from __future__ import annotations

import json

import toolkit as tk
from toolkit.deliverables.verify import verify
from toolkit.store import write_json

ORDERS = "order_id,customer_id,order_date,amount\n" + "".join(
    f"{at},c{at % 9},2026-0{1 + at % 8}-05,{1000 + at}\n" for at in range(200)
)


def test_one_changed_figure_of_last_time_is_noticed(client_of, tmp_path):
    folder = client_of("aoyama", **{"data/orders.csv": ORDERS})
    kept = json.loads(tk.diagnose(folder, as_of="2026-09-30").save(tmp_path).read_text("utf-8"))
    write_json(folder / "history" / "2026-09-30.json", kept)
    path = tk.diagnose(folder, as_of="2026-10-31").save(tmp_path / "aoyama")
    found = verify(tmp_path / "aoyama", folder)
    assert found.differing == ()
    document = json.loads(path.read_text("utf-8"))
    figure = next(o for o in document["changes"]["facts"] if o["id"] == "customers.aov")
    figure["old"] += 1
    write_json(path, document)
    (different,) = [o for o in verify(tmp_path / "aoyama", folder).differing if "aov" in o.fact]
    assert different.fact == "changes.then.customers.aov"
    assert different.printed != different.recomputed
