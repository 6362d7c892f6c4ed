"""The packaged rules find the same on both engines, whichever way a text goes."""

from __future__ import annotations

from itertools import chain
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutated_units import CLEAN, MUTATORS, units
from scrubber import Identity, Policy
from scrubber.detect.gate import Gated
from scrubber.detect.reference import find
from scrubber.detect.sieve import Sieve
from scrubber.detect.vector import Screened
from scrubber.encodings import ENCODINGS
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Ruleset
from scrubber.wiring import load_ruleset, wire
from tests.properties.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.engines import Compiled
    from scrubber.ruleset.model import Rule
    from tests.equivalence.pairs import Pair

RULES = load_ruleset().rules
KINDS = ("repr_twice", "url", "html_numeric", "ansi", "nfd", "base64_1", "json_twice")
NAMES = Identity(
    accounts=("vexlab7", "вексля"),
    names=("Jane Tavrinsky", "Ἑλένη Ζωγράφου"),
    hosts=("lab-vexnode",),
    homes=("/home/vexlab7",),
)


def document(examples: list[str]) -> str:
    """Put examples on lines of their own, with clean lines between."""
    return "\n".join(chain.from_iterable(zip(examples, CLEAN * len(examples), strict=False)))


@pytest.fixture(scope="module")
def gated(compiled: Compiled) -> tuple[Gated, Screened]:
    """All rules behind words, and behind a screen."""
    policy = Operators(Policy("all", min_confidence=0.0))
    detectors = wire(RULES, policy, Ruleset(RULES, {})).detectors
    return Gated(detectors), Screened.of(detectors, screen=compiled.screen(RULES))


def test_no_example_is_lost(gated: tuple[Gated, Screened]) -> None:
    """Each example as it is, in the other case, and in one encoding of each kind in turn."""
    words, screened = gated
    sieve = Sieve(screened.screen)

    def written(at: int, rule: Rule) -> list[str]:
        encode = ENCODINGS.get(KINDS[at % len(KINDS)], ENCODINGS["url"]).encode
        raw = [one.text for one in rule.match]
        return [*raw, *rule.no_match, encode(raw[0]), raw[-1].swapcase()]

    every = [text for at, rule in enumerate(RULES) for text in written(at, rule)]
    for start in range(0, len(every), 300):
        some = every[start : start + 100]
        text = document(some)
        found = sorted(find(words, text))
        assert sorted(find(screened, text)) == found
        clean = set(range(len(some))).difference(sieve.suspects(some))
        assert [find(words, some[at]) for at in clean] == [[] for _ in clean]


def test_no_mutant_is_lost(gated: tuple[Gated, Screened]) -> None:
    """Look-alikes, case partners, matches glued and cut, strange characters beside every class."""
    words, screened = gated
    source = units(RULES, Random(20))  # noqa: S311  # no secret
    for _ in range(4):
        text = "\n".join(next(source) for _ in range(200))
        assert sorted(find(screened, text)) == sorted(find(words, text))


@settings(max_examples=25)
@given(
    written=texts,
    mutations=st.lists(st.tuples(st.sampled_from(MUTATORS), st.randoms()), max_size=3),
)
def test_no_generated_text_is_lost(
    gated: tuple[Gated, Screened],
    written: str,
    mutations: list[tuple[Callable[[Random, str], str], Random]],
) -> None:
    """Alone, nothing skipped; and what is clean holds nothing."""
    words, screened = gated
    for mutate, draw in mutations:
        written = mutate(draw, written)
    found = sorted(find(tuple(words), written))
    assert sorted(find(screened, written)) == found
    assert not (found and Sieve(screened.screen).clean(written))


LONG = "x" * 20_000
NOTHING = "clean\n" * 700
PEM = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA0Z\n" * 30
TEXTS = {
    "clean": "\n".join(CLEAN * 100),
    "empty": "",
    "newlines": "\n" * 40,
    "short": "mail jane@example.com\n",
    "crlf": "mail jane@example.com\r\nat 192.0.2.7\r\n\r\nend\r\n" * 60,
    "no_end": "at 192.0.2.7\n" * 400 + "mail jane@example.com",
    "stray": "at 192.0.2.7 \udcff\udcc3 jane@example.com\n" * 120,
    "made_of_stray": "\udcc3\udca9 jane@example.com\n" * 250,
    "half": "at 192.0.2.7 \ud800\n" * 300,
    "bom": "\ufeffjane@example.com\nat\x00192.0.2.7\x00\u2028jane@example.com\x85\n" * 90,
    "long_line": f"{LONG} jane@example.com {LONG}\nat 192.0.2.7\n",
    "key": "clean\n" * 700
    + PEM
    + "-----END RSA PRIVATE KEY-----\nat 192.0.2.7\nlast jane@example.com",
    "open_key": "at 192.0.2.7\n" * 300 + PEM,
    "table": "   name  email\n0  Jane Doe  jane@example.com\n1  Joe Roe  joe@example.com\n" * 70,
    "image": "at 192.0.2.7\n" * 300 + "data:image/png;base64,iVBORw0KGgo" + "AAAA" * 900,
    "json": '[\n  {"mail": "jane@example.com", "n": 1},\n' * 1
    + '  {"card": 4111111111111111}\n]\n',
    "json_lines": '{"mail": "jane@example.com", "card": 4111111111111111}\n' * 80,
    "apache": '192.0.2.7 - jane [10/Oct/2000:13:55:36] "GET /u/jane@example.com" 200\n' * 70,
    "names": "vexlab7 and Jane Tavrinsky, вексля, Ἑλένη Ζωγράφου at lab-vexnode\n" * 80,
    "encoded": "a%40b jane%40example.com \\u006aane@example.com amFuZUBleGFtcGxlLmNvbQ==\n" * 60,
    "same": "user=jane@example.com step 1\n" * 200,
}


@pytest.fixture(scope="module")
def balanced(pair: Callable[..., Pair]) -> Pair:
    """The default, with names known."""
    return pair(identity=NAMES)


@pytest.mark.parametrize("name", TEXTS)
def test_every_way_gives_the_same(
    balanced: Pair, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that run over the edges of sections, in chunks."""
    monkeypatch.setattr("scrubber.lines.SECTION", 512)
    assert balanced.differences(TEXTS[name], chunk=1000) == []


CHOICES: dict[str, dict[str, object]] = {
    "strict": {"policy": "strict"},
    "fast": {"policy": "fast"},
    "masked": {"policy": Policy("masked", operator="mask", keep_last=4)},
    "removed": {"policy": Policy("removed", operator="remove")},
    "full_paths": {"path_mode": "full"},
    "locales": {"locales": ["gb", "es"]},
}


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_gives_the_same(pair: Callable[..., Pair], choice: str) -> None:
    """Policies, operators, path modes, countries."""
    both = pair(**CHOICES[choice], identity=Identity.none())
    text = "\n".join(one.text for rule in RULES[::31] for one in rule.match[:1])
    assert both.differences(f"{TEXTS['json_lines'][:300]}\n{text}\n{TEXTS['short']}") == []
