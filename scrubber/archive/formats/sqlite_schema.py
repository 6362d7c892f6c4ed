"""
The statements that made a SQLite database, which it keeps as they were written, comments and all.

Promise: names and structure stay. What is replaced stands in a comment or a string, so the
statement means the same; a finding anywhere else is refused, and the file with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.errors import InputError

if TYPE_CHECKING:
    from scrubber.archive.formats.cells import Cells

_PARTS: Final = re.compile(
    r"""
    (?P<comment> --[^\n]* | /\*.*?(?:\*/|\Z) )
    | (?P<blob> [xX]'[^']*' )
    | (?P<string> '(?:[^']|'')*' )
    | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\]
    """,
    re.VERBOSE | re.DOTALL,
)
_DEFAULT: Final = re.compile(
    r"""
    [(,]\s*+(?P<name>"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\w++)
    (?:\s[^,()]*(?:\([^()]*\)[^,()]*)?)?\bDEFAULT\s*+\(?\s*+\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR: Final = 1000
"""Characters before a default in which its column is named."""
_COMMENT_ENDS: Final = re.compile(r"\*/|\n")


def scrub_statement(statement: str, cells: Cells) -> str:
    """Scrub a `CREATE` statement.

    Args:
        statement: as SQLite keeps it.
        cells: scrubs what is in it.

    Returns:
        The statement, with its comments and strings scrubbed.

    Raises:
        InputError: there is a finding in a name.
    """
    done = _PARTS.sub(lambda part: _scrubbed(part, cells, _column(part)), statement)
    names = [part.group() for part in _PARTS.finditer(done) if part.lastgroup is None]
    bare = _PARTS.sub(" ", done)
    if any(cells.text(name[1:-1]) != name[1:-1] for name in names) or cells.text(bare) != bare:
        raise InputError("has a table, a column or an index whose name holds a finding")
    return done


def _column(part: re.Match[str]) -> str:
    """Give the column that a string is the default of, or ""."""
    if part.lastgroup not in {"string", "blob"}:
        return ""
    before = _DEFAULT.search(part.string, max(0, part.start() - _NEAR), part.start())
    return before["name"].strip('"`[]').replace('""', '"') if before else ""


def _scrubbed(part: re.Match[str], cells: Cells, column: str) -> str:
    text = part.group()
    if part.lastgroup == "comment":
        new = cells.text(text)
        if new == text:
            return text
        return "/*" + _COMMENT_ENDS.sub(" ", new.strip("-/* ")) + "*/"
    if part.lastgroup == "string":
        inside = text[1:-1].replace("''", "'")
        new = cells.text(inside, column)
        return text if new == inside else "'" + new.replace("'", "''") + "'"
    if part.lastgroup == "blob":
        try:
            data = bytes.fromhex(text[2:-1])
        except ValueError:
            return text
        new_data = cells.data(data, column)
        return text if new_data == data else f"X'{new_data.hex().upper()}'"
    return text
