"""How long a move of a slider of the what-if board takes, beside a what-if from nothing.

``python tests/bench/bench_board.py [datasets/aoba_shop]``
"""

from __future__ import annotations

import argparse
import statistics
import time

import toolkit as tk
from toolkit.forms.board import WhatIfBoard


def main() -> None:
    """Move every slider to its end once and print median, longest and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("client", nargs="?", default="datasets/aoba_shop")
    d = tk.diagnose(parser.parse_args().client)
    board = WhatIfBoard(d, "ja")
    moves, anew = [], []
    for slider, _ in board._rows.values():
        start = time.perf_counter()
        slider.value = slider.max
        moves.append(time.perf_counter() - start)
        start = time.perf_counter()
        tk.what_if(d, board.state.settings)
        anew.append(time.perf_counter() - start)
    print(f"{len(moves)} sliders")
    print(f"a move: median {1e3 * statistics.median(moves):.1f} ms, longest {1e3 * max(moves):.1f}")
    ratio = statistics.median(anew) / statistics.median(moves)
    print(f"from nothing: median {1e3 * statistics.median(anew):.1f} ms, {ratio:.1f} times")


if __name__ == "__main__":
    main()
