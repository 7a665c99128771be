"""Thin faces over the Outline: the notebook that drives, and the page made of its outputs."""
