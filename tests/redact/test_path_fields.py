"""Paths known by where they stand, not by their looks: `scrubber.redact.path_fields`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.path_fields import argument_path, frame_path
from scrubber.redact.paths import Canonicalizer

CANONICAL = Canonicalizer()


@pytest.mark.parametrize(
    ("path", "file", "expected"),
    [
        ("/raid/jsmith/yolo/train.py", "yolo/train.py", "/raid/.../yolo/train.py"),
        ("/raid/jsmith/yolo/train.py", "", "/raid/.../train.py"),
        ("/raid/jsmith/yolo/train.py", "other.py", "/raid/.../train.py"),
        ("/raid/john smith/yolo/train.py", "yolo/train.py", "/raid/.../yolo/train.py"),
        ("/raid/jsmith/train.py", "train.py", "/raid/.../train.py"),
        ("/raid//jsmith//train.py", "train.py", "/raid//...//train.py"),
        ("D:\\jsmith\\run.py", "run.py", "D:\\...\\run.py"),
        ("D:\\\\jsmith\\\\yolo\\\\run.py", "yolo/run.py", "D:\\\\...\\\\yolo\\\\run.py"),
        ("d:/jsmith/run.py", "", "d:/.../run.py"),
        ("D:\\jane doe\\x\\run.py", "x\\run.py", "D:\\...\\x\\run.py"),
        ("/raid/jsmith/x/y.py", "/raid/jsmith/x/y.py", "/raid/.../y.py"),
        ("\\\\box\\share\\jsmith\\x.py", "x.py", "\\\\box\\share\\...\\x.py"),
    ],
)
def test_what_lies_between_the_disk_and_the_file_goes(path: str, file: str, expected: str) -> None:
    """The disk says where it ran, the file says what; what is between is somebody's."""
    assert frame_path(path, file) == expected


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", ""),
        ("/", ""),
        ("yolo/train.py", "yolo/train.py"),
        ("<string>", "<string>"),
        ("/raid/train.py", "train.py"),
        ("/raid/yolo/train.py", "yolo/train.py"),
        ("/yolo/train.py", "yolo/train.py"),
        ("D:\\run.py", "run.py"),
        ("/usr/lib/python3/dist-packages/numpy/core.py", "numpy/core.py"),
        ("C:\\Program Files\\Python311\\lib\\os.py", "os.py"),
        ("/raid/.../yolo/train.py", "yolo/train.py"),
        ("D:\\...\\run.py", "run.py"),
        ("//server/share/x.py", "x.py"),
        ("C:train.py", ""),
    ],
)
def test_what_tells_nobody_stays(path: str, file: str) -> None:
    """Relative files, software, and what has nothing in between."""
    assert frame_path(path, file) == path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("../../home/jsmith/x.py", "../../home/[user]/x.py"),
        ("home/jsmith/x.py", "home/[user]/x.py"),
        ("file:///Users/jsmith/x.py", "file:///Users/[user]/x.py"),
        ("../../home/[user]/x.py", "../../home/[user]/x.py"),
        ("../../home/runner/x.py", "../../home/runner/x.py"),
        ("home/x.py", "home/x.py"),
    ],
)
def test_a_home_without_its_root_names_its_owner_all_the_same(path: str, expected: str) -> None:
    """Tools write paths from where they ran."""
    assert frame_path(path) == expected


def test_a_path_beyond_any_file_system_goes_whole() -> None:
    """It is not taken apart; on a command line it may be anything, and rules have looked at it."""
    path = "/raid/" + "a/" * 2048 + "x.py"
    assert frame_path(path) == "[path]"
    assert frame_path(frame_path(path)) == "[path]"
    assert argument_path(path, CANONICAL) == path


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("--data=cohort7/john_smith.csv", "--data=.../[file].csv"),
        ("-d=cohort7/john_smith.csv", "-d=.../[file].csv"),
        ("data=cohort7/john_smith.csv", "data=.../[file].csv"),
        ("cohort7/john_smith.csv", ".../[file].csv"),
        ("--weights=jsmith/best.pt", "--weights=.../best.pt"),
        ("/raid/jsmith/x/best.pt", "/raid/.../best.pt"),
        ("--weights=D:\\jsmith\\best.pt", "--weights=D:\\...\\best.pt"),
        ("./data/john.dcm", "./data/[file].dcm"),
    ],
)
def test_an_argument_loses_folders_and_the_names_of_data(argument: str, expected: str) -> None:
    """The flag stays, and which kind of file it was given."""
    assert argument_path(argument, CANONICAL) == expected


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "train.py",
        "--fast",
        "--lr=0.1",
        "configs/base",
        "--out=runs/exp1/",
        "https://www.example.com/a/b.csv",
        "--url=s3://bucket/b.csv",
        "<home>/x/y.csv",
        "[file]/y.csv",
        "(x/y.csv",
        "a b/y.csv",
        "a/y.csv\n",
        "/usr/lib/x/y.py",
        "/..csv",
        "../a.py",
    ],
)
def test_an_argument_that_is_no_path_of_somebody_stays(argument: str) -> None:
    """Words, routes, placeholders and what may be prose."""
    assert argument_path(argument, CANONICAL) == argument


_parts = st.lists(
    st.sampled_from(
        ("/", "\\", "\\\\", "D:", "raid", "jsmith", "...", "[file].csv", "x.csv", ".", "..", "--d=")
    ),
    max_size=8,
).map("".join)


@given(_parts, _parts)
def test_cutting_twice_is_cutting_once(path: str, file: str) -> None:
    """What was cut comes back unchanged."""
    once = frame_path(path, file)
    assert frame_path(once, file) == once
    argument = argument_path(path, CANONICAL)
    assert argument_path(argument, CANONICAL) == argument


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_comes_back_as_text(path: str, file: str) -> None:
    """It never raises, and never grows by more than the dots."""
    assert len(frame_path(path, file)) <= len(path) + len("/.../")
    assert isinstance(argument_path(path, CANONICAL), str)
