"""Answer functions, one file a lesson: each computes an answer from the firm at hand."""
