"""What the manifest of the shared corpus expects of each entry, and how it is looked at."""

import pytest

CHECKING = ("batches", "figures", "safety", "telling", "texts")
pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in CHECKING))
