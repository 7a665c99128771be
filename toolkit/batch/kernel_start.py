"""The first thing a kernel of a batch runs: it dies with its runner, even while it is busy.

A kernel looks for its parent from a thread, which has no turn while a cell holds the interpreter's
lock. Nothing of this stays in the names of the notebook.
"""

if __name__ == "__main__":
    __import__("toolkit.batch.confine", fromlist=["confine"]).die_with_parent(
        __import__("os").getppid()
    )
