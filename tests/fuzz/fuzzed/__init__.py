"""Cases of the fuzz: whole files, and the ways they get spoiled."""
