"""The folders paths are told from."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine
from scrubber.identity.roots import Roots

HOME = {"HOME": "/home/bwayne"}


@pytest.mark.parametrize(
    ("files", "main", "cwd", "expected"),
    [
        (
            ("/home/bwayne/yolo/.git/HEAD",),
            "/home/bwayne/yolo/src/train.py",
            "",
            "/home/bwayne/yolo",
        ),
        (("/home/bwayne/yolo/.git/HEAD",), "", "/home/bwayne/yolo/src", "/home/bwayne/yolo"),
        (
            ("/home/bwayne/a/.git/HEAD", "/home/bwayne/b/pyproject.toml"),
            "/home/bwayne/b/train.py",
            "/home/bwayne/a",
            "/home/bwayne/b",
        ),
        (("/app/setup.py",), "/app/train.py", "", "/app"),
        # Settings kept in git make no project of a home.
        (("/home/bwayne/.git/HEAD",), "/home/bwayne/train.py", "/home/bwayne", ""),
        (("/home/.git/HEAD",), "/home/bwayne/train.py", "/home/bwayne", ""),
        (("/.git/HEAD",), "/train.py", "/", ""),
        (("/home/.git/HEAD",), "/home/train.py", "/home", ""),
        ((), "/srv/x/train.py", "/srv", ""),
    ],
)
def test_project_is_the_nearest_with_a_marker(
    files: tuple[str, ...], main: str, cwd: str, expected: str
) -> None:
    """Above the main script, or else above the working directory; never a home or above one."""
    machine = Machine.of(HOME, dict.fromkeys(files, ""), main=main, cwd=cwd)
    assert Roots.here(machine).project == ((expected,) if expected else ())


def test_own_interpreter() -> None:
    """The folders of this very process, each as it is and as links lead to it."""
    roots = Roots.here()
    assert str(Path(os.__file__).parent) in roots.stdlib
    assert any(one.endswith("-packages") for one in roots.site_packages)
    assert (sys.prefix in roots.venv) is (sys.prefix != sys.base_prefix)


def test_longest_folder_comes_first() -> None:
    """Each with its label, without a separator at the end, and never `/`."""
    machine = Machine(
        environ={**HOME, "TMPDIR": "/tmp/job7/", "TEMP": "relative", "TMP": "/"},
        python=lambda: {
            "stdlib": ("/usr/lib/python3.11",),
            "venv": ("/home/bwayne/v",),
            "site_packages": ("/home/bwayne/v/lib/python3.11/site-packages",),
        },
        real=lambda path: path.replace("/home/bwayne", "/nfs/h7/bwayne"),
    )
    assert Roots.here(machine).labelled() == (
        ("/nfs/h7/bwayne/v/lib/python3.11/site-packages", "<site-packages>"),
        ("/home/bwayne/v/lib/python3.11/site-packages", "<site-packages>"),
        ("/usr/lib/python3.11", "<stdlib>"),
        ("/nfs/h7/bwayne/v", "<venv>"),
        ("/home/bwayne/v", "<venv>"),
        ("/nfs/h7/bwayne", "<home>"),
        ("/home/bwayne", "<home>"),
        ("/tmp/job7", "<tmp>"),
    )


def test_windows_folders() -> None:
    """With their drive; a drive alone is none."""
    environ = {
        "USERPROFILE": "C:\\Users\\Jane Doe",
        "TEMP": "C:\\Users\\JANEDO~1\\Temp",
        "TMP": "D:\\",
    }
    roots = Roots.here(Machine.of(environ, platform="win32", cwd="C:\\Users\\Jane Doe\\yolo"))
    assert roots.windows
    assert [label for _, label in roots.labelled()] == ["<tmp>", "<home>"]


def test_identity_carries_the_folders() -> None:
    """Asked for once, with everything else."""
    assert collect(Machine.of(HOME)).roots == Roots(home=("/home/bwayne",))
