"""Make the data of every client in ``datasets/`` again, byte for byte.

Run ``python datasets/make/make_all.py``; ``--out`` names another folder to write to.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import aoba


def main() -> None:
    """Write every data set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    out = parser.parse_args().out
    aoba.make(out / "aoba_shop")


if __name__ == "__main__":
    main()
