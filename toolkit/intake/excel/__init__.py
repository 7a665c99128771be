"""Excel books, cell by cell."""
