"""Exports of systems we know, and journals turned to receivables."""
