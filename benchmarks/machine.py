"""What a figure depends on besides the code: the machine, the versions, the day and the command."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

PACKAGES: Final = ("crashscrub", "regex", "hyperscan", "python-crfsuite", "torch")


def machine() -> str:
    """Return the system, the processor and its count of cores."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = re.findall(r"(?m)^model name\s*:\s*(.+)$", info.read_text("utf-8", "replace"))
        cpu = models[0] if models else cpu
    return f"{platform.system()}, {cpu}, {os.cpu_count()} logical cores"


def load() -> str:
    """Return how busy the machine was in the last minute, or "" where the system does not tell."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"{os.getloadavg()[0]:.1f}"


def versions() -> dict[str, str]:
    """Return the version of Python and of each package that is installed and matters."""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when figures were made.

    Attributes:
        command: what to type to make them again.
        date: when, in UTC.
        machine: on what.
        load: processes that ran beside, on average over the last minute.
        versions: of Python and packages.
    """

    command: str
    date: str
    machine: str
    load: str
    versions: dict[str, str]

    @classmethod
    def here(cls, command: str) -> Setting:
        """Return the setting of this process."""
        date = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        return cls(command, date, machine(), load(), versions())

    def heading(self) -> str:
        """Return the lines above a table."""
        packages = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return (
            f"date      {self.date}\n"
            f"machine   {self.machine}, load {self.load or 'unknown'}\n"
            f"versions  {packages}\n"
            f"command   {self.command}"
        )
