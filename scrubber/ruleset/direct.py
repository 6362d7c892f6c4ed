"""
A rule made by the program, for what only this run knows: the names of this machine.

It is parsed, measured and printed like a rule of a file, so that engines, gates and streams need
not know the difference. It has no examples, and is never written down.
"""

from __future__ import annotations

from scrubber.ruleset.literals import required_words
from scrubber.ruleset.model import Rule
from scrubber.ruleset.syntax import (
    has_value_group,
    lookahead_width,
    lookbehind_width,
    max_width,
    render,
)
from scrubber.ruleset.written import build_pattern


def direct_rule(rule_id: str, entity: str, description: str, pattern: str) -> Rule:
    """Make a rule of a pattern.

    Args:
        rule_id: `family.name`.
        entity: what a match is.
        description: one sentence; nothing of the pattern.
        pattern: in the dialect of rules, macros included.

    Returns:
        The rule, sure of its matches.

    Raises:
        ValueError: the dialect refuses the pattern.

    >>> direct_rule("identity.host", "HOSTNAME", "The host.", "lab-gpu[0-9]").needs
    (('lab-gpu0',),)
    """
    node = build_pattern(pattern)
    words = required_words(node)
    return Rule(
        id=rule_id,
        entity=entity,
        description=description,
        pattern=render(node),
        confidence=1.0,
        has_value=has_value_group(node),
        validators=(),
        context=None,
        keys=(),
        multiline=False,
        width=max_width(node),
        reach_back=lookbehind_width(node),
        reach_ahead=lookahead_width(node),
        blob=None,
        needs=(words,) if words else (),
        run=0,  # its words bring it up; measuring this takes as long as all else
        references=(),
        locales=(),
        match=(),
        no_match=(),
        source="",
    )
