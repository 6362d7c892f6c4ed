"""Values under names: what a name says of a value makes it a finding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.archive.named import Named
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.ruleset.model import Policy
from tests.archive.scrubbing import SCRUBBER

NAMED = Named(SCRUBBER)
MASKED = Named(Scrubber(Policy("masked", operator="mask", ner="off"), identity=Identity.none()))


@pytest.mark.parametrize(
    ("name", "text", "done"),
    [
        ("password", "hunter2", "[secret]"),
        ("DB_PASSWORD", "4711", "0"),
        ("password", "0", "0"),
        ("password", "", ""),
        ("password", "none", "none"),
        ("password", "[secret]", "[secret]"),
        ("token", "123", "123"),
        ("token", "12345", "0"),
        ("cvv", "123", "0"),
        ("pass@1", "0.93", "0.93"),
        ("user", "jane", "[user]"),
        ("user", "root", "root"),
        ("created_by", "jane, bob", "[user], [user]"),
        ("user_id", "123456", "0"),
        ("user_id", "12", "12"),
        ("host", "gpu07", "[host]"),
        ("server", "nginx", "nginx"),
        ("ssn", "078-05-1120", "[ssn]"),
        ("first_name", "Jane", "[person]"),
        ("name", "Adam", "Adam"),
        ("path", "/home/jane/x", "/home/[user]/x"),
        ("", "jane@example.com", "[email]"),
        ("id", "4111111111111111", "0"),
        ("x" * 300, "jane@example.com", "[email]"),
    ],
)
def test_a_name_tells_of_its_value(name: str, text: str, done: str) -> None:
    """And what it leaves is left a second time."""
    found = NAMED.redact(name, text)
    assert done == found.text
    assert (found.text != text) == bool(found.report.findings)
    again = NAMED.redact(name, done)
    assert (done, 0) == (again.text, again.report.findings)


def test_the_type_decides_where_it_is_known() -> None:
    """A string of digits is no number."""
    assert NAMED.redact("password", "4711", number=False).text == "[secret]"
    assert NAMED.redact("password", "4711", number=True).text == "0"


NAMES = st.sampled_from(["password", "user", "host", "phone", "note", "", "server", "path"])


@settings(max_examples=150, deadline=None)
@given(
    NAMES, st.text(max_size=30) | st.from_regex(r"[a-z]{2,8}[ ,@.][a-z0-9.]{2,12}", fullmatch=True)
)
def test_any_value_stands_still(name: str, text: str) -> None:
    """Whatever the operator."""
    for named in (NAMED, MASKED):
        done = named.redact(name, text)
        again = named.redact(name, done.text)
        assert (done.text, 0) == (again.text, 0 if again.text == done.text else -1)
