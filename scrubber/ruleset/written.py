"""
A pattern as it is written: its macros expanded, then read.

Apart from what judges a rule, which takes longer to load than to run: the names of a machine become
rules when the first text comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.ruleset.macros import MacroError, expand
from scrubber.ruleset.parse import DialectError, parse

if TYPE_CHECKING:
    from scrubber.ruleset.nodes import Node


def build_pattern(text: str, *, keys: tuple[str, ...] = ()) -> Node:
    """Expand the macros of a pattern and parse it.

    Args:
        text: the pattern as written.
        keys: what `%{keys}` stands for.

    Returns:
        The parsed pattern.

    Raises:
        ValueError: with the reason, when a macro or the dialect refuses it.
    """
    try:
        return parse(expand(text, keys=keys))
    except (MacroError, DialectError) as error:
        raise ValueError(str(error)) from None
