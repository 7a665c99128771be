"""Exports that nobody has told the toolkit about, and what is proposed for them."""
