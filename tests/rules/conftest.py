"""The invented firms of test_reachable.py are read by it, not collected as tests."""

collect_ignore_glob = ["reachable_*.py"]
