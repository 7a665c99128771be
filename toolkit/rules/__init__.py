"""The engine that judges facts by rules held as data."""
