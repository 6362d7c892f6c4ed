"""Replacements that their places can hold: `scrubber.units.identities`."""

from __future__ import annotations

import pytest

from scrubber.units.identities import stays, valid

TOKEN = "k3f9x2m7pq*"


@pytest.mark.parametrize(
    ("entity", "new", "expected"),
    [
        ("EMAIL_ADDRESS", "[email]", "email@redacted.invalid"),
        ("EMAIL_ADDRESS", f"[email:~{TOKEN}]", f"{TOKEN}@redacted.invalid"),
        ("EMAIL_ADDRESS", f"[email:#{TOKEN}]", f"{TOKEN}@redacted.invalid"),
        ("EMAIL_ADDRESS", "", "email@redacted.invalid"),
        ("EMAIL_ADDRESS", "********", "email@redacted.invalid"),
        ("EMAIL_ADDRESS", "j***@e***", "j***@e***"),
        ("USERNAME", "[user]", "[user]"),
        ("USERNAME", f"[user:~{TOKEN}]", f"[user:~{TOKEN}]"),
        ("HOSTNAME", "", ""),
    ],
)
def test_an_address_looks_like_one(entity: str, new: str, expected: str) -> None:
    """Only that field is checked by those who read it; any other takes a placeholder."""
    assert valid(entity, new) == expected


@pytest.mark.parametrize("new", ["[email]", f"[email:~{TOKEN}]", ""])
def test_what_was_given_stays_when_it_comes_again(new: str) -> None:
    """Scrubbing twice is scrubbing once."""
    assert stays("EMAIL_ADDRESS", valid("EMAIL_ADDRESS", new))


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("EMAIL_ADDRESS", "jane@redacted.invalid"),
        ("EMAIL_ADDRESS", "jane.doe.doe@redacted.invalid"),
        ("EMAIL_ADDRESS", "email@redacted.invalid.example.com"),
        ("EMAIL_ADDRESS", "x email@redacted.invalid"),
        ("EMAIL_ADDRESS", "jane@example.com"),
        ("USERNAME", "email@redacted.invalid"),
    ],
)
def test_what_others_wrote_does_not_stay(entity: str, text: str) -> None:
    """Only the exact form of our own is trusted."""
    assert not stays(entity, text)
