"""A database of each kind that is one file in a client's folder."""
