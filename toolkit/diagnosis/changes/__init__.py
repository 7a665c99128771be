"""What changed since last time: kept months, like compared with like, and what became of plans."""
