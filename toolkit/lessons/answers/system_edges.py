"""Answers on what the modules hand to each other: the share that lives, which to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.frameworks.display import code_label
from toolkit.frameworks.edge import Edge
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.lesson import Firm
from toolkit.lessons.system_firm import system_of
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.business_system"
LETTERS: Final = "abcd"
STANDING: Final = ("explicit", "implied", "house")
HEART: Final = "aftercare_sales"  # the loop the source weighs most (S0-41)


def edges(firm: Firm, book: Words) -> pd.DataFrame | None:
    """A row an edge: who hands to whom, what, where the source stands, whether it was recorded."""
    import pandas as pd

    system = system_of(firm)
    records = system.records or {}
    rows = [
        (
            edge.source,
            edge.target,
            code_label("edge_flow", edge.flow, book),
            edge.status,
            records.get(edge.code, "unknown"),
        )
        for edge in system.edges
    ]
    return pd.DataFrame(rows, columns=["source", "target", "flow", "status", "record"])


def live_share(firm: Firm, book: Words) -> Answer | None:
    """Edges on record ÷ edges asked about: ``planning.feedback_edges_live_share``."""
    all_edges, asked = _edges(firm)
    if not asked:
        return None
    live = [edge for edge, said in asked if said == "yes"]
    of_source = [(e, said) for e, said in asked if e.status == "explicit"]
    wrong: dict[str, Given] = {
        "all_edges": len(live) / len(all_edges),
        "stopped": 1 - len(live) / len(asked),
        "not_stopped": 1 - (len(asked) - len(live)) / len(all_edges),
        "asked_share": len(asked) / len(all_edges),
        "heads": float(len(live)),
    }
    if of_source:
        wrong["explicit_only"] = sum(said == "yes" for _, said in of_source) / len(of_source)
    return Answer(value=len(live) / len(asked), wrong=wrong, params=edge_params(firm, book))


def first_edge(firm: Firm, book: Words) -> Answer | None:
    """Which stopped edge to mend first: aftercare to sales, else the one best founded."""
    _, asked = _edges(firm)
    stopped = sorted((e for e, said in asked if said == "no"), key=_rank)
    live = [edge for edge, said in asked if said == "yes"]
    if len(stopped) < len(WRONG_EDGES) or not live:
        return None
    chosen = [*stopped[: len(WRONG_EDGES)], live[0]]
    if _rank(chosen[0]) == _rank(chosen[1]):
        return None
    order = sorted(chosen, key=lambda edge: edge.code)
    letter = {edge.code: LETTERS[place] for place, edge in enumerate(order)}
    codes = (*WRONG_EDGES[: len(chosen) - 2], "already_live")
    return Answer(
        value=letter[chosen[0].code],
        wrong={code: letter[edge.code] for code, edge in zip(codes, chosen[1:], strict=True)},
        params={
            **{letter[edge.code]: _said(edge, book) for edge in chosen},
            "letter": letter[chosen[0].code],
            "why": book.text(f"{WORDS}.first_edge.why.{_reason(chosen[0])}"),
            "best": code_label("edge", chosen[0].code, book),
            "flow": code_label("edge_flow", chosen[0].flow, book),
        },
        options=tuple(sorted(letter.values())),
    )


WRONG_EDGES: Final = ("weaker", "weakest", "third")


def _edges(firm: Firm) -> tuple[tuple[Edge, ...], list[tuple[Edge, str]]]:
    system = system_of(firm)
    records = system.records or {}
    asked = [(e, records[e.code]) for e in system.edges if records.get(e.code) in ("yes", "no")]
    return system.edges, asked


def _rank(edge: Edge) -> tuple[bool, int]:
    return (edge.code != HEART, STANDING.index(edge.status))


def _reason(edge: Edge) -> str:
    return "heart" if edge.code == HEART else edge.status


def _said(edge: Edge, book: Words) -> str:
    return book.text(
        f"{WORDS}.edge",
        edge=code_label("edge", edge.code, book),
        flow=code_label("edge_flow", edge.flow, book),
    )


def edge_params(firm: Firm, book: Words) -> dict[str, str]:
    """What fills words about the edges."""
    all_edges, asked = _edges(firm)
    live = sum(said == "yes" for _, said in asked)
    share = live / len(asked) if asked else None
    floor = number_text(setting("feedback_live_floor"), "share", book.lang)
    return {
        "edges": str(len(all_edges)),
        "asked": str(len(asked)),
        "live": str(live),
        "silent": str(len(asked) - live),
        "live_share": f"{share or 0:.3f}",
        "live_percent": number_text(share, "share", book.lang),
        "live_floor": floor.replace(".0%", "%"),
    }
