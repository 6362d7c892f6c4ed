"""Whose folder on a shared disk is it?"""

from __future__ import annotations

import pytest

from scrubber.validators.site_account import (
    named_account,
    owner_suffix,
    share_host,
    site_account,
)


@pytest.mark.parametrize(
    "name",
    [
        "jane",
        "jdoe",
        "x_jdoe",
        "jane_data",
        "janedoe2",
        "jane.doe@example.com",
        "bwayne",
        "u1234567",
        "jdoe.12345.0",
        "openshaw",
    ],
)
def test_users_have_folders_on_shared_disks(name: str) -> None:
    """Any account that is no word for things is a user's."""
    assert site_account(name)


@pytest.mark.parametrize(
    "name",
    [
        "tmp",
        "scratch2",
        "raw_data",
        "testdata",
        "myproject",
        "mmseg",
        "openfoam",
        "ILSVRC2012",
        "run_12",
        "v2",
        "2024-01-02",
        "com.example.app",
        "fs.example.ch",
        "ompi.sock",
        "train.csv",
        "root",
        "postfix",
        "x",
        "",
        "a" * 65,
    ],
)
def test_words_for_things_are_no_users(name: str) -> None:
    """What lies on a disk for all is nobody's."""
    assert not site_account(name)


@pytest.mark.parametrize("name", ["jane", "jane_doe", "JaneDoe", "janedoe2", "Jane Doe", "john-x"])
def test_a_given_name_leads(name: str) -> None:
    """A given name is evidence where folders of users are the exception."""
    assert named_account(name)


@pytest.mark.parametrize(
    "name",
    ["jdoe", "train", "alexnet", "roberta", "lucas_kanade", "annealing", "martingale", "jane.csv"],
)
def test_words_that_begin_like_a_name_are_none(name: str) -> None:
    """Methods, English and files are not people."""
    assert not named_account(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("jane", True), ("jdoe", True), ("k3x8q2_a", False), ("cache", False), ("root", False)],
)
def test_random_ends_of_temporary_names_are_nobodys(name: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """`pip-build-jane` names Jane, `pip-build-k3x8q2_a` no one."""
    assert owner_suffix(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("JANE-PC", True), ("lab-nas01", True), ("fileserver", False), ("server", False)],
)
def test_servers_of_documentation_have_no_name(name: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A word for servers names none."""
    assert share_host(name) is expected
