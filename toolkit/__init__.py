"""Diagnose a business from raw exports and answers, every number defended."""
