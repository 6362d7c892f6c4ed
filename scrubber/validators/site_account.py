"""
Names of folders on shared disks: a person's, or a word for what lies there?

Below `/scratch` each user has a folder, and so have `tmp`, `shared` and `datasets`. Two checks of
different strictness: one refuses words for things, for places where folders of users are the rule;
the other wants a given name, for places where they are the exception (`/data`, `/tmp`).

Promise: system accounts, words for things, file names, numbers and hashes are refused by both.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.account import personal_account
from scrubber.validators.given_names import given_name, led_by_given_name
from scrubber.validators.technical import parts_of, technical
from scrubber.validators.user_name import account_name
from scrubber.validators.words import words as word_list

_DIVIDERS: Final = lazy_pattern(r"[._\-+\s@]+")
_LONGEST: Final = 64
_MOST_PARTS: Final = 3
# Packages of Android and Java are named like hosts, backwards.
_DOMAINS: Final = frozenset({"com", "org", "net", "io", "de"})
_SUFFIXES: Final = word_list(
    """
    a avi bak bin bmp c cc ckpt class cpp css cu cuh dat db dcm dll doc docx engine err exe gif go h
    h5 hdf5 hpp jar java jsx kt lock lst mat mov mp3 nc nii o out parquet pdf pid proto rb rs scala
    service so sock svg swift swp tif tiff tmp trt tsx vue wav webp xls xlsx
    """
)
# Scratch folders of a job: jdoe.12345.0.
_JOB: Final = lazy_pattern(r"[.\-][0-9]{4,9}(?:\.[0-9]{1,4})?$")
_TOP_DOMAINS: Final = word_list("at ca ch com de edu eu fr gov net org uk")
_RANDOM: Final = lazy_pattern(r"(?=.*[0-9].*[A-Za-z])[A-Za-z0-9_]{8,}|[^aeiouyAEIOUY]{7,}")


def site_account(value: str) -> bool:
    """Tell whether a folder where users have theirs can be a person's.

    Args:
        value: the segment of a path.

    Returns:
        Whether it is an account's name and no part of it is a word for things, unless a given name
        leads it.

    >>> site_account("jdoe"), site_account("jane_data"), site_account("raw_data")
    (True, True, False)
    """
    value = value[: _LONGEST + 1].partition("@")[0]
    if len(value) > _LONGEST:
        return False
    value = _JOB.sub("", value)
    if named_account(value):
        return True
    if not account_name(value) or _is_file(value):
        return False
    if _DIVIDERS.split(value)[0] in _DOMAINS or _is_host(value):
        return False
    # An initial is part of a name: x_jdoe.
    words = [word for word in _DIVIDERS.split(value) + parts_of(value) if len(word) > 1]
    return bool(words) and not any(technical(word) for word in words)


def named_account(value: str) -> bool:
    """Tell whether the name of a folder begins with a given name: `jane`, `jane_doe`, `janedoe2`.

    Args:
        value: the segment of a path.

    Returns:
        Whether a person's given name leads it, and what follows in one word is no word for things.

    >>> named_account("jane.doe"), named_account("janedoe2"), named_account("yolo")
    (True, True, False)
    """
    value = value[: _LONGEST + 1].partition("@")[0]
    if len(value) > _LONGEST or not personal_account(value) or _is_file(value):
        return False
    words = [word for word in _DIVIDERS.split(value) if word]
    if not words or len(words) > _MOST_PARTS:
        return False
    first = words[0].rstrip("0123456789")
    if given_name(first):
        return not (len(words) == 2 and _is_algorithm(words[1]))  # noqa: PLR2004 - a pair
    split = parts_of(first)
    if len(split) > 1 and given_name(split[0]):
        return not technical(split[1])
    rest = led_by_given_name(first)
    return rest is not None and not technical(rest)


def share_host(value: str) -> bool:
    """Tell whether the server of a share has a name of its own.

    Args:
        value: the server, as it stands behind two backslashes.

    Returns:
        Whether it is more than a word for servers.

    >>> share_host("lab-nas01"), share_host("fileserver")
    (True, False)
    """
    return bool(value) and not (value.isalpha() and technical(value[:_LONGEST]))


def owner_suffix(value: str) -> bool:
    """Tell whether what a program hung to the name of its folder can be its user's name.

    Args:
        value: what follows `pip-build-` or `ray-`.

    Returns:
        Whether it is an account's name, and not the random end of a temporary name.

    >>> owner_suffix("jane"), owner_suffix("k3x8q2_a"), owner_suffix("cache")
    (True, False, False)
    """
    if _RANDOM.fullmatch(value[:_LONGEST]) and not named_account(value):
        return False
    return site_account(value)


def _is_file(value: str) -> bool:
    """Tell whether a name ends like a file's; account.py knows more suffixes."""
    _, dot, suffix = value.rpartition(".")
    return bool(dot) and suffix.casefold() in _SUFFIXES


def _is_host(value: str) -> bool:
    """Tell whether a name is a host's: file systems are shared between institutes."""
    parts = value.casefold().split(".")
    return len(parts) > 2 and parts[-1] in _TOP_DOMAINS  # noqa: PLR2004 - host.example.com


def _is_algorithm(word: str) -> bool:
    return word.casefold() in {"kanade", "cross", "carlo", "markov"}
