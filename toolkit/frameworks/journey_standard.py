"""The published flow of thirteen steps, its sides, its two touchpoints, and what a seam can be."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks.journey_step import Step

STANDARD_SIDES: Mapping[str, str] = {
    "choose": "customer",
    "check_details": "customer",
    "order": "customer",
    "cart": "customer",
    "payment_choice": "customer",
    "confirm": "customer",
    "ship_notice": "both",
    "delivery_notice": "both",
    "arrive": "both",
    "use": "customer",
    "look_again": "customer",
    "reorder": "customer",
    "regular_care": "both",
}
"""The flow mixes both views on purpose (S3-20); which steps need splitting is our reading."""
STANDARD_STEPS = tuple(STANDARD_SIDES)
TOUCHPOINTS = ("insert", "my_page")
"""The two places of ``look_again``, step 11."""
SEAM_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "auto": ("allocate_stock", "reduce_stock", "match_data", "print_slip"),
    "manual": ("download_orders", "allocate_by_hand"),
}
"""A joint that runs in the next morning's batch, and the same joint made by hand."""


def standard_steps() -> tuple[Step, ...]:
    """The thirteen steps with their sides, named in ``tk.language``: a sheet to start from."""
    from toolkit.frameworks.display import code_label
    from toolkit.method import load_method
    from toolkit.words import words

    book = words(load_method())
    return tuple(
        Step(
            code_label("standard_step", code, book),
            no=no,
            side=side,
            touchpoints=TOUCHPOINTS if code == "look_again" else (),
        )
        for no, (code, side) in enumerate(STANDARD_SIDES.items(), start=1)
    )
