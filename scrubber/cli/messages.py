"""
What the command says to people: on stderr, one line each, and never a word of the documents.

File names are shown as they were given. They are printed with control characters made visible,
since a name that comes from elsewhere must not move the cursor.
"""

from __future__ import annotations

import os
import unicodedata

import click


def say(message: str) -> None:
    """Print one line on stderr.

    Args:
        message: what to say, without the name of the command.
    """
    click.echo(f"scrubber: {printable(message)}", err=True)


def printable(text: str, *, keep: str = "") -> str:
    """Make every character visible and encodable.

    Args:
        text: any string, lone surrogates too.
        keep: control characters to leave as they are.

    Returns:
        The text with control and format characters and surrogates as escapes.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        if char in keep or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def many(count: int, noun: str) -> str:
    """Write a count and its noun.

    >>> many(1, "file"), many(2, "file")
    ('1 file', '2 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def wants_colour() -> bool | None:
    """Tell click whether to colour: no where `NO_COLOR` is set, else as it sees fit."""
    return False if os.environ.get("NO_COLOR") else None
