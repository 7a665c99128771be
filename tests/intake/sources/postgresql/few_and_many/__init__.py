"""What the server of these tests holds."""
