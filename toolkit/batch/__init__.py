"""Many clients: one process each, outcomes and an index at the end."""
