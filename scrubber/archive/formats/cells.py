"""
Values that have a name: cells of a column, fields of a record, attributes of a node.

A name may say what a value is whatever it looks like (`password`), or whose (`user`); how that is
judged is settled in `scrubber.archive.named`, for text formats and these alike. Asking costs a
tenth of a millisecond, so many values are proven clean together, each as it is and behind its name.

Promise: a value keeps its type, and what is scrubbed again stays. What cannot be scrubbed is a
marker, and counted.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrubber.archive.formats.images import PNG, WAV, is_image, is_sound
from scrubber.archive.kinds import kind_of
from scrubber.archive.named import LONGEST_NAME, Named
from scrubber.columns.rows import MOST, blocks, suspect_rows
from scrubber.files.text_files import HEAD, TextFormat, detect
from scrubber.redaction import Redaction
from scrubber.report import Report
from scrubber.units.says import NOTHING, holds_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.archive.context import Context

Number = TypeVar("Number", int, float)

IMAGE: Final = ("IMAGE_DATA", "archive.image")
SOUND: Final = ("BINARY_DATA", "archive.sound")
PACKED: Final = ("BINARY_DATA", "archive.packed")

LARGE: Final = 1_000_000
"""From which on a number is looked at whatever its name says: shorter ones are nobody's."""

_NAMES: Final = frozenset(
    {"name", "key", "field", "header", "variable", "param", "parameter", "parameterkey"}
)
_COUNTED: Final = re.compile(r"(\[[^\[\]\n]{1,64}\]) \([0-9]{1,9}\)")
"""A placeholder that was numbered, so that two of a column differ."""
_PROBES: Final = ("qzplorf7x", "x9vorqzplmk2tt")
_ONE_WORD: Final = re.compile(r"(?=[^0-9]{0,63}[0-9])[A-Za-z0-9]{6,512}")
"""A value that is no word for none, and no number: under such a name it is that, and no more."""
_LONGEST: Final = 1000
"""Code points of a text that is remembered."""
_MOST_KEPT: Final = 16_384
"""Texts with a finding that are remembered."""
_EXACT: Final = 1e22
"""Up to which a whole fraction is written with all its digits."""
_UTF8: Final = TextFormat("utf-8")
_KNOWN_KINDS: Final = frozenset(
    {"arrow", "bz2", "gz", "parquet", "sqlite", "tar", "tfevents", "wandb", "xz", "zip", "zst"}
)


