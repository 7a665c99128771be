"""What tests of journey maps have in common."""
