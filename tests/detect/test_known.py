"""Names of this machine: where each kind and tier is found, and where not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scrubber import Scrubber
from scrubber.detect.known import known_rules
from scrubber.encodings import ENCODINGS
from scrubber.identity.model import Identity
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.ruleset.linear import problems
from scrubber.ruleset.syntax import parse
from scrubber.stream import Stream
from scrubber.wiring import wire

LONG = "x" * 4096
SECRET = "".join(("vexing", "-7&", "Zq"))
IDENTITY = Identity(
    accounts=("vexlab7", "jdo", "train", "ubuntu", "jörgle"),
    names=("Jane Tavrinsky", "Will Power", "Änne van Querty"),
    hosts=("lab-vexnode", "lab-vexnode.example.edu", "vx1", "localhost"),
    domains=("CORP",),
    emails=("j.tavr@example.org",),
    owners=("tavlab", "pytorch"),
    homes=("/srv/people/mark", r"C:\Users\Mark", "/root"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bare: anywhere, between bounds of tokens
        ("vexlab7 VEXLAB7_run my-vexlab7 modelVexlab7Run", "[user] [user]_run my-[user] model[user]Run"),
        ("vexlab71 xvexlab7 vexlab7x", "vexlab71 xvexlab7 vexlab7x"),
        (r"a\nvexlab7 \u0076exlab7 vexlab7", r"a\n[user] [user] [user]"),
        ("lab-vexnode lab-vexnode.example.edu:22", "[host] [host]:22"),
        ("pod trainer-5f7c9-abcde", "pod [host]"),
        ("jorgle joergle jÃ¶rgle", "[user] [user] [user]"),
        ("jörgle JÖRGLE jo\u0308rgle", "[user] [user] [user]"),
        # anchored: where accounts and hosts stand
        ("/data/jdo/x /data/run_jdo.ckpt", "/data/[user]/x /data/run_[user].ckpt"),
        ("jdo@vx1 jdo%40x user=jdo user jdo {'login': 'jdo'}", "[user]@[host] [user]%40x user=[user] user [user] {'login': '[user]'}"),
        ("uid=1000(jdo) -u jdo {'name': 'jdo'} jdo/yolo:1", "uid=1000([user]) -u [user] {'name': '[user]'} [user]/yolo:1"),
        ("jdo is here, ajdo@x /jdomain", "jdo is here, ajdo@x /jdomain"),
        ("http://vx1:80 vx1:/data host=vx1 vx1.local vx1", "http://[host]:80 [host]:/data host=[host] [host].local vx1"),
        # words: hardly
        ("train torch/train train.py user=train train@h", "train torch/train train.py user=[user] [user]@h"),
        ("ubuntu /home/ubuntu user=ubuntu", "ubuntu /home/ubuntu user=ubuntu"),
        # people
        ("Jane Tavrinsky; Tavrinsky; jane_tavrinsky.pt JaneTavrinsky; Tavrinsky, Jane", "[person]; [person]; [person].pt [person]; [person]"),
        ("Jane is in", "Jane is in"),
        ("Will Power; Power, Will; will power; willpower", "[person]; [person]; will power; willpower"),
        ("Änne van Querty A\u0308nne Querty", "[person] [person]"),
        # the others
        (r"CORP\vexlab7 CORP\\jdo CORP", r"[host]\[user] [host]\\[user] CORP"),
        ("J.Tavr@Example.org j.tavr%40example.org", "[email] [email]"),
        ("https://github.com/tavlab/x git@github.com:tavlab/y.git tavlab", "https://github.com/[user]/x git@github.com:[user]/y.git tavlab"),
        ("https://tavlab.github.io https://github.com/tavlab?x ghcr.io/tavlab/y github.com/tavlab/y.(*X).Run()", "https://[user].github.io https://github.com/[user]?x ghcr.io/[user]/y github.com/[user]/y.(*X).Run()"),
        ("https://git.example.com/a/b/tavlab/x git@h.example.com:a/tavlab/x.git", "https://git.example.com/a/b/[user]/x git@h.example.com:a/[user]/x.git"),
        ("https://github.com/pytorch/pytorch", "https://github.com/pytorch/pytorch"),
        (r"/srv/people/mark/x C:\\Users\\Mark\\x mark /root/x", r"/srv/people/[user]/x C:\\Users\\[user]\\x mark /root/x"),
        ("aa:bb:cc:dd:ee:ff AA-BB-CC-DD-EE-FF aabb.ccdd.eeff 0aabbccddeeff", "[mac] [mac] [mac] 0aabbccddeeff"),
        ("550e8400-e29b-11d4-a716-aabbccddeeff 187723572702975", "550e8400-e29b-11d4-a716-[mac] [mac]"),
        ("192.0.2.7 ip-192-0-2-7 192.0.2.77 1.192.0.2.7 2001:db8::7", "[ip] ip-[ip] 192.0.2.77 1.192.0.2.7 [ip]"),
        (f"x{SECRET}y zor+fen+wil zor%20fen wil", "x[secret]y [secret] [secret]"),
        (f"{LONG} {LONG[1:]}", f"[secret] {LONG[1:]}"),
    ],
)  # fmt: skip
def test_names_are_found_where_they_may_be(text: str, expected: str) -> None:
    """Each kind and each tier has its places."""
    assert scrubbed(text) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["vexlab7", SECRET, "Jane Tavrinsky", "lab-vexnode.example.edu", "jörgle"])
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
