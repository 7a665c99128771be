"""Forms in a notebook: the hearing, the reading of files, what if, the findings."""
