"""What each command prints; the library does the work."""
