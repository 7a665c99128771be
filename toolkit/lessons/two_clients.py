"""Two clients in one lesson: one that sells on quotes and invoices, one that sells from a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_firm import own as own_client
from toolkit.lessons.client_firm import shipped as shipped_client
from toolkit.words import Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TwoClients(ClientFirm):
    """A client, and the shop whose visits and promotions the lesson asks about.

    For a learner's own client both are the same.
    """

    shop: ClientFirm = field(repr=False)


def shipped(record: Mapping[str, Any], book: Words) -> TwoClients:
    """The clients a lesson names: ``dataset`` and ``shop``."""
    firm, shop = (shipped_client({"dataset": record[name]}, book) for name in ("dataset", "shop"))
    return TwoClients(diagnosis=firm.diagnosis, case=firm.case, shop=shop)


def own(source: object, book: Words) -> TwoClients:
    """The learner's own client, as its own shop.

    Raises:
        UsageError: framework objects alone do not make a client.
    """
    firm = own_client(source, book)
    return TwoClients(diagnosis=firm.diagnosis, case=firm.case, shop=firm)
