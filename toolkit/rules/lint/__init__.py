"""Mistakes of a method's content, ours or a firm's, each with its file and line."""

from toolkit.rules.lint.lint import lint

__all__ = ["lint"]