class Cells:
    """Scrubs the values of one document, and keeps its books."""

    def __init__(self, context: Context) -> None:
        """Begin a document.

        Args:
            context: the scrubber and the books.
        """
        self._context = context
        self._scrubber = context.scrubber
        self._named = Named(context.scrubber)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._failures = 0
        self._looked: dict[str, dict[str, Redaction]] = {}
        self._constant = lru_cache(maxsize=4096)(self._probed)
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
        """Tell whether a name says anything of a value under it."""
        return bool(name) and self._named.says(name) != NOTHING

    def suspects(self, data: bytes) -> Sequence[int] | None:
        """Tell which lines may hold something; see `Scrubber.suspects`."""
        return self._scrubber.suspects(data)

    def look(self, texts: Iterable[str], name: str) -> dict[str, Redaction]:
        """Look at many texts under a name: the same as one by one, and several times faster.

        Args:
            texts: the texts.
            name: the name of what they stand under.

        Returns:
            What is made of those that are not proven to hold nothing; `counted` counts one.
        """
        distinct = dict.fromkeys(text for text in texts if text)
        kept = self._looked.setdefault(name, {})
        done = {text: kept[text] for text in distinct if text in kept}
        new = [text for text in distinct if text not in done]
        if self.tells(name):
            made = {text: self._redacted(text, name) for text in new}
        else:
            clean = self._clean(new, name)
            first = {text: self._scrubber.redact(text) for text in new if text not in clean}
            # What is clean now, by itself and behind its name, is what more rounds would give.
            settled = self._clean(dict.fromkeys(one.text for one in first.values()), name)
            made = {
                text: one if one.text in settled else self._redacted(text, name)
                for text, one in first.items()
            }
        self._keep(name, made)
        return done | made

    def counted(self, redaction: Redaction) -> str:
        """Count what was found in a text, and give what is made of it."""
        self._counts.update(redaction.report.counts)
        self._failures += redaction.report.failures
        return redaction.text

    def _keep(self, name: str, made: dict[str, Redaction]) -> None:
        """Remember what became of texts: values of a column come again."""
        short = {text: one for text, one in made.items() if len(text) <= _LONGEST}
        if sum(map(len, self._looked.values())) + len(short) > _MOST_KEPT:
            self._looked.clear()
        self._looked.setdefault(name, {}).update(short)

    def _clean(self, texts: Iterable[str], name: str) -> set[str]:
        """Give those of distinct texts that are proven to hold nothing, in one pass."""
        rows: list[str] = []
        joined: list[bytes] = []
        ends: list[int] = []
        end = 0
        for text in texts:
            with suppress(UnicodeEncodeError):  # stray bytes are looked at
                joined.append(self._with_name(text, name).encode())
                rows.append(text)
                end += len(joined[-1])
                ends.append(end)
        found = set(rows)
        for first, behind in blocks(ends):
            begin = ends[first - 1] if first else 0
            near = [end - begin for end in ends[first:behind]]
            part = rows[first:behind]
            some = suspect_rows(self._scrubber, b"\n".join(joined[first:behind]), near)
            found.difference_update(part if some is None else (part[row] for row in some))
        return found

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
        if not self.tells(name):
            known = self._known_clean if len(text) <= _LONGEST else self._is_clean
            if known(text, name):
                return text
        return self.counted(self._redacted(text, name))

    def data(self, data: bytes, name: str = "") -> bytes:
        """Scrub bytes, which may be a text, an image, or a document of its own.

        Args:
            data: the bytes.
            name: as for `text`.

        Returns:
            Scrubbed bytes: of an image or a sound the smallest one, of what is packed nothing.
        """
        # Zeros are what is left of bytes of one width.
        if not data.strip(b"\0"):
            return data
        if not _is_plain(data):
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
        says = self._named.says(name) if name else NOTHING
        if says == NOTHING and (isinstance(number, float) or abs(number) < LARGE):
            return number
        text = _written(number)
        if says == NOTHING and self._known_clean(text, name):
            return number
        redacted = self._named.redact(name, text, says, number=True)
        if redacted.text == text:
            return number
        self._counts.update(redacted.report.counts)
        return type(number)(0)

    def json(self, text: str, name: str) -> str:
        """Scrub a text that is JSON where a name says so: strings in it are under that name.

        Args:
            text: the JSON.
            name: as for `text`.

        Returns:
            JSON again; what was none is scrubbed as a text.
        """
        if self.tells(name):
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

    def _redacted(self, text: str, name: str) -> Redaction:
        says = self._named.says(name) if name else NOTHING
        if says == NOTHING:
            return self._named.redact(name, text, says, number=False)
        counted = _COUNTED.fullmatch(text)
        if counted is not None and self._stays(counted[1], name):
            return Redaction(text, Report())
        constant = self._constant(name) if says.reason and _ONE_WORD.fullmatch(text) else None
        return constant or self._named.redact(name, text, says, number=False)

    def _probed(self, name: str) -> Redaction | None:
        """Give what stands for every word under the name of a secret, if that is one text."""
        first, second = (self._named.redact(name, probe, number=False) for probe in _PROBES)
        return first if first == second and first.report.findings == 1 else None

    def _stays(self, text: str, name: str) -> bool:
        return self._named.redact(name, text, number=False).text == text

    def _with_name(self, text: str, name: str) -> str:
        """Give a text as it is, and once more behind its name: rules heed what stands before."""
        return f"{text}\n{name}: {text}" if name and len(name) <= LONGEST_NAME else text

    def _is_clean(self, text: str, name: str) -> bool:
        """Tell whether a text is proven to hold nothing."""
        try:
            data = self._with_name(text, name).encode()
        except UnicodeEncodeError:
            return False
        return len(data) <= MOST and self._scrubber.suspects(data) == []

    def _instead(self, data: bytes, new: bytes, what: tuple[str, str]) -> bytes:
        if data != new:
            self.note(what)
        return new


def beside(names: Sequence[str]) -> tuple[int, frozenset[int]]:
    """Find a column that says what the values of another one are: `name` and `value`.

    Args:
        names: of all columns.

    Returns:
        The place of the first such column, and those of the values; -1 and none where that is not
        how a table is made.

    >>> beside(["id", "Name", "value"]), beside(["name", "text"])
    ((1, frozenset({2})), (-1, frozenset()))
    """
    lower = [name.lower() for name in names]
    name = next((at for at, one in enumerate(lower) if one in _NAMES), -1)
    values = frozenset(at for at, one in enumerate(lower) if holds_value(one))
    return (name, values) if name >= 0 and values else (-1, frozenset())


def _written(number: float) -> str:
    """Write a number as JSON does: a fraction that is whole has a `.0`, however large it is."""
    if type(number) is float and number.is_integer() and abs(number) < _EXACT:
        return f"{number:.1f}"
    return str(number)


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes are a text."""
    if b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
