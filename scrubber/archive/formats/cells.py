"""
Values that have a name: cells of a column, fields of a record, attributes of a node.

A name may say what a value is whatever it looks like (`password`), or whose (`user`); how that is
judged is settled where events are scrubbed, so such a value goes there, as a field of an event.
Asking costs half a millisecond, so each name is asked about once, with made-up values, and nearly
all names say nothing: then a value is a text as any other.

Promise: a value keeps its type, and what is scrubbed again stays. What cannot be scrubbed is a
marker, and counted.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrubber.archive.formats.images import PNG, WAV, is_image, is_sound
from scrubber.archive.kinds import kind_of
from scrubber.columns.rows import MOST
from scrubber.files.text_files import HEAD, TextFormat, detect
from scrubber.redact.placeholders import FAILED
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.archive.context import Context

Number = TypeVar("Number", int, float)

IMAGE: Final = ("IMAGE_DATA", "archive.image")
SOUND: Final = ("BINARY_DATA", "archive.sound")
PACKED: Final = ("BINARY_DATA", "archive.packed")
_NAMED: Final = ("SECRET", "archive.name")
"""What is counted where an event does not say which rule it was."""

_PROBES: Final = ("qzplorf7x", "x9 vorqz plmk2 tt")
_NUMBER: Final = 71_234_567
_ONE_WORD: Final = re.compile(r"(?=[^0-9]{0,63}[0-9])[A-Za-z0-9+/=_.-]{6,512}")
"""A value that no event takes for a word that says there is none: one with a digit in it."""
_COUNTED: Final = re.compile(r"(\[[^\[\]\n]{1,64}\]) \([0-9]{1,9}\)")
"""A placeholder that was numbered, so that two of a column differ."""
_SMALL: Final = 10_000_000
_LONGEST: Final = 1000
"""Code points of a value that an event carries whole."""
_UTF8: Final = TextFormat("utf-8")
_EVENT_ID: Final = "0" * 32
_KNOWN_KINDS: Final = frozenset(
    {"arrow", "bz2", "gz", "parquet", "sqlite", "tar", "tfevents", "wandb", "xz", "zip", "zst"}
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a name tells: whether anything, and what stands for each value, if that is one text."""

    texts: bool = False
    numbers: bool = False
    constant: str = ""
    found: tuple[str, str] = _NAMED


