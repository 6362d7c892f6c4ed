"""
How fields are shown: one below the other, what changed in colour, what did not folded away.

Promise: nothing a value holds moves the cursor, changes a colour or turns the direction of writing:
control and format characters are shown as escapes, and markup of rich is text like any other. The
raw side is shown only where it was asked for.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.event_fields import ABSENT, shown
from scrubber.cli.messages import printable
from scrubber.cli.text_diff import Piece, pieces
from scrubber.errors import ConfigError
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from scrubber.cli.event_fields import Field
    from scrubber.files.compressed import Writable

NEEDS_RICH: Final = "preview needs rich: pip install 'crashscrub[cli]'"
CONTEXT: Final = 60
"""Characters of what did not change that are left at each side of what did."""
LONGEST_CHANGE: Final = 240
"""Characters of a change that are shown."""
_INDEX: Final = lazy_pattern(r"\[([0-9]+)\]")
_NARROWEST: Final = 20
_UNBOUND: Final = 1 << 24
_FOLD: Final = " … "
_STYLES: Final = {
    "kept": "dim",
    "renamed": "yellow",
    "replaced": "",
    "removed": "red",
    "added": "green",
}


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """How fields are shown.

    Attributes:
        raw: the raw side, too.
        full: nothing is folded.
    """

    raw: bool = False
    full: bool = False


class FieldView:
    """Shows fields on a terminal, or as plain text elsewhere."""

    def __init__(self, out: Writable, options: ViewOptions) -> None:
        """Take where to write; whether it is a terminal is told by stdout.

        Raises:
            ConfigError: rich is not installed.
        """
        try:
            from rich.console import Console
        except ModuleNotFoundError:
            raise ConfigError(NEEDS_RICH) from None
        self._out, self._options = out, options
        self._console = Console(
            file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=True
        )
        # A width is for eyes: elsewhere a line of a value stays a line.
        self._width = self._console.width if self._console.is_terminal else _UNBOUND
        self._encoding = getattr(sys.stdout, "encoding", None) or "utf-8"

    def title(self, words: str) -> None:
        """Show what follows."""
        self._lines([_text(printable(words), "bold underline"), _text("")])

    def field(self, same: Sequence[Field]) -> None:
        """Show fields with the same change as one.

        Args:
            same: at least one field; they differ in their paths only.
        """
        field = same[0]
        head = _text(printable(field.path), "bold cyan" if field.change != "kept" else "cyan")
        if field.change in ("removed", "added", "renamed"):
            note = "key replaced" if field.change == "renamed" else field.change
            head.append(f"  {note}", _STYLES[field.change])
        elif field.renamed:
            head.append("  key replaced", _STYLES["renamed"])
        rows = self._wrapped(head, "", "")
        rows += self._value(field)
        rows += self._places([one.path for one in same[1:]])
        self._lines([*rows, _text("")])

    def _value(self, field: Field) -> list[Text]:
        if field.change == "removed" and not self._options.raw:
            return []
        if field.change == "replaced":
            compared = pieces(shown(field.raw), shown(field.scrubbed))
        else:
            value = shown(field.raw if field.scrubbed is ABSENT else field.scrubbed)
            compared = [Piece(value, value)]
        rows: list[Text] = []
        if self._options.raw and field.change in ("removed", "replaced"):
            text = self._marked(compared, field.change == "removed", raw=True)
            rows += self._wrapped(text, "- ", "bold red")
        if field.scrubbed is not ABSENT:
            text = self._marked(compared, field.change == "added", raw=False)
            mark = "+ " if self._options.raw and field.change in ("added", "replaced") else "  "
            rows += self._wrapped(text, mark, "bold green")
        return rows

    def _marked(self, compared: Sequence[Piece], whole: bool, *, raw: bool) -> Text:  # noqa: FBT001
        """Give one side of a comparison, what changed in it marked."""
        style = "bold red reverse" if raw else "bold green reverse"
        text = _text("")
        for at, piece in enumerate(compared):
            value = piece.raw if raw else piece.scrubbed
            if not piece.kept or whole:
                _append(text, self._cut(value), style)
            elif self._options.full:
                _append(text, value, "")
            else:
                first, last = at == 0, at == len(compared) - 1
                for part, is_fold in _folded(value, first=first, last=last):
                    text.append(part, "dim") if is_fold else _append(text, part, "")
        return text

    def _cut(self, value: str) -> str:
        if self._options.full or len(value) <= LONGEST_CHANGE:
            return value
        half = LONGEST_CHANGE // 2
        return f"{value[:half]}{_FOLD}{value[-half:]}"

    def _places(self, paths: Sequence[str]) -> list[Text]:
        listed = paths if self._options.full else _summed(paths)
        if not listed:
            return []
        return self._wrapped(_text(f"also in {printable(', '.join(listed))}", "dim"), "  ", "")

    def _wrapped(self, text: Text, mark: str, style: str) -> list[Text]:
        width = max(self._width - len(mark), _NARROWEST)
        rows = []
        for at, line in enumerate(text.wrap(self._console, width, overflow="fold")):
            line.rstrip()
            row = _text("").append(mark if at == 0 else " " * len(mark), style)
            rows.append(row.append_text(line))
        return rows

    def _lines(self, rows: Sequence[Text]) -> None:
        with self._console.capture() as captured:
            for row in rows:
                self._console.print(row)
        self._out.write(captured.get().encode(self._encoding, "backslashreplace"))


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style=style)


def _append(text: Any, value: str, style: str) -> None:  # noqa: ANN401  # a Text of rich
    """Append a value, its control characters as escapes in a colour of their own."""
    visible = printable(value, keep="\n")
    if visible == value:
        text.append(value, style)
        return
    for char in value:
        seen = printable(char, keep="\n")
        text.append(seen, style if seen == char else f"{style} magenta".strip())


def _folded(value: str, *, first: bool, last: bool) -> Iterator[tuple[str, bool]]:
    """Give the ends of what did not change, with a mark where there was more."""
    if len(value) <= (CONTEXT if first or last else 2 * CONTEXT) + len(_FOLD):
        yield value, False
        return
    # What stands alone is told by how it begins.
    if not first or last:
        yield value[:CONTEXT], False
    yield _FOLD[first : len(_FOLD) - (last and not first)], True
    if not last:
        yield value[-CONTEXT:], False


def _summed(paths: Sequence[str]) -> list[str]:
    """Write paths that differ in indices only as one.

    >>> _summed(["frames[2].vars.x", "frames[4].vars.x", "extra.x"])
    ['frames[*].vars.x (2 times)', 'extra.x']
    """
    groups: dict[str, list[list[str]]] = {}
    for path in paths:
        groups.setdefault(_INDEX.sub("[]", path), []).append(_INDEX.findall(path))
    summed = []
    for shape, rows in groups.items():
        parts = shape.split("[]")
        columns = [set(column) for column in zip(*rows, strict=True)]
        same = [column.pop() if len(column) == 1 else "*" for column in columns]
        ends = [f"[{index}]" for index in same]
        path = "".join(part + end for part, end in zip(parts, [*ends, ""], strict=True))
        summed.append(f"{path} ({len(rows):,} times)" if len(rows) > 1 else path)
    return summed
