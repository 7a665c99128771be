"""The trials are scripts as well as tests: their folder is on the path for both."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
