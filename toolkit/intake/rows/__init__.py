"""The fate of every row of a table."""
