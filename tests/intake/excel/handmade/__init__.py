"""Excel books written by hand for a test, and what reading them answers."""
