"""From findings to yen: one driver tree, moved by the levers of the rules that fail."""
