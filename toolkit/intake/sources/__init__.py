"""Databases that a mapping reads."""