class Cells:
    """Scrubs the values of one document, and keeps its books."""

    def __init__(self, context: Context) -> None:
        """Begin a document.

        Args:
            context: the scrubber and the books.
        """
        self._context = context
        self._scrubber = context.scrubber
        self._entities = {rule.id: rule.entity for rule in context.scrubber.ruleset.rules}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._failures = 0
        self._told: dict[str, _Told] = {}
        self._named = lru_cache(maxsize=65_536)(self._ask)
        self._known_clean = lru_cache(maxsize=16_384)(self._is_clean)

    def close(self, lines: int = 0, hour: str = "") -> None:
        """Write down what was found since the last time.

        Args:
            lines: rows or records that were looked at.
            hour: when they were written, as in `Found.hours`.
        """
        report = Report(dict(self._counts), self._failures)
        self._context.found.add(report, lines=lines, hour=hour or self._context.hour)
        self._counts.clear()
        self._failures = 0

    def note(self, what: tuple[str, str]) -> None:
        """Count a finding: its entity and its rule."""
        self._counts[what] += 1

    def tells(self, name: str) -> bool:
        """Tell whether a name says anything of a text under it."""
        return bool(name) and self._of(name).texts

    def tells_number(self, name: str) -> bool:
        """Tell whether a name says that a number under it is none of ours."""
        return bool(name) and self._of(name).numbers

    def suspects(self, data: bytes) -> Sequence[int] | None:
        """Tell which lines may hold something; see `Scrubber.suspects`."""
        return self._scrubber.suspects(data)

    def text(self, text: str, name: str = "") -> str:
        """Scrub a text.

        Args:
            text: any string, stray bytes as surrogates.
            name: the name of what it stands under.

        Returns:
            The scrubbed text.
        """
        if not text:
            return text
        if self.tells(name):
            done = self._under(name, text)
            if done != text or len(text) <= _LONGEST:
                return done
        if self._known_clean(text) if len(text) <= _LONGEST else self._is_clean(text):
            return text
        redacted = self._scrubber.redact(text)
        self._counts.update(redacted.report.counts)
        self._failures += redacted.report.failures
        return redacted.text

    def data(self, data: bytes, name: str = "") -> bytes:
        """Scrub bytes, which may be a text, an image, or a document of its own.

        Args:
            data: the bytes.
            name: as for `text`.

        Returns:
            Scrubbed bytes: of an image or a sound the smallest one, of what is packed nothing.
        """
        if data and not _is_plain(data):
            if is_image(data):
                return self._instead(data, PNG, IMAGE)
            if is_sound(data):
                return self._instead(data, WAV, SOUND)
            if kind_of(data[:HEAD], "") in _KNOWN_KINDS:
                return self._instead(data, b"", PACKED)
            written = detect(data[:HEAD])
        else:
            written = _UTF8
        body = data.removeprefix(written.mark)
        if len(body) % 2 and written.codec != _UTF8.codec:
            written, body = _UTF8, data
        text = body.decode(written.codec, written.errors)
        done = self.text(text, name)
        return data if done == text else written.mark + written.encode(done)

    def number(self, number: Number, name: str = "") -> Number:
        """Scrub a number.

        Args:
            number: the number; truth values are none.
            name: as for `text`.

        Returns:
            The number, or 0 of the same type.
        """
        if not number or not math.isfinite(number):
            return number
        if self.tells_number(name):
            new, found = self._named(name, number)
            self._counts.update(found)
            return type(number)(new)
        if isinstance(number, float) or abs(number) < _SMALL:
            return number
        text = str(number)
        if self.text(text) == text:
            return number
        return type(number)(0)

    def json(self, text: str, name: str) -> str:
        """Scrub a text that is JSON where a name says so: strings in it are under that name.

        Args:
            text: the JSON.
            name: as for `text`.

        Returns:
            JSON again; what was none is scrubbed as a text.
        """
        if self.tells(name) or self.tells_number(name):
            try:
                value = json.loads(text)
                done = self._walked(value, name)
            except (ValueError, RecursionError):
                return self.text(text, name)
            if done != value:
                text = json.dumps(done, ensure_ascii=text.isascii())
        return self.text(text)

    def _walked(self, value: Any, name: str) -> Any:  # noqa: ANN401  # the JSON border
        if isinstance(value, str):
            return self.text(value, name)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            return self.number(value, name)
        if isinstance(value, list):
            return [self._walked(one, name) for one in value]
        return {key: self._walked(one, name) for key, one in value.items()}

    def _is_clean(self, text: str) -> bool:
        """Tell whether a text is proven to hold nothing."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return False
        return len(data) <= MOST and self._scrubber.suspects(data) == []

    def _instead(self, data: bytes, new: bytes, what: tuple[str, str]) -> bytes:
        if data != new:
            self.note(what)
        return new

    def _of(self, name: str) -> _Told:
        found = self._told.get(name)
        if found is None:
            found = self._told[name] = self._probed(name)
        return found

    def _probed(self, name: str) -> _Told:
        """Ask about a name with values that nobody has."""
        answers = [self._ask(name, probe) for probe in _PROBES]
        number, _ = self._ask(name, _NUMBER)
        (first, found), (second, _) = answers
        rule = next(iter(found), _NAMED)
        return _Told(
            (first, second) != _PROBES,
            number != _NUMBER,
            str(first) if first == second else "",
            rule,
        )

    def _under(self, name: str, text: str) -> str:
        told = self._of(name)
        if told.constant and _ONE_WORD.fullmatch(text):
            self._counts[told.found] += 1
            return told.constant
        if len(text) > _LONGEST:
            if told.constant:
                self._counts[told.found] += text != told.constant
                return told.constant
            return text
        counted = _COUNTED.fullmatch(text)
        if counted and self._named(name, counted[1])[0] == counted[1]:
            return text
        new, found = self._named(name, text)
        self._counts.update(found)
        self._failures += new == FAILED != text
        return str(new)

    def _ask(self, name: str, value: str | float) -> tuple[Any, Counter[tuple[str, str]]]:
        """Ask what an event makes of a value, and which rules it was."""
        event = self._scrubber.scrub({"event_id": _EVENT_ID, "extra": {name: value}}) or {}
        extra = event.get("extra")
        if not isinstance(extra, dict) or len(extra) != 1:
            return (FAILED if isinstance(value, str) else type(value)(0)), Counter()
        ((new_name, new),) = extra.items()
        if type(new) is not type(value):
            return (FAILED if isinstance(value, str) else type(value)(0)), Counter()
        if new == value:
            return new, Counter()
        return new, Counter(self._rules(event.get("_meta"), new_name) or [_NAMED])

    def _rules(self, meta: Any, name: str) -> list[tuple[str, str]]:  # noqa: ANN401  # the JSON border
        try:
            remarks = meta["extra"][name][""]["rem"]
            rules = [str(remark[0]) for remark in remarks]
        except (LookupError, TypeError):
            return []
        return [(self._entities.get(rule, _entity(rule)), rule) for rule in rules]


def _entity(rule: str) -> str:
    return rule.rpartition(".")[2].upper().replace("-", "_")


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes are a text."""
    if b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
