"""Can an account be a person's?"""

from __future__ import annotations

import pytest

from scrubber.validators.user_name import account_name, user_name, user_value

PEOPLE = ["jane", "jane.doe", "Jane Doe", "jörg", "JaneDoe", "jdoe42", "20231234", "webmaster"]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_have_accounts(name: str) -> None:
    """A name that no system made is a person's, wherever it stands."""
    assert (account_name(name), user_name(name), user_value(name)) == (True, True, True)


@pytest.mark.parametrize(
    "name",
    ["root", "www-data", "systemd-resolve", "_apt", "yarn", "ubuntu", "SYSTEM", "deploy_bot", ""],
)
def test_accounts_of_systems_are_nobodys(name: str) -> None:
    """What systems and packages create names no one."""
    assert (account_name(name), user_name(name), user_value(name)) == (False, False, False)


@pytest.mark.parametrize(
    "name",
    [
        "input",
        "authentication",
        "not",
        "e.g",
        "pass@host",
        "0123456789abcdef",
        "{user}",
        "%s",
        "is not set",
    ],
)
def test_sentences_and_templates_name_nobody(name: str) -> None:
    """English after the word user, and what a program will fill in, are no names."""
    assert (user_name(name), user_value(name)) == (False, False)


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "Optional",
        "self.user",
        "request.user",
        "user_id",
        "CustomUser",
        "DB_USER",
        "get_user",
        "str",
    ],
)
def test_code_is_no_value(value: str) -> None:
    """Types, variables, expressions and constants stand after `user=` in sources."""
    assert not user_value(value)


def test_a_name_is_read_to_a_bound() -> None:
    """A megabyte is no name."""
    assert not user_name("a" * 1_000_000)
