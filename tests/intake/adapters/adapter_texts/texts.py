"""An adapter of a shop's orders, and one of a part that it joins."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.intake.adapters.adapter import Adapter

Load = Callable[[str], dict[str, Adapter]]
SHOP = """
[shop]
table = "orders"
system = "shop"
status = "verified"
identify = ["No", ["Total", "Sum"], "Day"]
[shop.read]
zone = "UTC"
[shop.columns]
order_id = "No"
customer_id = { first = ["Member", ["Mail", "E-Mail"], "Phone"] }
order_date = { datetime = ["Day", ["Hour", "Time"]] }
amount = { minus = [["Total", "Sum"], "Refund"] }
channel = { value = "Our shop" }
quantity = ["Qty", "Pieces"]
line_no = { join = ["No", "Line"] }
discount = { multiply = ["Qty", "Off"] }
[shop.rows]
model = "orders"
cancelled = { column = ["State", "Status"], equals = "void" }
drop = [{ column = "Kind", equals = "x" }, { column = "Total", at_most = 0 }]
keep = [{ column = "Store", one_of = ["1"] }]
test = { column = "Gateway", contains = "bogus" }
fill_down = { by = ["No", "Number"], columns = [["Total", "Sum"], "Mail", "Phone"] }
"""
PARTED = """
[[shop.join]]
part = "shop_lines"
on = { left = "No", right = ["Order", "No"] }
columns = [["Qty", "Count"]]
sum = ["Qty"]

[shop_lines]
part = "shop"
system = "shop"
status = "partly"
identify = [["Order", "No"], "Line", ["Pieces", "Count"]]
"""
