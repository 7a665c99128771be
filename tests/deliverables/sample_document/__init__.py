"""A document as a client would get it, in both languages, and one full of hostile texts."""
