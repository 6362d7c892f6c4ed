"""
Findings as lines of text or as one JSON document, written as they come.

No layout says where a finding ends: that would tell how long it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Protocol

from scrubber.cli.messages import printable
from scrubber.cli.options import version
from scrubber.cli.sarif import Sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubber.cli.sources import Source
    from scrubber.cli.tally import Tally
    from scrubber.files.compressed import Writable
    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber


class Layout(Protocol):
    """How findings are written.

    Attributes:
        separator: what stands between two findings.
    """

    separator: str

    def head(self) -> str:
        """Write what comes before the first finding."""
        ...

    def row(self, source: Source, located: Located) -> str:
        """Write a finding, without a newline."""
        ...

    def foot(self, tally: Tally) -> str:
        """Write what comes behind the last finding."""
        ...


class Lines:
    """`file:line:column: ENTITY rule`, as compilers write, so that editors find the place."""

    separator = ""

    def head(self) -> str:
        """Write nothing."""
        return ""

    def row(self, source: Source, located: Located) -> str:
        """Write one line."""
        finding = located.finding
        place = f"{printable(source.name)}:{located.line}:{located.column}"
        return f"{place}: {finding.entity} {finding.rule_id}"

    def foot(self, _tally: Tally) -> str:
        """Write nothing."""
        return ""


class Json:
    """`{"tool", "version", "findings": [...], "errors": [...], "failures"}`."""

    separator = ","

    def head(self) -> str:
        """Open the document."""
        about = json.dumps({"tool": "crashscrub", "version": version()})
        return f'{about[:-1]}, "findings": [\n'

    def row(self, source: Source, located: Located) -> str:
        """Write one object."""
        finding = located.finding
        return json.dumps(
            {
                "file": source.name,
                "line": located.line,
                "column": located.column,
                "entity": finding.entity,
                "rule": finding.rule_id,
                "confidence": round(finding.confidence, 4),
            }
        )

    def foot(self, tally: Tally) -> str:
        """Close the document."""
        errors: list[Any] = [{"file": name, "reason": reason} for name, reason in tally.unread]
        return f'], "errors": {json.dumps(errors)}, "failures": {tally.report.failures}}}\n'


LAYOUTS: Final[Mapping[str, Callable[[Scrubber], Layout]]] = {
    "text": lambda _scrubber: Lines(),
    "json": lambda _scrubber: Json(),
    "sarif": Sarif,
}


class Listing:
    """Findings on their way out.

    Rows are held back file by file, so the separators are set only when a row is written.
    """

    def __init__(self, layout: Layout, out: Writable) -> None:
        """Take a layout, and where to write."""
        self._layout = layout
        self._out = out
        self._rest = b""
        self._first = True

    def begin(self) -> None:
        """Write the head."""
        self._out.write(self._layout.head().encode())

    def row(self, source: Source, located: Located) -> bytes:
        """Make the row of a finding: one line."""
        return f"{self._layout.row(source, located)}\n".encode()

    def write(self, data: bytes, /) -> None:
        """Write rows, however they are cut."""
        *rows, self._rest = (self._rest + data).split(b"\n")
        out = []
        for row in rows:
            if not self._first:
                out.append(f"{self._layout.separator}".encode())
            self._first = False
            out.append(row + b"\n")
        if out:
            self._out.write(b"".join(out))

    def end(self, tally: Tally) -> None:
        """Write the foot."""
        self._out.write(self._layout.foot(tally).encode())
