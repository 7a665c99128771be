"""What of an object applies to a model: the rest is said not to, instead of being asked for."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.frameworks.framework import Row

SUBSCRIPTION, GENERAL, MARKETPLACE = "single_item_subscription", "general", "marketplace_led"
MADE_TO_ORDER, SAAS, SHOP = "made_to_order", "saas", "shop_service"
GOODS = (SUBSCRIPTION, GENERAL, MARKETPLACE)
CONSUMER = (*GOODS, SHOP)
BUSINESS = (MADE_TO_ORDER, SAAS)
MODELS = (*CONSUMER, *BUSINESS)
NOT_HERE = "not_applicable"


def fitted(rows: tuple[Row, ...], absent: Collection[str]) -> tuple[Row, ...]:
    """The rows with what does not apply said so, a part that is absent as a whole once.

    Args:
        rows: of an object.
        absent: names of parts, and ``part.item`` where only an item is absent. What is known
            or left open by the source stays whatever the model.

    >>> [row.value for row in fitted((Row(part="a"), Row(part="b", value=1)), {"a", "b"})]
    ['not_applicable', 1]
    """
    whole = {row.part for row in rows if row.part in absent and row.known}
    kept: list[Row] = []
    said: set[str] = set()
    for row in rows:
        if row.known or row.open:
            kept.append(row)
        elif row.part in absent:
            if row.part not in said | whole:
                kept.append(Row(part=row.part, value=NOT_HERE, codes="applies"))
            said.add(row.part)
        elif f"{row.part}.{row.item}" in absent:
            kept.append(
                Row(part=row.part, item=row.item, value=NOT_HERE, items=row.items, codes="applies")
            )
        else:
            kept.append(row)
    return tuple(kept)
