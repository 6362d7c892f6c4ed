"""
The settings of this package itself, which plain hooks follow: `from scrubber import settings`.

Promise: naming them here reads nothing.
"""

from __future__ import annotations

from typing import Final

from scrubber.consent.gate import APP
from scrubber.consent.mapping import Settings

settings: Final = Settings(APP)
