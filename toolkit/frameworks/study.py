"""What to settle or find out for each module: the sheet behind the two uses of the system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.method import load_method
from toolkit.words import words

if TYPE_CHECKING:
    import pandas as pd

USES = ("build", "analyse")
WHOLE = "whole"
TOPICS: Mapping[str, tuple[str, ...]] = {
    "planning": ("value_and_target", "market_and_rivals", "cost_structure"),
    "procurement": ("made_or_bought", "launches", "handed_on"),
    "sales": ("channels", "lead_capture", "offer_and_price", "closing", "payment"),
    "fulfillment": ("delivered", "deliverer", "promise"),
    "aftercare": ("inquiries_and_returns", "repeat_prompts", "customer_data"),
    WHOLE: ("feedback_loops", "without_president"),
}
"""The modules are the method's; the topics under them are ours, in the order of asking."""
ALL_TOPICS = tuple(topic for topics in TOPICS.values() for topic in topics)


def study_sheet(use: str, tasks: Mapping[str, str], found: Mapping[str, str]) -> pd.DataFrame:
    """A row a topic: what to settle for one's own business, or to find out about another's.

    Args:
        use: ``build`` tells what to decide, ``analyse`` where it can be seen from outside.
        tasks: names of the tasks of each module, as one text.
        found: what is settled or found so far, by topic.

    Returns:
        frame with module, tasks, topic, what, how, found; texts in ``tk.language``.
    """
    import pandas as pd

    book = words(load_method())
    rows = [
        (
            book.text(f"frameworks.codes.study_module.{module}"),
            tasks.get(module, ""),
            topic,
            book.text(f"frameworks.codes.topic.{topic}"),
            book.text(f"frameworks.codes.topic_{use}.{topic}"),
            found.get(topic),
        )
        for module, topics in TOPICS.items()
        for topic in topics
    ]
    columns = ["module", "tasks", "topic", "what", "how", "found"]
    return pd.DataFrame(rows, columns=columns, dtype=object)
