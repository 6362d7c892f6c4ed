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
    done = _PARTS.sub(lambda part: _scrubbed(part, cells), statement)
    names = [part.group() for part in _PARTS.finditer(done) if part.lastgroup is None]
    bare = _PARTS.sub(" ", done)
    if any(cells.text(name[1:-1]) != name[1:-1] for name in names) or cells.text(bare) != bare:
        raise InputError("has a table, a column or an index whose name holds a finding")
    return done


def _scrubbed(part: re.Match[str], cells: Cells) -> str:
    text = part.group()
    if part.lastgroup == "comment":
        new = cells.text(text)
        if new == text:
            return text
        return "/*" + _COMMENT_ENDS.sub(" ", new.strip("-/* ")) + "*/"
    if part.lastgroup == "string":
        inside = text[1:-1].replace("''", "'")
        new = cells.text(inside)
        return text if new == inside else "'" + new.replace("'", "''") + "'"
    if part.lastgroup == "blob":
        try:
            data = bytes.fromhex(text[2:-1])
        except ValueError:
            return text
        new_data = cells.data(data)
        return text if new_data == data else f"X'{new_data.hex().upper()}'"
    return text
