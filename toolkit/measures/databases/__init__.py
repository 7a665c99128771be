"""Summaries made where the data lie: DuckDB, PostgreSQL or Spark; only their results come here."""
