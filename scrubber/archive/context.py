"""What a format is given beside the bytes: the scrubber, the books and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias

from scrubber.archive.found import Found
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from scrubber.archive.limits import Spent
    from scrubber.pipeline import Scrubber


Beside: TypeAlias = "Callable[[str], AbstractContextManager[BinaryIO] | None]"
"""Opens what lies beside a document, by what is put behind its name; None where nothing lies."""


def alone(_suffix: str) -> None:
    """Tell that nothing lies beside a document, as of one in an archive."""


class NotKnownError(InputError):
    """No format knows a document, and it is not to be taken over as it is."""


class Reads(Protocol):
    """A format: takes a document apart, and puts it together again without personal data."""

    def __call__(self, source: BinaryIO, target: BinaryIO, context: Context) -> None:
        """Scrub a document.

        Args:
            source: the document, at its start; it can seek and tell.
            target: where the redacted document is written.
            context: the rest.

        Raises:
            InputError: it cannot be read to its end, or not be scrubbed; says nothing of its text.
        """


@dataclass(slots=True)
class Context:
    """What a format is given.

    Attributes:
        scrubber: what to scrub with.
        spent: what the file has used of its limits; formats that unpack tell it.
        found: the books.
        name: the name of the document, as it is; for its suffix only, never for a message.
        unknown: one of `scrubber.archive.tasks.UNKNOWN`.
        depth: how many archives the document lies in.
        hour: when it was last written, as in `Found.hours`.
        beside: opens what lies beside it: a database and its log are two files.
    """

    scrubber: Scrubber
    spent: Spent
    found: Found = field(default_factory=Found)
    name: str = field(default="", repr=False)
    unknown: str = "list"
    depth: int = 0
    hour: str = ""
    beside: Beside = field(default=alone, repr=False)

    def inner(self, name: str, hour: str = "") -> Context:
        """Give the context of a document that lies in this one; its books are the same.

        Args:
            name: its name there.
            hour: when it was last written, if that is known.

        Raises:
            InputError: there are too many, or they lie too deep.
        """
        self.spent.member(self.depth + 1)
        return Context(
            self.scrubber,
            self.spent,
            self.found,
            name,
            self.unknown,
            self.depth + 1,
            hour or self.hour,
        )
