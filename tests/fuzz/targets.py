"""Which targets there are, and what a fuzzer begins with: texts made from rules, never stored.

Promise: whatever looks like a secret in a corpus or a dictionary is made at run time from the
examples of rules, whose fills are drawn from a seed.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

from scrubber.encodings import ENCODINGS, ESCAPES
from scrubber.wiring import load_ruleset
from tests.fuzz import chunks, event, files, rule_file, text, views
from tests.fuzz.drawing import written
from tests.properties.texts import KEPT, PLANTED, SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED: Final = 8
_LINES: Final = 4
_LONGEST_WORD: Final = 32
_WORDS_A_RULE: Final = 4


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed.

    Attributes:
        check: raises where a promise does not hold.
        seeds: gives what a fuzzer begins with.
        longest: bytes of the longest input that is tried.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    longest: int = 512


def _examples() -> list[str]:
    """Give a match of every rule and what is no match, in an order of their own."""
    found = [one for rule in load_ruleset().rules for one in (rule.match[0].text, rule.no_match[0])]
    Random(SEED).shuffle(found)  # noqa: S311  # no secret
    return found


def _texts() -> Iterator[str]:
    yield from (*PLANTED, *KEPT, *SEPARATORS)
    examples = _examples()
    encodings = sorted(ENCODINGS.items())
    for at, example in enumerate(examples):
        yield example
        if not at % _LINES:
            yield "\n".join(examples[at : at + _LINES])
            yield encodings[at // _LINES % len(encodings)][1].encode(example)


def _after(heads: bytes) -> Iterator[bytes]:
    for at, one in enumerate(_texts()):
        head = heads[at % len(heads) : at % len(heads) + 1]
        yield head + one.encode("utf-8", "surrogatepass")


def _of_text() -> Iterator[bytes]:
    return _after(bytes(range(0x100)))


def _of_views() -> Iterator[bytes]:
    return _after(bytes(range(len(ENCODINGS))))


def _of_chunks() -> Iterator[bytes]:
    for at, one in enumerate(_texts()):
        head = bytes((at % 4, at % 40, 0, at % 90, at % 32))
        yield head + one.encode("utf-8", "surrogatepass") + b"\n" * (at % 3)


def _of_event() -> Iterator[bytes]:
    from benchmarks.crashes import KINDS, crashing

    some = list(islice(_texts(), 400))
    for at, one in enumerate(some):
        frame = {"filename": one, "lineno": at, "vars": {"value": one, "n": at}}
        error = {"type": "KeyError", "value": one, "stacktrace": {"frames": [frame]}}
        yield bytes((at % len(event.REPORTS),)) + written(
            {
                "message": one,
                "extra": {some[-at]: [one, at, None, True]},
                "user": {"username": one, "id": at},
                "request": {"url": one, "headers": {"Cookie": one}, "data": {"k": one}},
                "breadcrumbs": {"values": [{"message": one, "data": {"url": one}}]},
                "exception": {"values": [error]},
                "tags": {"a": one},
            }
        )
    try:
        with crashing() as crash:
            for kind in KINDS[:2]:
                yield bytes((event.REPORTS.index("event"),)) + written(crash(kind, SEED).event)
    except ModuleNotFoundError:  # the SDK is an extra
        return


def _of_rule_file() -> Iterator[bytes]:
    template = (
        '[[rule]]\nid = "fuzz.one"\nentity = "FUZZ"\ndescription = "One."\nconfidence = 0.9\n'
        'pattern = \'\'\'\n{}\n\'\'\'\nmatch = ["«a»", "«b»"]\nno_match = ["c", "d"]\n'
    )
    rules = [rule for rule in load_ruleset().rules if len(rule.pattern) < rule_file.LONGEST]
    for rule in rules:
        yield b"\x01" + template.format(rule.pattern).encode()
    for piece in rule_file.GRAMMAR:
        yield b"\x01" + template.format(f"a{piece}b").encode()
        count = bytes((2, 0, 1)) + b"a" + b"\x01" + bytes((rule_file.GRAMMAR.index(piece) + 8,))
        yield b"\x00" + count + written({"multiline": True, "max_length": 9}) + b"text"
    for policy in ('id = "p"', 'id = "q"\nextends = "balanced"', 'entities = ["FUZZ"]'):
        yield b"\x01[[policy]]\n" + policy.encode()
        yield b'\x03[tool.scrubber]\ndefault_policy = "balanced"\n[[tool.scrubber.policy]]\n' + (
            policy.encode()
        )
    yield b'\x01[[allow]]\nvalue = "a"\n[override."network.ipv4"]\nenabled = false\n'


def _of_files() -> Iterator[bytes]:
    some = list(islice(_texts(), 60))
    codecs = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1")
    for at, one in enumerate(some):
        data = one.encode(codecs[at % len(codecs)], "replace")
        yield b"\x00" + data
        yield b"\x02" + gzip.compress(data, mtime=0)
    document = json.dumps({"message": some[0], "extra": {"a": some[1]}}).encode()
    head = json.dumps({"event_id": "0" * 32}).encode()
    item = json.dumps({"type": "event", "length": len(document)}).encode()
    yield b"\x00" + document
    yield b"\x00[" + document + b"," + document + b"]"
    yield b"\x00" + document + b"\n" + document
    yield b"\x00" + head + b"\n" + item + b"\n" + document + b"\n"


TARGETS: Final = {
    "text": Target(text.check, _of_text),
    "event": Target(event.check, _of_event, longest=4096),
    "rule_file": Target(rule_file.check, _of_rule_file),
    "chunks": Target(chunks.check, _of_chunks),
    "views": Target(views.check, _of_views),
    "files": Target(files.check, _of_files, longest=2048),
}


def words() -> list[bytes]:
    """Give the words of the dictionary: what rules need, what encodings write, names of fields."""
    found = {*ESCAPES, *SEPARATORS, *event.names(), *rule_file.GRAMMAR, *rule_file.FIELDS}
    for rule in load_ruleset().rules:
        found |= {word for words in rule.needs for word in words[:_WORDS_A_RULE]}
    separators = "/\\@.: \"'=&<>\n\u00e9"
    found |= {one.encode(mark) for one in ENCODINGS.values() for mark in separators}
    kept = (word.encode("utf-8", "surrogatepass")[:_LONGEST_WORD] for word in found if word)
    return sorted(set(kept))


def dictionary() -> str:
    """Give the dictionary as libFuzzer reads it."""
    return "".join('"' + "".join(f"\\x{byte:02X}" for byte in word) + '"\n' for word in words())
