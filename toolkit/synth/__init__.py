"""Invented clients: healthy ones, and ones with known faults planted, to test the diagnosis."""
