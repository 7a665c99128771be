"""Reading what a client hands over: profile, answers and tables, with every row accounted for."""
