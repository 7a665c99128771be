"""Facts, series and evidence from a client's tables; SQL summaries first, then pure measures."""

from toolkit.measures.measure import Measured, Series, measure

__all__ = ["Measured", "Series", "measure"]
