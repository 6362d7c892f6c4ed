"""
What became of one case: which values survived, which strings that had to stay are gone.

- A planted value has *leaked* when it is in the output anywhere, as one of its labels writes it or
  in any form that `scrubber.testing.leaks` knows, more often than it is in the content without its
  labels. So an account that is also a word is counted fairly. The unit is a value of a case: one
  that stands at three places and is left at one of them has leaked, once.
- It has leaked *in part* when that holds for one of its parts only: a surname, a mailbox.
- A string that had to stay is *damaged* when it is not in the string at its place any more, byte
  for byte, and where it was the whole of that string, is so no more; where that place is gone, when
  it is nowhere in the output.
- For precision and recall see coverage.py.

A case without output (the system raised an error, or gave nothing back) is an empty one: it leaks
nothing, and everything that had to stay is gone. That is what becomes of an event whose hook
raises. It is counted as an error besides.

Promise: what is said of a survivor never holds the value.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from scrubber.testing.leaks import Leak, leaks
from scrubber.testing.planting import Planted

from .coverage import covered, taken_out, union
from .strings import mapped, matched, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cases import Case, Label
    from .coverage import Range
    from .strings import Path

CUT: Final = "\x00"
"""Stands for a label that is cut out: no word, and in no form of any value."""
HALF: Final = 0.5
QUOTED: Final = "quoted_printable"
_QUOTED: Final = re.compile(r"=\r?\n|=[0-9A-F]{2}")


@dataclass(frozen=True, slots=True)
class Survivor:
    """A value that is still there, without it.

    Attributes:
        case: the id of the case.
        sorts: how it is told where it is left: where less than half of a label was taken out, or
            the least.
        entity: what it is.
        encoding: in which form it is there.
        part: whether only a part of it is.
        where: the place in the output, "" in a text.
    """

    case: str
    sorts: tuple[str, ...]
    entity: str
    encoding: str
    part: bool
    where: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A string that had to stay and is gone.

    Attributes:
        case: the id of the case.
        where: its place in the content, "" in a text.
    """

    case: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case.

    Attributes:
        case: which.
        survivors: the values that leaked.
        damages: what had to stay and is gone.
        recalls: of each label, which share of it was taken out.
        precisions: of each span that was taken out, which share of it is labelled.
    """

    case: Case
    survivors: tuple[Survivor, ...]
    damages: tuple[Damage, ...]
    recalls: tuple[tuple[Label, float], ...]
    precisions: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a case, once.

    Attributes:
        entity: what it is, by its first label.
        sorts: how its labels tell it; one value of two entities is a value still.
        value: itself.
        parts: what alone already tells; of all labels.
    """

    entity: str
    sorts: tuple[str, ...]
    value: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)


