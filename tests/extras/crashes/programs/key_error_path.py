"""Keys of a dictionary are paths and addresses."""
# [plants] home_linux home_windows email
# [stays] KeyError

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def label_of(labels: dict[str, int], path: str) -> int:
    """Look up the label of a scan."""
    return labels[path]


start()
label_of({of("home_windows"): 1, of("email"): 2, "/usr/share/dict/words": 3}, of("home_linux"))
