"""Names of this machine: where each kind and tier is found, and where not."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from scrubber import Scrubber
from scrubber.detect.known import known_rules
from scrubber.encodings import ENCODINGS
from scrubber.identity.model import Identity
from scrubber.redact.operators import Operators
from scrubber.ruleset.linear import problems
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.ruleset.syntax import parse
from scrubber.stream import Stream
from scrubber.wiring import wire

LONG = "x" * 4096
SECRET = "vexing-7&Zq"
IDENTITY = Identity(
    accounts=("vexlab7", "jdo", "jdoe", "qj", "train", "ubuntu", "jörgle"),
    names=("Jane Tavrinsky", "(root)", "王·", "Will Power", "Änne van Querty"),
    hosts=("lab-vexnode", "lab-vexnode.example.edu", "vx1", "localhost", "Jane\u2019s MacBook Vex"),
    domains=("CORP",),
    emails=("j.tavr@example.org",),
    owners=("tavlab", "pytorch"),
    homes=("/srv/people/mark", r"C:\Users\Mark", "/root", "/home/ubuntu"),
    ids=("trainer-5f7c9-abcde",),
    macs=("aabbccddeeff",),
    addresses=("192.0.2.7", "2001:db8::7"),
    secrets=(SECRET, "zor fen wil", LONG),
)
RULES = known_rules(IDENTITY)
STAGES = wire(RULES, Operators(Policy("known")), Ruleset(tuple(RULES), {}))


def scrubbed(text: str) -> str:
    """Scrub a text with nothing but what is known."""
    stream = Stream(STAGES)
    return stream.feed(text) + stream.finish()


CASES = tomllib.loads((Path(__file__).parent / "known.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_names_are_found_where_they_may_be(case: dict[str, str]) -> None:
    """Each kind and each tier has its places."""
    assert scrubbed(case["text"]) == case["expected"]


def test_a_secret_is_found_inside_of_anything() -> None:
    """No bounds, in its own case, and with the blanks of a form; a long one whole."""
    text = f"x{SECRET}y {SECRET.upper()} zor+fen+wil zor%20fen wil"
    assert scrubbed(text) == f"x[secret]y {SECRET.upper()} [secret] [secret]"
    assert scrubbed(f"{LONG} {LONG[1:]}") == f"[secret] {LONG[1:]}"


@pytest.mark.parametrize(
    ("identity", "text", "expected"),
    [
        (Identity(secrets=("vex%41ng-7Zq",)), "vexAng-7Zq", "[secret]"),
        (Identity(secrets=("p\u00e4ngvex7Q",)), "pa\u0308ngvex7Q", "[secret]"),
        (Identity(secrets=("vex???7Zq",)), "__7_dmV4Pz8_N1px", "__7_[secret]"),
        (Identity(accounts=("tr\u00e4nsform",)), "tr\u00e4nsform transform", "[user] transform"),
        (Identity(accounts=("\u0152uvrex",)), "\u00c5\u2019uvrex", "[user]"),
        (Identity(secrets=("a1b2c", "d3e4f5")), "a1b2c d3e4f5", "a1b2c [secret]"),
        (Identity(secrets=(SECRET,)), "\0".join(f"{SECRET}."), "[secret]\0."),
        (Identity(homes=("/srv/people/vexlab7",)), "vexlab7 is over", "[user] is over"),
        (Identity(emails=("vexlab7@example.org",)), "vexlab7 is over", "[user] is over"),
    ],
)
def test_what_follows_from_a_value_is_found(identity: Identity, text: str, expected: str) -> None:
    """A secret read or spelt otherwise, the account in a home and in an address."""
    rules = known_rules(identity)
    stream = Stream(wire(rules, Operators(Policy("known")), Ruleset(tuple(rules), {})))
    assert stream.feed(text) + stream.finish() == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "name", ["vexlab7", SECRET, "Jane Tavrinsky", "lab-vexnode.example.edu", "jörgle"]
)
def test_a_name_is_found_in_every_encoding(name: str, encoding: str) -> None:
    """However a report wrote it, at both edges and in the middle."""
    encoded = ENCODINGS[encoding].encode(name)
    inner = encoded.strip("=")[1:-2] if "base64" in encoding else encoded
    for text in (encoded, f"at {encoded} on", f'"{encoded}"'):
        assert inner not in scrubbed(text)


def test_no_rule_tells_a_name() -> None:
    """Ids and descriptions are shown to users."""
    told = " ".join(f"{one.id} {one.description} {one.entity}" for one in RULES).casefold()
    for values in IDENTITY.reveal().values():
        assert [value for value in values if value.casefold() in told] == []


def test_every_rule_costs_linear_time() -> None:
    """What holds for rules of files holds for these."""
    rules = known_rules(replace(IDENTITY, secrets=(SECRET,)))
    assert [(one.id, reason) for one in rules for reason in problems(parse(one.pattern))] == []


def test_nobody_has_no_rules() -> None:
    """An empty identity costs nothing."""
    assert known_rules(Identity.none()) == []


def test_entities_left_out_by_a_policy_stay() -> None:
    """A policy decides for these rules as for all."""
    only = Scrubber(Policy("only", entities=("HOSTNAME",)), identity=IDENTITY)
    assert only.scrub_text("vexlab7 on lab-vexnode") == "vexlab7 on [host]"
