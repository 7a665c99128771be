import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "deliverables"))

from sample_document.charts import charts


@pytest.fixture(params=["ja", "en"])
def drawn(request):
    """Function from the name of a sample chart to its axes, in either language."""
    from toolkit.charts import KINDS

    def draw(name, **more):
        chart = charts(request.param)[name]
        units = {f"unit.{c}": u for c, u in zip(chart.columns, chart.units, strict=True)}
        return KINDS[chart.kind](
            pd.DataFrame(list(chart.rows), columns=list(chart.columns)),
            labels={**units, **chart.labels},
            marks=chart.marks,
            lang=request.param,
            **more,
        )

    draw.names = list(charts("ja"))
    return draw


@pytest.fixture(scope="session")
def sample():
    """What the sample of the page is made of."""
    return {"charts": charts}
