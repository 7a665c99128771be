"""A client's own words: profile, answers, lists of clients."""
