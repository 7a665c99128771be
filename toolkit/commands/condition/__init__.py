"""What the product needs to run: each check by itself, without a word for the reader."""
