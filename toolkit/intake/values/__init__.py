"""From cells to values: amounts, dates, ids, units."""
