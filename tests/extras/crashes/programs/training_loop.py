"""A training loop: a worker of the loader fails, and its traceback comes as text."""
# [plants] home_linux account wandb_key
# [stays] Caught FileNotFoundError in DataLoader worker process 3.
# [stays] Original Traceback (most recent call last):

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

if TYPE_CHECKING:
    from collections.abc import Iterator


class Loader:
    """Reads scans."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.epoch = 2

    def __repr__(self) -> str:
        return f"Loader(root={self.root!r}, workers=4)"

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield fetch(self.root)
        except OSError as error:
            text = "".join(traceback.format_exception(error))
            kind = type(error).__name__
            message = f"Caught {kind} in DataLoader worker process 3.\nOriginal {text}"
            raise type(error)(message) from None


def fetch(path: str) -> bytes:
    """Read one scan."""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def train_one_epoch(loader: Loader, lr: float) -> None:
    """Go through all scans once."""
    run_dir = f"{os.getcwd()}/runs/exp3"  # noqa: PTH109
    logger_settings = {"project": "detector", "wandb_api_key": of("wandb_key")}
    for step, scan in enumerate(loader):
        print(step, len(scan), lr, run_dir, logger_settings)


start()
train_one_epoch(Loader(of("home_linux")), lr=1e-3)
