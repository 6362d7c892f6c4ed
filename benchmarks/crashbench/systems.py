"""
The systems that are compared, where each of them runs, and what is unfair about it.

Promise: a system that cannot run is told of with the reason and what to type; none is left out in
silence.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .remote import Remote, RemoteError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import ExitStack
    from pathlib import Path

WALKED: Final = "it knows only text, so it gets every string of an event by itself, without its key"
AS_MESSAGE: Final = "it knows only events, so a text is given to it as the message of one"


@dataclass(frozen=True, slots=True)
class System:
    """Something that scrubs.

    Attributes:
        id: its name on the command line and in adapters.py.
        name: its name in tables.
        package: what pip installs, or "" for this library and for what needs nothing.
        unfair: what the comparison does not say, to us and to them.
        control: whether it is there to check the scores, and not by default.
    """

    id: str
    name: str
    package: str
    unfair: str
    control: bool = False

    @property
    def ours(self) -> bool:
        """Whether it is this library."""
        return not self.package and not self.control

    @property
    def heading(self) -> str:
        """Its name over several lines, so that its column stays narrow."""
        return re.sub(r"(?<=-)|(?<=[a-z])(?=[A-Z])| (?=\+)|(?<!\+) (?!\+)", "\n", self.name)

    @property
    def install(self) -> str:
        """What to type to have it."""
        return f"pip install {self.package}" if self.package else ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A system that does not run here.

    Attributes:
        system: which.
        reason: why.
    """

    system: System
    reason: str


SYSTEMS: Final = (
    System("balanced", "balanced", "", "to them: corpus and library come from the same people"),
    System("ner", "balanced + ner", "", "as balanced, with names looked for in every text"),
    System("strict", "strict", "", "takes out more than a debugger likes, on purpose"),
    System("fast", "fast", "", "looks for less, on purpose"),
    System(
        "relay",
        "sentry-relay",
        "sentry-relay",
        "to it: made for a server that parses its rules once, each call here parses them and JSON;"
        " its defaults leave the exception's message alone, on purpose",
    ),
    System(
        "relay-full",
        "sentry-relay full",
        "sentry-relay",
        "the same with its rules in all fields that it lets them reach; to it: nobody runs it so",
    ),
    System(
        "presidio",
        "Presidio",
        "presidio-analyzer presidio-anonymizer",
        f"to it: made for prose, with no entity for paths, accounts, hosts or keys; {WALKED}",
    ),
    System("scrubadub", "scrubadub", "scrubadub", f"to it: made for prose; {WALKED}"),
    System("datafog-core", "datafog-core", "datafog-core", f"to it: 14 kinds of entity; {WALKED}"),
    System("sentry-scrubber", "sentry-scrubber", "sentry-scrubber", f"to it: {AS_MESSAGE}"),
    System(
        "event-scrubber",
        "EventScrubber",
        "sentry-sdk",
        f"to it: it goes by names of fields, so it finds nothing in a text; {AS_MESSAGE}",
    ),
    System("nothing", "nothing", "", "leaves all as it is", control=True),
    System("everything", "everything", "", "replaces every string", control=True),
)


def chosen(ids: Sequence[str]) -> list[System]:
    """Return the systems of some ids, or all that are no controls.

    Raises:
        ValueError: there is no such system; says which there are.
    """
    known = {one.id: one for one in SYSTEMS}
    for name in ids:
        if name not in known:
            raise ValueError(f"no system {name}; there are {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(ids)] or [
        one for one in SYSTEMS if not one.control
    ]


def interpreter(environment: Path) -> Path:
    """Return where the interpreter of an environment is."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environments(folder: Path) -> dict[str, str]:
    """Return the interpreters of the environments in a folder, by the names of systems.

    An environment is named by the system that runs in it, or by the first package it needs.
    """
    found = {}
    for system in SYSTEMS:
        for name in (system.id, system.package.partition(" ")[0]):
            python = interpreter(folder / name) if name else None
            if python and python.exists():
                found[system.id] = str(python)
                break
    return found


def opened(
    stack: ExitStack, systems: Sequence[System], pythons: Mapping[str, str]
) -> tuple[dict[System, Remote], list[Missing]]:
    """Start what runs here.

    Args:
        stack: ends the processes when it is closed.
        systems: which.
        pythons: the interpreters of some, by id; the others run in this one.

    Returns:
        Those that run, in their order, and the others.
    """
    running: dict[System, Remote] = {}
    missing: list[Missing] = []
    for system in systems:
        try:
            remote = stack.enter_context(Remote.start(system.id, pythons.get(system.id)))
            remote.open()
        except RemoteError as error:
            missing.append(Missing(system, str(error)))
        else:
            running[system] = remote
    return running, missing
