"""
Whether something tells of the machine a test runs on: its accounts, hosts, people and secrets.

The names are looked for as the package itself does, as rules with tiers: an account called `runner`
or `test` is a word, and only counts where nothing else can be meant. Without them every second line
of a log would name somebody.

Promise: what is found is told by its entity and its place, never by its text; a path shows no key
that could be data.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.detect.known import known_rules
from scrubber.lazy import lazy_pattern
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.model import Identity
    from scrubber.segments import Stages

_FAMILY: Final = "identity."
_PLAIN: Final = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_\-]{0,63}(?:\.[A-Za-z0-9_\-]{1,63}){0,3}")
_KEY: Final = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_\-]{0,63}")

Steps = tuple[str | int, ...]


class Told(NamedTuple):
    """A name of this machine that can be read.

    Attributes:
        where: the path of the field.
        entity: what it is.
        encoding: `raw`, `decoded` or `base64`.
    """

    where: str
    entity: str
    encoding: str


class OwnNames:
    """Looks for the names of one machine."""

    def __init__(self, identity: Identity) -> None:
        """Make it; nothing is built before there is something to look at.

        Args:
            identity: whose names.
        """
        self.identity = identity

    @cached_property
    def _stages(self) -> Stages | None:
        rules = tuple(known_rules(self.identity)) if self.identity.counts() else ()
        return wire(rules, Operators(Policy("known")), Ruleset(rules, {})) if rules else None

    def told(self, content: object) -> list[Told]:
        """Give what a content tells of the machine.

        Args:
            content: texts, bytes, numbers and containers of them.

        Returns:
            Each entity once for each place and encoding.
        """
        if self._stages is None:
            return []
        texts: dict[str, list[Steps]] = {}
        for steps, text in _texts((), content):
            texts.setdefault(text, []).append(steps)
        # Most of what is sent tells nothing, and one look at all of it says so.
        if not self._seen("\n".join(texts)):
            return []
        return list(
            dict.fromkeys(
                Told(self._path(steps), entity, encoding)
                for text, places in texts.items()
                for entity, encoding in self._seen(text)
                for steps in places
            )
        )

    def names(self, text: str) -> bool:
        """Tell whether a text holds a name of the machine."""
        return bool(self._seen(text))

    def _seen(self, text: str) -> list[tuple[str, str]]:
        if self._stages is None or not text:
            return []
        found = [
            (span.entity, "base64" if span.layers < 0 else "decoded" if span.layers else "raw")
            for span in self._stages.detect(text)
            if span.rule_id.startswith(_FAMILY)
        ]
        return list(dict.fromkeys(found))

    def _path(self, steps: Steps) -> str:
        path = ""
        for step in steps:
            if isinstance(step, int):
                path += f"[{step}]"
            elif _PLAIN.fullmatch(step) and not self._seen(step):
                path += f".{step}" if path else step
            else:
                path += "[key]"
        return path


def _texts(steps: Steps, content: object) -> Iterator[tuple[Steps, str]]:
    """Give all texts, each behind its key, which may be what tells that it is a name."""
    if isinstance(content, dict):
        for key, item in content.items():
            yield (*steps, key), key
            yield from _texts((*steps, key), item)
    elif isinstance(content, list):
        for number, item in enumerate(content):
            yield from _texts((*steps, number), item)
    elif isinstance(content, str | bytes):
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
        key = steps[-1] if steps else ""
        named = isinstance(key, str) and _KEY.fullmatch(key)
        yield steps, f"{key}={text}" if named else text
