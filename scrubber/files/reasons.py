"""Why the system refused, in words that hold no name of a file."""

from __future__ import annotations


def reason_of(error: OSError) -> str:
    """Say why the system refused, without the names it adds.

    >>> reason_of(FileNotFoundError(2, "No such file or directory", "jane.log"))
    'no such file or directory'
    """
    return (error.strerror or type(error).__name__).lower()
