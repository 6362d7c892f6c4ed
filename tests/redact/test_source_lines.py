"""A finding in a line of source: a value, or the name of one."""

from __future__ import annotations

import pytest

from scrubber.redact.source_lines import is_value
from scrubber.types import Span

NAMES = [
    "db.connect(password=\u00abpw\u00bb)",
    "run(api_key=\u00abself.api_key\u00bb, x)",
    'json={"password": \u00abpw_value\u00bb}',
    "password = \u00abfetch\u00bb(name)",
    "password = \u00absecret\u00bb",
]
VALUES = [
    'connect(password="\u00abpw\u00bb")',
    "password=\u00abhunter2 x\u00bb",
    "password=\u00abTr0ub4d0r9\u00bb)",
    "api_key=\u00abXYEqaPDVxVqXTzHQlIXqXQ0u\u00bb",
    "say \u00abpw\u00bb loud",
    "password=\u00abpw\u00bb more",
]


def _of(marked: str, entity: str) -> bool:
    start, end = marked.index("\u00ab"), marked.index("\u00bb") - 1
    line = marked.replace("\u00ab", "").replace("\u00bb", "")
    return is_value(line, Span(start, end, entity, "x.y", 1.0))


@pytest.mark.parametrize("marked", NAMES)
def test_a_name_of_a_value_is_none(marked: str) -> None:
    """It is code, and a crash is grouped by it."""
    assert not _of(marked, "SECRET")
    assert _of(marked, "EMAIL_ADDRESS")


@pytest.mark.parametrize("marked", VALUES)
def test_a_value_is_one(marked: str) -> None:
    """In quotes, of many digits, or no argument."""
    assert _of(marked, "SECRET")
