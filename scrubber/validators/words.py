"""
Lists of words, written as a text.

A list literal of two hundred strings takes two hundred lines or two hundred pairs of quotes; a
text of words takes neither, and a changed word is a changed word in a diff.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Give the words of a text.

    >>> sorted(words("b a"))
    ['a', 'b']
    """
    return frozenset(text.split())
