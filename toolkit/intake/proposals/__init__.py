"""A mapping proposed for an unknown layout, and confirmed."""
