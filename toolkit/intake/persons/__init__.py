"""Who is one person, told before a person's data is dropped."""
