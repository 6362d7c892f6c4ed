"""Every example of every rule, written in every encoding of the table: what it marks is gone."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from scrubber.decoding import decoded_views
from scrubber.encodings import ENCODINGS, Encoding
from scrubber.redact.operators import Operators
from scrubber.resolve import resolve
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import load_ruleset, wire

if TYPE_CHECKING:
    from scrubber.ruleset.model import Example, Rule
    from scrubber.segments import Stages

RULES = load_ruleset().rules
# Shorter base64 is not told from a word (`Encoding.preserving`), and shorter values stand by
# chance in what is left.
LEAST_BASE64 = 12
LEAST_VALUE = 4


def left_of(stages: Stages, text: str) -> str:
    """Return what a rule leaves of a text, a NUL where it found something."""
    out = []
    end = 0
    for span in resolve(stages.detect(text), protected=[]):
        out.append(text[end : span.start])
        end = span.end
    return "\0".join([*out, text[end:]])


def marked(example: Example) -> list[str]:
    """Return the values an example marks that stand nowhere else in it."""
    rest, end = [], 0
    for start, stop in example.spans:
        rest.append(example.text[end:start])
        end = stop
    unmarked = "\0".join([*rest, example.text[end:]])
    values = {example.text[start:stop] for start, stop in example.spans}
    return [one for one in values if len(one) >= LEAST_VALUE and one not in unmarked]


def is_told(stages: Stages, example: Example, encoding: Encoding, written: str) -> bool:
    """Tell whether an encoded text still is what the rule looks for.

    Base64 at an offset puts bytes in front of the text: `:` + `::ffff:192.0.2.1` is no address.
    """
    if not encoding.name.startswith("base64"):
        return True
    whole = base64.b64decode(written).decode("utf-8", "surrogatepass")
    inside = left_of(stages, whole)
    return len(example.text) >= LEAST_BASE64 and not any(one in inside for one in marked(example))


@pytest.mark.parametrize("rule", RULES, ids=[one.id for one in RULES])
def test_no_encoding_hides_an_example(rule: Rule) -> None:
    """In no view of what a rule leaves of an encoded example does a marked value stand."""
    stages = wire([rule], Operators(Policy("all", min_confidence=0.0)), Ruleset((rule,), {}))
    leaks = []
    for place, example in enumerate(rule.match):
        for encoding in ENCODINGS.values():
            written = encoding.encode(example.text)
            left = left_of(stages, written)
            views = [left, *(view.text for view in decoded_views(left))]
            values = marked(example)
            forms = [*values, *(encoding.encode(one) for one in values)]
            if any(one in view for one in forms for view in views) and is_told(
                stages, example, encoding, written
            ):
                leaks.append((place, encoding.name))
    assert leaks == []
