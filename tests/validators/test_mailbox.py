"""Mailboxes without a domain are people's, unless the account is nobody's."""

from __future__ import annotations

import pytest

from scrubber.validators.mailbox import email_host


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@mail01", True),
        ("jane.doe@intranet", True),
        ("root@localhost", False),
        ("postmaster@mail01", False),
        ("git@host", False),
        ("app@2", False),
        ("jane@", False),
        ("@host", False),
        ("jane", False),
    ],
)
def test_an_account_at_a_bare_host_is_a_persons(text: str, expected: bool) -> None:  # noqa: FBT001
    """Accounts of systems and marks of versions are refused."""
    assert email_host(text) is expected
