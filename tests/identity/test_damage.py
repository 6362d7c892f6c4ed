r"""
Accounts and machines that are called like modules, and reports that stay readable all the same.

`common_names.txt` holds two hundred names, `readable.txt` what a debugger reads: frames, modules,
functions, packages, classes, messages. With an account, a host and a home of each name not one of
its characters changes. What may change is the place where only an account or a host can stand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest

from scrubber.detect.known import known_rules
from scrubber.identity.model import Identity
from scrubber.redact.operators import Operators
from scrubber.ruleset.examples import read_example
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import wire
from tests.identity.scrubbers import nobody, scrubber_of

HERE: Final = Path(__file__).parent
READABLE: Final = (HERE / "readable.txt").read_text("utf-8")
NAMES: Final = tuple(
    name
    for line in (HERE / "common_names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for name in line.split()
)
KNOWN: Final = Operators(Policy("known", min_confidence=0.0))
# Every tenth: all rules take their time.
SOME: Final = NAMES[::10]
TRACEBACKS: Final = "\n".join(
    read_example(path.read_text("utf-8"), seed=path.stem).text
    for path in sorted((HERE.parent / "corpus" / "tracebacks").glob("*.txt"))
)


def of(name: str) -> Identity:
    """Give the identity of an account, a host and a home of one name."""
    return Identity(accounts=(name,), hosts=(name,), homes=(f"/home/{name}",))


def found(identity: Identity, text: str) -> list[str]:
    """Give what the rules of an identity alone find in a text, with its line."""
    rules = known_rules(identity)
    stages = wire(rules, KNOWN, Ruleset(tuple(rules), {}))
    return [
        f"{span.rule_id}: {text[span.start : span.end]} in: {line_at(text, span.start)}"
        for span in stages.detect(text)
    ]


def line_at(text: str, at: int) -> str:
    """Give the line of a place."""
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]


def test_there_are_two_hundred_names_and_most_are_read_in_reports() -> None:
    """Names that the text does not hold would prove nothing."""
    assert len(set(NAMES)) == 200
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", READABLE.casefold()))
    words |= {part for word in words for part in word.split("-")}
    words |= set(re.findall(r"[a-z0-9]+", READABLE.casefold()))
    assert len(set(NAMES) - words) <= 20


@pytest.mark.parametrize("name", NAMES)
def test_a_common_name_changes_no_module_function_or_package(name: str) -> None:
    """Nothing is found in what a debugger reads, in any of its views."""
    assert found(of(name), READABLE) == []


def test_all_common_names_together_change_nothing() -> None:
    """Sixty-four accounts of one machine, as many as are collected, are no worse than one."""
    for at in range(0, len(NAMES), 50):
        names = NAMES[at : at + 50]
        homes = tuple(f"/home/{name}" for name in names)
        assert found(Identity(accounts=names, hosts=names, homes=homes), READABLE) == []


@lru_cache(maxsize=1)
def plain() -> list[str]:
    """Give what a scrubber makes of the texts that knows nothing of the machine."""
    return nobody().scrub_text(f"{READABLE}\n{TRACEBACKS}").splitlines()


@pytest.mark.parametrize("name", SOME)
def test_with_all_rules_a_common_name_changes_nothing_either(name: str) -> None:
    """The text is the one that a scrubber gives which knows nothing of the machine."""
    expected = plain()
    scrubber = scrubber_of(of(name))
    scrubbed = scrubber.scrub_text(f"{READABLE}\n{TRACEBACKS}").splitlines()
    assert [pair for pair in zip(scrubbed, expected, strict=True) if pair[0] != pair[1]] == []


def test_without_an_identity_there_are_no_rules_of_it() -> None:
    """Nobody has no names."""
    assert known_rules(Identity.none()) == []


# Where only an account or a host can stand: what is marked may change, and nothing beside it.
ALLOWED: Final = r"""
/home/«NAME»/work/torch/nn/data.py
C:\Users\«NAME»\work\model.py
ssh «NAME»@«NAME»
{"username": "«NAME»", "model": "train"}
user=«NAME» data=model
"""


def test_what_may_change_is_the_place_of_an_account_and_nothing_beside_it() -> None:
    """The name alone is replaced, whichever of the two hundred it is."""
    wrong = {}
    for name in NAMES:
        example = read_example(ALLOWED.replace("NAME", name), seed=name)
        rules = known_rules(of(name))
        stages = wire(rules, KNOWN, Ruleset(tuple(rules), {}))
        spans = {(span.start, span.end) for span in stages.detect(example.text)}
        beside = spans - set(example.spans)
        if beside:
            wrong[name] = sorted(line_at(example.text, start) for start, _ in beside)
    assert wrong == {}


@pytest.mark.parametrize("name", ["torch", "train", "worker", "taylor", "mark", "model"])
def test_an_account_that_is_a_word_is_still_found_where_only_accounts_stand(name: str) -> None:
    """Every place that is marked; the word after `@` is a host's, and worth less."""
    example = read_example(ALLOWED.replace("NAME", name), seed=name)
    spans = {(one.start, one.end) for one in scrubber_of(of(name)).scan(example.text)}
    left = sorted(set(example.spans) - spans)
    assert [place for place in left if example.text[place[0] - 1] != "@"] == []
