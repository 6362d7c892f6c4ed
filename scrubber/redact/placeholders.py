"""
The words that stand where something was removed, and the one grammar that recognises them.

    [email]  [user:~k3f9x2m7pq*]  [host:#k3f9x2m7pq*]  [image/png 640x480]  <home>  [scrub-failed]

ASCII always. Only the exact grammar is protected from detection: `[user:jane]`, written by someone
else, is scanned like any text, and so are `[EMAIL]` and a pseudonym whose check character is wrong.
`~` is a pseudonym with a key, `#` a hash with a salt; surrogates have a grammar of their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from scrubber.redact.crockford import check
from scrubber.redact.surrogates import surrogate_ranges
from scrubber.types import ROOT_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

FAILED: Final = "[scrub-failed]"
FAILED_ENTITY: Final = "SCRUB_FAILED"
PATH_ENTITY: Final = "FILE_PATH"
ELIDED: Final = "..."
"""What stands for folders inside a canonical path. Three dots are anybody's: not protected."""
PATH_LABELS: Final = frozenset((*ROOT_LABELS, ELIDED))

WORDS: Final = {
    "EMAIL_ADDRESS": "email",
    "IP_ADDRESS": "ip",
    "MAC_ADDRESS": "mac",
    "USERNAME": "user",
    "HOSTNAME": "host",
    "SECRET": "secret",
    "CREDIT_CARD": "card",
    "PERSON": "person",
    "FILE_PATH": "path",
    "FILE_NAME": "file",
    "IMAGE_DATA": "image",
    "ARRAY_DATA": "array",
    "BINARY_DATA": "bytes",
    "PHONE_NUMBER": "phone",
    "IBAN_CODE": "iban",
    "US_SSN": "ssn",
    FAILED_ENTITY: "scrub-failed",
}

_KIND: Final = r"[a-z0-9][a-z0-9.+-]{0,31}"
_COUNT: Final = r"(?:0|[1-9][0-9]{0,8})"
_SHAPE: Final = rf"(?: {_COUNT}(?:x{_COUNT}){{0,7}})?"
_ROOTS: Final = regex.compile("|".join(ROOT_LABELS))
_DTYPE: Final = (
    r"(?: (?:bool|u?int(?:8|16|32|64)|float(?:16|32|64|128)|bfloat16|complex(?:64|128)"
    r"|object|str))?"
)
_DEVICE: Final = r"(?: (?:cpu|cuda|mps|tpu|xpu)(?::[0-9]{1,3})?)?"
_LABEL: Final = (
    rf"(?:image(?:/{_KIND}(?: [1-9][0-9]{{0,5}}x[1-9][0-9]{{0,5}})?)?"
    rf"|(?:application|audio|font|model|video)/{_KIND}"
    rf"|(?:array|ndarray|tensor){_DTYPE}{_SHAPE}{_DEVICE}"
    rf"|(?:dataframe|list|series){_SHAPE})"
)
_PSEUDONYM: Final = r"(?::[~#](?P<token>[0-9a-hjkmnp-tv-z]{10})(?P<check>[0-9a-hjkmnp-z*~$=]))?"
# These words are shown for data; data has a label and no pseudonym.
_DATA: Final = frozenset({"ARRAY_DATA", "BINARY_DATA", "IMAGE_DATA", FAILED_ENTITY})


def word_for(entity: str) -> str:
    """Give the word of an entity's placeholder.

    >>> word_for("EMAIL_ADDRESS"), word_for("BADGE_ID")
    ('email', 'badge-id')
    """
    return WORDS.get(entity) or entity.lower().replace("_", "-")


def nameable(entity: str, label: str = "") -> bool:
    """Tell whether a finding is somebody or something, so that a pseudonym says more than a word.

    Args:
        entity: what stood there.
        label: its label.

    Returns:
        Whether it is no data and has no label.
    """
    return not label and entity not in _DATA


def placeholder(entity: str, label: str = "", *, token: str = "") -> str:
    """Give the placeholder of an entity.

    Args:
        entity: what stood there.
        label: what the placeholder may say instead of the entity's word: `image/png 640x480`,
            `tensor float32 1x3 cuda:0`.
        token: a pseudonym behind the entity's word, `~k3f9x2m7pq*`; only without a label.

    Returns:
        The placeholder.

    >>> placeholder("IMAGE_DATA", "image/png 640x480")
    '[image/png 640x480]'
    """
    if label and _label_fits(label):
        return f"[{label}]"
    return f"[{word_for(entity)}:{token}]" if token else _plain(entity)


@lru_cache(maxsize=1024)
def _plain(entity: str) -> str:
    return f"[{word_for(entity)}]"


def _label_fits(label: str) -> bool:
    return regex.fullmatch(_LABEL, label) is not None


class Grammar:
    """The exact grammar of the placeholders of some entities."""

    def __init__(self, entities: Iterable[str]) -> None:
        """Build the grammar of the known words and of the words of further entities."""
        words = {word_for(entity) for entity in (*WORDS, *entities)} - {"image"}
        choices = "|".join(regex.escape(word) for word in sorted(words))
        self._pattern = regex.compile(rf"\[(?:(?:{choices}){_PSEUDONYM}|{_LABEL})\]")

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Give the ranges of all placeholders in a text: half-open, code points, sorted."""
        # Each kind by a character that all of it has, for most texts have none.
        found = surrogate_ranges(text)
        if "[" in text:
            found += [match.span() for match in self._pattern.finditer(text) if _is_checked(match)]
        if "<" in text:
            found += [match.span() for match in _ROOTS.finditer(text)]
        found.sort()
        return found

    def is_placeholder(self, text: str) -> bool:
        """Tell whether a whole text is one placeholder."""
        return self.ranges(text) == [(0, len(text))]


def _is_checked(match: regex.Match[str]) -> bool:
    return match["token"] is None or check(match["token"]) == match["check"]
