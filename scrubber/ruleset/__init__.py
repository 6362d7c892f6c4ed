"""Rules as data: from TOML files to one frozen, judged `Ruleset`."""

from __future__ import annotations

from time import time
from typing import Final

LOADED: Final = time()
"""When this process began to load the code of rules: what is written later is not what it runs."""
