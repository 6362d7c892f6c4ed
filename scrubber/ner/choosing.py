"""
Which taggers a policy asks for.

    events, on       the embedded one
    spacy            the embedded one, and the packaged pipeline of spaCy
    spacy:PIPELINE   the embedded one, and any other
    presidio         the embedded one, and an engine of Presidio

Promise: what is asked for and is not there is an error before any text is looked at, never a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.ner.people import People, Wanted
from scrubber.ner.tagger import embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ner.tagging import Tagger
    from scrubber.ruleset.model import Policy


def taggers_of(policy: Policy) -> list[Tagger]:
    """Give the taggers of a policy; none is loaded by that.

    Args:
        policy: the policy.

    Returns:
        Its taggers; none where it is off.

    Raises:
        ModuleNotFoundError: one needs a package that is not there.
        ConfigError: one needs a pipeline that is not there.
    """
    word, _, name = policy.ner.partition(":")
    if word == "off":
        return []
    entities = sorted(policy.tagged)
    taggers: list[Tagger] = [embedded()]
    if word == "spacy":
        from scrubber.ner.spacy import SpacyTagger

        taggers.append(SpacyTagger(name, entities))
    if word == "presidio":
        from scrubber.ner.presidio import AnalyzerTagger

        taggers.append(AnalyzerTagger(entities=entities, threshold=policy.min_confidence))
    return taggers


def people_for(policy: Policy, taggers: Sequence[Tagger] = ()) -> People:
    """Give what finds names of people for a policy.

    Args:
        policy: the policy.
        taggers: further ones.

    Raises:
        ModuleNotFoundError: see `taggers_of`.
        ConfigError: see `taggers_of`.
    """
    return People([*taggers_of(policy), *taggers], Wanted(policy.tagged, policy.min_confidence))
