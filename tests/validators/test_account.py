"""Whose home directory is it?"""

from __future__ import annotations

import pytest

from scrubber.validators.account import personal_account


@pytest.mark.parametrize(
    "name",
    [
        "jane",
        "Jane Doe",
        "jane.doe",
        "jörg",
        "JANEDO~1",
        "u1234567",
        "test",
        "s.md.x",
        "jane.CORP",
        "20231234",
    ],
)
def test_people_have_homes(name: str) -> None:
    """A name that no system made is a person's."""
    assert personal_account(name)


@pytest.mark.parametrize(
    "name",
    [
        "Shared",
        "PUBLIC",
        "All Users",
        "Default User",
        "ubuntu",
        "runner",
        "linuxbrew",
        "gradle",
        "pi",
        "feed",
        "site",
        "conda",
        "ContainerAdministrator",
        "studio-lab-user",
        "dashboard",
        "static",
        "your_username",
        "train.py",
        "NOTES.MD",
        "yolo.v8.pt",
        "501",
        "20260131",
        "",
    ],
)
def test_shared_folders_services_files_and_numbers_are_nobodys(name: str) -> None:
    """What systems make by themselves names no one."""
    assert not personal_account(name)
