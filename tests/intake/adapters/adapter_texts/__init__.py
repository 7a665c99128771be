"""Adapters as content files write them, for tests that read or spoil them."""
