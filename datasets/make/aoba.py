"""Make the folder of Aoba Satoyama-do, a made-up mail-order shop for health food."""

from __future__ import annotations

from pathlib import Path

from aoba_books import all_contacts, all_costs
from aoba_files import damaged, write_contacts, write_costs, write_members, write_orders
from aoba_flow import write_flow
from aoba_sales import all_buyers, all_lines, all_visits
from aoba_truth import STATUSES, all_facts
from chance import Chance
from sheet import write_expected

SEED = 20231001


def make(folder: Path) -> None:
    """Write ``data/`` and ``expected.json`` under a folder."""
    chance = Chance(SEED)
    buyers = all_buyers(chance)
    lines = all_lines(chance, all_visits(chance, buyers))
    torn = damaged(Chance(SEED + 1), lines)
    costs = all_costs(Chance(SEED + 2), lines)
    contacts = all_contacts(Chance(SEED + 3), lines)
    data = folder / "data"
    write_orders(data, Chance(SEED + 4), lines, torn)
    write_members(data, buyers)
    write_costs(data, costs)
    write_contacts(data, contacts)
    write_flow(data)
    write_expected(folder / "expected.json", all_facts(lines, torn, costs, contacts), STATUSES)
