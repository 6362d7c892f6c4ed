"""
How freely a name may be looked for: everywhere, beside what tells it is a name, or hardly.

    bare      anywhere, between bounds of words: `bwayne`, `lab-gpu01`
    anchored  in paths, `user@host`, after a key such as `user`, in URLs: `jdoe`, `worker12`
    word      only in `user@host`, after such a key, directly below a known root: `train`, `root`

An account can be called `torch`, and a report without `torch` is worth nothing. So a name is judged
by what else it means: a word of English or of code, a package, what a system calls itself.

Promise: the answer depends on the name and the installed packages only. Nothing shorter than six
characters is bare.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from scrubber.identity.default_names import (
    default_account,
    default_domain,
    default_host,
    known_package,
    release,
)
from scrubber.identity.machine import Machine
from scrubber.identity.word_list import code_name, common_word
from scrubber.lazy import lazy_pattern
from scrubber.validators.host_name import host_name
from scrubber.validators.technical import parts_of, technical

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Tier = Literal["bare", "anchored", "word"]

SHORTEST_BARE: Final = 6
"""Characters from which a name is looked for everywhere."""

_STDLIB: Final = frozenset(name.casefold() for name in sys.stdlib_module_names)
_DIVIDERS: Final = lazy_pattern(r"[\s._\-+'\u2019]+")
_SNAKE: Final = lazy_pattern(r"[A-Za-z]+(?:_[A-Za-z]+)+")
_TOKEN: Final = lazy_pattern(r"([^\W\d_]+)([0-9]{0,4})")
_NUMBER: Final = lazy_pattern(r"[0-9]{1,4}")
_SHORTEST_WORD: Final = 2
_PAIR: Final = 2
_LONGEST_VERSION: Final = 2

# example.edu, cs.example.ac.uk: a name of DNS, which no module has.
_DNS: Final = lazy_pattern(
    r"(?:[a-z0-9\-]{1,63}\.){1,6}(?:ai|com|edu|eu|gov|info|int|io|mil|net|org|dev|cloud)"
    r"|(?:[a-z0-9\-]{1,63}\.){2,6}[a-z]{2}",
    re.IGNORECASE,
)


def tier(value: str, packages: AbstractSet[str] | None = None) -> Tier:
    """Tell how freely a value may be looked for.

    Args:
        value: a name of an account, person or host, an id, an address, a path.
        packages: names of installed packages in small letters; those of this machine where it is
            None, listed once.

    Returns:
        Its tier.

    >>> [tier(one) for one in ("bwayne", "lab-gpu01", "jdoe", "node001", "lightning", "root")]
    ['bare', 'bare', 'anchored', 'anchored', 'word', 'word']
    """
    installed = installed_packages() if packages is None else packages
    if default_account(value) or default_host(value) or default_domain(value):
        return "word"
    plain = value.casefold()
    if plain in _STDLIB or plain in installed or known_package(value) or code_name(value):
        return "word"
    tokens = [token for token in _DIVIDERS.split(value) if token]
    if len(tokens) == 1:
        found = _of_one(tokens[0], installed)
    elif _DNS.fullmatch(value):
        found = "bare" if host_name(value) else "word"
    else:
        found = _of_many(value, tokens, installed)
    return "anchored" if found == "bare" and len(value) < SHORTEST_BARE else found


def _of_one(token: str, installed: AbstractSet[str]) -> Tier:
    """Judge a name in one piece: English counts, and a number behind a word leaves some doubt."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return "bare"
    word, number = match.groups()
    parts = parts_of(word)
    if len(parts) > 1:
        # TimEstamp would be found in every timestamp.
        known = _in_code(parts, installed) or common_word(word)
    else:
        known = _of_code(word, installed) or common_word(word)
    if not known:
        return "bare"
    if not number:
        return "word"
    # python3, cuda12: a program and its version; node001 and worker12 are machines.
    released = release(word) and len(number) <= _LONGEST_VERSION
    return "word" if released or known_package(word) else "anchored"


def _of_many(value: str, tokens: list[str], installed: AbstractSet[str]) -> Tier:
    """Judge a name in several pieces.

    With a number in it, it is like no text but that of its own machine (`gpu-node-07`), except a
    word that is counted: `worker-0`.
    """
    if not tokens:
        return "word"  # signs alone
    if "." in value and (tokens[0].casefold() in installed or known_package(tokens[0])):
        return "word"  # torch.nn
    if len(tokens) == _PAIR and _NUMBER.fullmatch(tokens[1]) is not None:
        word = tokens[0]
        return "anchored" if _of_code(word, installed) or common_word(word) else "bare"
    if _SNAKE.fullmatch(value):
        return "word" if _in_code(tokens, installed) else "bare"
    return "word" if all(_of_code(token, installed) for token in tokens) else "bare"


def _in_code(words: list[str], installed: AbstractSet[str]) -> bool:
    """Tell whether words joined as in code are code: `training_args`, `BaseException`.

    English alone is not enough, since `mark_brown` is somebody.
    """
    of_code = [_of_code(word, installed) for word in words]
    return any(of_code) and all(
        known or common_word(word) for known, word in zip(of_code, words, strict=True)
    )


def _of_code(token: str, installed: AbstractSet[str]) -> bool:
    if len(token) < _SHORTEST_WORD or not token.isalpha():
        return False
    if default_host(token):
        return True
    return technical(token) or token.casefold() in installed or known_package(token)


@cache
def installed_packages() -> frozenset[str]:
    """Give the names of the packages installed on this machine, listed once."""
    return Machine.here().packages()
