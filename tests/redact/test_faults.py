"""Promise 1 for names of nobody: whatever fails on the way to a pseudonym, nothing raw leaves.

As in tests/properties/test_fault_injection.py, every function is made to raise by giving it another
body, and the error carries the planted data.
"""

from __future__ import annotations

import importlib
import inspect
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.detect import reference
from scrubber.redact.operators import Operators
from scrubber.redact.placeholders import Grammar
from scrubber.redact.pseudonyms import OnDemand
from scrubber.ruleset.model import Policy
from scrubber.segments import Stages
from scrubber.stream import Stream
from tests.small_rules import detector, rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODULES = (
    "crockford",
    "key",
    "normal_forms",
    "operators",
    "placeholders",
    "pseudonyms",
    "surrogates",
)
MAIL, USER, PASSWORD = "jane@example.com", "jdoe42", "pw-" + "4kq9" * 3
PLANTED = (MAIL, "example.com", USER, PASSWORD, "192.0.2.17", "2001:db8::1f", "00:5e:00:53")
TEXT = (
    f'{MAIL} user={USER} pw={PASSWORD}\n{{"a": "{MAIL}", "card": 12345678}}\n'
    f"192.0.2.17 [2001:db8::1f] 00:00:5e:00:53:af host=lab7 tel=2025550123 [email] <home>\n"
)
RULES = [
    detector(rule(entity, pattern))
    for entity, pattern in (
        ("EMAIL_ADDRESS", r"%{left:[a-z0-9]} [a-z0-9]{1,12}+ @ [a-z]{1,12}+ \.[a-z]{2,7}+"),
        ("IP_ADDRESS", r"(?<![0-9.]) [0-9]{1,3}+ (?:\.[0-9]{1,3}+){3} | \[2001:[0-9a-f:]{1,30}+\]"),
        ("MAC_ADDRESS", r"[0-9a-f]{2}+ (?::[0-9a-f]{2}+){5}"),
        ("USERNAME", r"user=(?P<value> [a-z0-9]{1,12}+ )"),
        ("SECRET", r"pw=(?P<value> [a-z0-9-]{1,20}+ )"),
        ("HOSTNAME", r"host=(?P<value> [a-z0-9]{1,12}+ )"),
        ("PHONE_NUMBER", r"tel=(?P<value> [0-9]{1,12}+ )"),
        ("CREDIT_CARD", r"(?<![0-9]) [0-9]{8} (?![0-9])"),
    )
]
GRAMMAR = Grammar(one.rule.entity for one in RULES)
ERRORS = (RuntimeError, MemoryError, OSError, UnicodeError)
# Of what runs before anything is scrubbed, or for `scrubber key` only.
ELSEWHERE = {
    "key.Key.__repr__",
    "key.Key.__reduce__",
    "key.rotate_key",
    "placeholders.Grammar.__init__",
    "pseudonyms.OnDemand.__init__",
    "pseudonyms.OnDemand.__reduce__",
    "pseudonyms.Pseudonyms.__repr__",
    "pseudonyms.Pseudonyms.__reduce__",
}

planted_fault: BaseException = RuntimeError(MAIL)


def _body(*_: object, **__: object) -> None:
    raise planted_fault


def _functions() -> dict[str, FunctionType]:
    """Give every function and method written in the modules, by name."""
    found: dict[str, FunctionType] = {}
    for name in MODULES:
        module = importlib.import_module(f"scrubber.redact.{name}")
        values = list(vars(module).values())
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__:
                values += vars(value).values()
        for value in values:
            inner: Any = value.fget if isinstance(value, property) else value
            inner = getattr(inner, "__func__", inner)
            written = isinstance(inner, FunctionType) and inner.__module__ == module.__name__
            if written and not inner.__closure__ and "scrubber" in inner.__code__.co_filename:
                found[f"{name}.{inner.__qualname__}"] = inner
    return found


FUNCTIONS = _functions()


def scrubbed(tmp_path: Path, operator: str) -> str:
    """Scrub the planted data with a key that is not made yet."""
    policy = Policy("p", operator=operator, hash_salt="salt" * 4)
    stages = Stages(
        tuple(RULES),
        (),
        reference.find,
        GRAMMAR,
        Operators(policy, OnDemand(tmp_path / "key")),
    )
    stream = Stream(stages)
    return stream.feed(TEXT) + stream.finish()


@pytest.mark.parametrize("operator", ["hash", "pseudonym", "surrogate"])
def test_nothing_planted_is_left_when_nothing_fails(tmp_path: Path, operator: str) -> None:
    """The data is found at all, so that its absence means something."""
    out = scrubbed(tmp_path, operator)
    assert [raw for raw in PLANTED if raw in out] == []
    assert "[scrub-failed]" not in out


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - ELSEWHERE))
def test_a_function_that_raises_lets_nothing_raw_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """No text, and no word in a log; what cannot have a pseudonym has a plain placeholder."""
    function = FUNCTIONS[name]
    for number, error in enumerate(ERRORS):
        with monkeypatch.context() as patch:
            fault = error(f"{MAIL} {PASSWORD}")
            patch.setitem(function.__globals__, "planted_fault", fault)
            patch.setattr(function, "__code__", _body.__code__)
            for operator in ("hash", "pseudonym", "surrogate", "mask"):
                out = scrubbed(tmp_path / str(number) / operator, operator)
                assert [raw for raw in PLANTED if raw in out] == []
    assert [raw for raw in PLANTED if raw in caplog.text] == []
    assert str(tmp_path) not in caplog.text


@pytest.mark.parametrize("call", ["open", "fstat", "read", "fsync", "close", "urandom"])
def test_a_system_that_fails_lets_nothing_raw_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Plain placeholders, in the whole text."""

    def fail(*_: object, **__: object) -> Callable[[], None]:
        raise OSError(5, "Input/output error", MAIL)

    with monkeypatch.context() as patch:
        patch.setattr(f"scrubber.redact.key.os.{call}", fail)
        out = scrubbed(tmp_path, "pseudonym")
    assert [raw for raw in PLANTED if raw in out] == []
    assert "[email] user=[user] pw=[secret]" in out
