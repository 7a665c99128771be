"""A node of a client's file as YAML on one line, every text quoted unless it is a plain code."""

from __future__ import annotations

import re

from toolkit.intake.profiles.edits_text import quoted
from toolkit.intake.profiles.yaml_text import Node

_PLAIN = re.compile(r"[a-z][a-z0-9_]*|[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def node_text(node: Node) -> str:
    """A scalar, list or map in flow form.

    >>> node_text(Node(line=1, items=(Node(line=1, text="yes"), Node(line=1, text="a: b"))))
    '[yes, "a: b"]'
    """
    if node.items is not None:
        return f"[{', '.join(node_text(one) for one in node.items)}]"
    if node.entries is not None:
        parts = (
            f"{scalar_text(key)}: {node_text(entry.node)}" for key, entry in node.entries.items()
        )
        return f"{{{', '.join(parts)}}}"
    return scalar_text(node.text or "")


def scalar_text(text: str) -> str:
    """A text as a scalar: plain where YAML could not take it for anything else."""
    return text if _PLAIN.fullmatch(text) else quoted(text)
