"""WrittenFinding: the rows counted."""

import pytest

from toolkit.lessons.written_finding import WrittenFinding


@pytest.mark.parametrize(("rows", "counted"), [(None, None), (12, 12), ([1, 2], 2), (True, None)])
def test_rows_may_be_handed_over_or_counted(rows, counted):
    assert WrittenFinding(about="sales", statement="…", rows=rows).counted == counted