@dataclass
class Reference:
    """A case, and what has to be known of it to judge any output.

    Attributes:
        case: which.
    """

    case: Case

    @cached_property
    def values(self) -> list[Value]:
        """The values of the case."""
        return values_of(self.case)

    @cached_property
    def _tagged(self) -> list[Planted]:
        # The entity is all that a leak tells of a value: with a number there it tells which one.
        return [
            Planted(f"V{number}", one.value, one.parts) for number, one in enumerate(self.values)
        ]

    @cached_property
    def _bare(self) -> tuple[Any, dict[int, list[Leak]]]:
        """The content without its labels, and what is there of the values nevertheless."""
        content = cut(self.case)
        return content, self._seen(content)

    @cached_property
    def ranges(self) -> dict[Path, list[Label]]:
        """The labels of each string."""
        found: dict[Path, list[Label]] = {}
        for label in self.case.labels:
            found.setdefault(tuple(label.path), []).append(label)
        return found

    def judge(self, output: Any) -> Verdict:  # noqa: ANN401  # JSON
        """Tell what became of the case.

        Args:
            output: what a system made of its content; None for nothing.
        """
        after = {path: (before, left) for path, before, left in matched(self.case.content, output)}
        recalls, precisions = self._coverage(after)
        return Verdict(
            self.case,
            tuple(self._survivors(output, recalls)),
            tuple(self._damages(after, output)),
            tuple(recalls),
            tuple(precisions),
        )

    def _seen(self, content: Any) -> dict[int, list[Leak]]:  # noqa: ANN401
        found: dict[int, list[Leak]] = {}
        every = leaks(content, self._tagged)
        plain = mapped(content, unquoted)
        if plain != content:
            every += [replace(leak, encoding=QUOTED) for leak in leaks(plain, self._tagged)]
        for leak in dict.fromkeys(every):
            found.setdefault(int(leak.entity.removeprefix("V")), []).append(leak)
        for number, forms in self._written.items():
            if all(leak.part for leak in found.get(number, ())):
                found.setdefault(number, []).extend(
                    Leak(f"V{number}", encoding, part=False, where=place(path))
                    for path, text in strings(content)
                    for form, encoding in forms.items()
                    if form in text
                )
        return {number: some for number, some in found.items() if some}

    @cached_property
    def _written(self) -> dict[int, dict[str, str]]:
        """The encoded forms in which labels write each value, and their names.

        Some of them only who wrote them can tell: UTF-16 without a Latin letter, words of a form
        joined by `+`.
        """
        numbers = {one.value: number for number, one in enumerate(self.values)}
        found: dict[int, dict[str, str]] = {}
        for label in self.case.labels:
            form = shown(at(self.case.content, label.path))[label.start : label.end]
            if label.encoding != "raw":
                found.setdefault(numbers[label.value], {})[form] = label.encoding
        return found

    def _survivors(
        self,
        output: Any,  # noqa: ANN401
        recalls: list[tuple[Label, float]],
    ) -> Iterator[Survivor]:
        left: dict[str, dict[str, float]] = {}
        for label, share in recalls:
            sorts = left.setdefault(label.value, {})
            sorts[label.sort] = min(share, sorts.get(label.sort, 1.0))
        for number, there in self._seen(output).items() if output is not None else ():
            one = self.values[number]
            content, anyway = self._bare
            known = anyway.get(number, [])
            full, old_full = ([each for each in some if not each.part] for some in (there, known))
            more = len(full) > len(old_full)
            if known and full and not more:
                more = occurrences(output, one.value) > occurrences(content, one.value)
            if not more and len(there) <= len(known):
                continue
            leak = full[0] if more else next((each for each in there if each.part), there[0])
            sorts = left.get(one.value, dict.fromkeys(one.sorts, 0.0))
            least = min(sorts.values())
            yield Survivor(
                self.case.id,
                tuple(sort for sort, share in sorts.items() if share == least or share < HALF),
                one.entity,
                leak.encoding,
                not more,
                leak.where,
            )

    def _damages(self, after: dict[Path, tuple[str, str]], output: Any) -> list[Damage]:  # noqa: ANN401
        all_left: str | None = None
        found = []
        for stay in self.case.stays:
            path = tuple(stay.path)
            left = after[path][1] if path in after else shown(at(output, path))
            whole = shown(at(self.case.content, path)) == stay.text
            if (left == stay.text if whole else stay.text in left) or same_moment(stay.text, left):
                continue
            if not left and output is not None:
                all_left = all_left or "\n".join(shown(text) for _, text in strings(output))
                if stay.text in all_left:
                    continue
            found.append(Damage(self.case.id, place(path)))
        return found

    def _coverage(
        self, after: dict[Path, tuple[str, str]]
    ) -> tuple[list[tuple[Label, float]], list[float]]:
        recalls: list[tuple[Label, float]] = []
        precisions: list[float] = []
        for path, (before, left) in after.items():
            labels = [one for one in self.ranges.get(path, ()) if one.start < one.end]
            ranges: list[Range] = [(one.start, one.end) for one in labels]
            gone = taken_out(before, left)
            recalls += zip(labels, covered(ranges, gone), strict=True)
            precisions += covered(gone, union(ranges))
        return recalls, precisions


def unquoted(text: str) -> str:
    r"""Undo the quoted-printable of a mail, which `leaks` does not read.

    >>> unquoted("=4Aane Do=\ne")
    'Jane Doe'
    """
    if not _QUOTED.search(text):
        return text
    try:
        return quopri.decodestring(text.encode()).decode("utf-8", "replace")
    except UnicodeEncodeError:  # a surrogate; no mail has one
        return text


def values_of(case: Case) -> list[Value]:
    """Return the values of a case, each once, with all its sorts and parts."""
    labels: dict[str, list[Label]] = {}
    for one in case.labels:
        labels.setdefault(one.value, []).append(one)
    return [
        Value(
            some[0].entity,
            tuple(dict.fromkeys(one.sort for one in some)),
            value,
            tuple(dict.fromkeys(part for one in some for part in one.parts)),
        )
        for value, some in labels.items()
    ]


def cut(case: Case) -> Any:  # noqa: ANN401  # JSON
    """Return the content of a case with every label cut out."""
    ranges: dict[Path, list[Range]] = {}
    for label in case.labels:
        ranges.setdefault(tuple(label.path), []).append((label.start, label.end))

    def without(content: Any, path: Path) -> Any:  # noqa: ANN401
        if isinstance(content, dict):
            return {key: without(value, (*path, key)) for key, value in content.items()}
        if isinstance(content, list):
            return [without(value, (*path, number)) for number, value in enumerate(content)]
        if isinstance(content, str):
            for start, end in reversed(union(ranges.get(path, []))):
                content = f"{content[:start]}{CUT}{content[end:]}"
        return content

    return without(case.content, ())


def occurrences(content: Any, value: str) -> int:  # noqa: ANN401
    """Count a value in all strings of some JSON, whatever its case."""
    folded = value.casefold()
    return sum(text.casefold().count(folded) for _, text in strings(content)) if folded else 0


def same_moment(text: str, left: str) -> bool:
    """Tell whether a time is still told, as seconds: so Relay writes the times of an event.

    >>> same_moment("2026-01-01T00:00:00Z", "1767225600.0")
    True
    """
    try:
        moment = datetime.fromisoformat(text)
        seconds = float(left)
    except ValueError:
        return False
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return abs(aware.timestamp() - seconds) < 1e-3


def at(content: Any, path: Path) -> Any:  # noqa: ANN401
    """Return what is at a place of some JSON, or None."""
    for step in path:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def shown(value: Any) -> str:  # noqa: ANN401
    """Return a value as a string; "" for none."""
    return "" if value is None else str(value)


def place(path: Path) -> str:
    """Write a place: `exception.values[0].value`."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".")
