"""Paths are cut so that code stays readable and people and data do not stay."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.identity.roots import Roots
from scrubber.redact.operators import Operators
from scrubber.redact.paths import Canonicalizer
from scrubber.stream import Stream
from scrubber.types import Piece
from scrubber.wiring import load_ruleset, wire

if TYPE_CHECKING:
    from scrubber.segments import Stages

LINUX: Final = Roots(
    project=("/home/jane/work/yolo",),
    site_packages=("/usr/lib/python3/dist-packages",),
    venv=("/home/jane/work/yolo/.venv",),
    tmp=("/scratch/tmp/jane",),
    home=("/home/jane",),
)
WINDOWS: Final = Roots(project=(r"C:\Users\Jane Doe\yolo",), windows=True)
EXAMPLES: Final = r"""
/home/jane/.venv/lib/python3.11/site-packages/torch/nn/conv.py -> <site-packages>/torch/nn/conv.py
/home/jane/data/patients/John_Smith_1970.dcm -> <home>/.../[file].dcm
/home/jane/data/scan.nii.gz -> <home>/.../[file].nii.gz
/home/jane/src/jane.py.gz -> <home>/.../[file].py.gz
/home/jane/work/libx.so.1.2 -> <home>/work/libx.so.1.2
/home/jane/logs/jdoe.log.1 -> <home>/.../[file].log.1
C:\\Users\\Jane Doe\\AppData\\Local\\Temp\\x.pt -> <tmp>\\[file].pt
C:\\Users\\jane\\proj\nNext -> <home>\\proj\nNext
C:\\Users\\J\u00f6rg\\x.py -> C:\\Users\\J\u00f6rg\\x.py
C:%5CUsers%5Cjane%5Cx%20y.png -> <home>%5C[file].png
%2Fhome%2Fjane%2Fx.py -> <home>%2Fx.py
%252Fhome%252Fjane%252Fx.py -> <home>%252Fx.py
\/home\/jane\/x.dcm -> <home>\/[file].dcm
//home//jane//x.py -> <home>//x.py
/users/jane/x.py -> <home>/x.py
/users/jane/x -> /users/jane/x
/ihome/lab/jane/x.py -> <home>/x.py
/ihome/doe/src/x.py -> <home>/src/x.py
/home/lab1/jane/x.py -> <home>/x.py
/home/local/CORP/jane/x.py -> <home>/x.py
/home/jane/cfg/john_smith.yaml -> <home>/cfg/[file].yaml
\\?\C:\Users\jane\x.py -> <home>\x.py
\\server\share\jane\x\scan.dcm -> \\server\share\...\[file].dcm
\\server\share\..\scan.dcm -> \\server\share\...\[file].dcm
\\wsl$\Ubuntu\home\jane\x.py -> <home>\x.py
/mnt/c/Users/jane/x.py -> <home>/x.py
/mnt/c/Program Files/x/y.dcm -> /mnt/c/Program Files/x/y.dcm
D:\jane.csv -> D:\[file].csv
D:\ -> D:\
C:x.dcm -> C:x.dcm
/usr/lib/python3/dist-packages/numpy/core.py -> /usr/lib/python3/dist-packages/numpy/core.py
/usr/lib/../../home/jane/x.dcm -> <home>/[file].dcm
/home/jane/../bob/x.py -> <home>/x.py
/home/jane/./x.py -> <home>/./x.py
/home/jane. -> <home>.
/home/jane/x.pt... -> <home>/[file].pt...
/home/jane/my.folder.pt/ -> <home>/.../
/home/jane/app/bin/rails -> <home>/app/bin/rails
/home/ubuntu/x/scan.dcm -> /home/ubuntu/.../[file].dcm
/root/x/scan.dcm -> /root/.../[file].dcm
/root/work/train.py -> /root/work/train.py
/scratch/jane/run1/best.pt -> /scratch/.../best.pt
/var/lib/x/scan.dcm -> /var/lib/x/[file].dcm
/var/lib/x/jane.csv -> /var/lib/x/jane.csv
/data/[user]/x/[file].dcm -> /data/[user]/.../[file].dcm
/data/.../[file].dcm -> /data/.../[file].dcm
/data/[user]/lib/python3.11/site-packages/x.py -> /data/[user]/lib/python3.11/site-packages/x.py
/home/jane/x/app.zip/pkg/part -> <home>/x/app.zip/pkg/part
/path/to/x.png -> /path/to/x.png
//cdn.example.com/a/b.png -> //cdn.example.com/a/b.png
/static/a/x.png -> /static/a/x.png
/Volumes/Macintosh HD/System/x/scan.dcm -> /Volumes/Macintosh HD/System/x/scan.dcm
/x.png -> /x.png
/ -> /
/home -> /home
/home/$USER/x.py -> /home/$USER/x.py
s3://bucket/x.dcm -> s3://bucket/x.dcm
"""


def written(value: str, pieces: list[Piece]) -> str:
    """Write a value with its pieces replaced."""
    out, at = "", 0
    for piece in pieces:
        out += value[at : piece.start] + (piece.label or "[file]")
        at = piece.end
    return out + value[at:]


def canonical(value: str, roots: Roots | None = None) -> str:
    """Give the canonical form of a path."""
    return written(value, Canonicalizer(roots).pieces(value))


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines())
def test_a_path_becomes_canonical_and_then_stays_so(line: str) -> None:
    """Both columns are paths as a report wrote them."""
    value, expected = line.split(" -> ")
    assert canonical(value) == expected
    if not expected.startswith("<"):
        assert Canonicalizer().pieces(expected) == []


@pytest.mark.parametrize(
    ("value", "roots", "expected"),
    [
        ("/home/jane/work/yolo/train.py", LINUX, "<project>/train.py"),
        ("/home/jane/work/yolo/.venv/bin/x", LINUX, "<venv>/bin/x"),
        ("/home/jane/work/yolo2/train.py", LINUX, "<home>/work/yolo2/train.py"),
        ("/scratch/tmp/jane/x.pt", LINUX, "<tmp>/[file].pt"),
        ("/usr/lib/python3/dist-packages/x.py", LINUX, "/usr/lib/python3/dist-packages/x.py"),
        (r"c:\users\jane doe\YOLO\x.py", WINDOWS, r"<project>\x.py"),
        ("/mnt/c/Users/Jane Doe/yolo/x.py", WINDOWS, "<project>/x.py"),
        ("/app/data/x/jdoe.dcm", Roots(home=("/app",)), "/app/.../[file].dcm"),
        ("/app/x.py", Roots(project=("/app",)), "<project>/x.py"),
    ],
)
def test_the_longest_known_folder_is_the_root(value: str, roots: Roots, expected: str) -> None:
    """Folders of Windows are compared in any case; what is software stays."""
    assert canonical(value, roots) == expected


def test_mode_full_leaves_nothing_of_a_path() -> None:
    """But what is too short to be surely a path stays."""
    whole = Canonicalizer(whole=True)
    assert whole.pieces("/usr/lib/x.") == [Piece(0, 10, "FILE_PATH")]
    assert whole.pieces("/or") == []
    assert whole.pieces("/data") == [Piece(0, 5, "FILE_PATH")]


# Joined, these make paths of both systems in all writings, and what only looks like one.
WRITTEN: Final = r"""
    / / \ \\ \/ %2F %255C // home jane Users C: .. . tmp site-packages lib python3.11 x.py scan.dcm
    [user] ... bin % \u00f6 \n x.tar.gz .venv data mnt c é 患者
"""
PARTS: Final = st.sampled_from([*WRITTEN.split(), "a b", "\udc80", "\x00"])
VALUES: Final = st.one_of(st.lists(PARTS, max_size=14).map("".join), st.text(max_size=40))


@settings(max_examples=400)
@given(VALUES, st.sampled_from([None, LINUX, WINDOWS]))
def test_pieces_are_disjoint_and_inside(value: str, roots: Roots | None) -> None:
    """In order, not empty, and no piece splits an escape of a URL."""
    at = 0
    for piece in Canonicalizer(roots).pieces(value):
        assert at <= piece.start < piece.end <= len(value)
        at = piece.end
        for edge in (piece.start, piece.end):
            assert not re.search(r"%(?:25){0,2}[0-9A-F]?\Z", value[:edge]) or not re.match(
                r"[0-9A-F]", value[edge:]
            )


NAME: Final = st.text("abcdefghijklmnopqrstuvwxyzäß", min_size=5, max_size=9).map("q{}q".format)


@settings(max_examples=150)
@given(st.lists(NAME, max_size=4), NAME, st.sampled_from(["dcm", "png", "nii.gz", "csv", "pt"]))
def test_no_name_of_a_data_file_below_a_home_stays(folders: list[str], stem: str, end: str) -> None:
    """Nor do the folders it lies in."""
    path = "/".join(["/home/jane", *folders, f"{stem}.{end}"])
    assert canonical(path) == f"<home>/{'.../' if folders else ''}[file].{end}"


@cache
def stages() -> Stages:
    """Wire the rules for paths alone."""
    ruleset = load_ruleset()
    rules = [rule for rule in ruleset.rules if rule.id.startswith("canonical.")]
    policy = replace(ruleset.policies["balanced"], path_mode="anchor")
    return wire(rules, Operators(policy), ruleset)


def scrubbed(text: str) -> str:
    """Scrub a text by the rules for paths alone."""
    stream = Stream(stages())
    return stream.feed(text) + stream.finish()


@pytest.mark.parametrize(
    "text",
    [
        "1/2/3 and/or s/a/b/ </div> /* comment */ // comment 2024/01/02/ /2024/01/02/x",
        "application/json image/png text/html; charset=utf-8 a/b.png src/data/jane/x.png",
        "ghcr.io/org/image:1.2 refs/heads/main origin/main @scope/pkg/x.js",
        "//div[@class='x']/a/@href ./x.png ../data/x.png ~/data/x.png $HOME/x.png",
        "webpack:///./src/x.ts /rustc/0a1b2c3d4e5f/library/core/src/x.rs /dev/null",
        "GET /images/jane/x.png HTTP/1.1 https://example.com/home/jane/x.png",
        "<frozen importlib._bootstrap> <ipython-input-3-0a1b2c3d4e5f> <string>",
        "at org.example.App.main(App.java:12) CUDA error: x at y.cu:12 tests/test_x.py::test_y",
        "re.compile('^/home/[a-z]+/x') C: D:\\ C:x.png a:b/c.png 12:30/x.png",
        "<home>/work/train.py <tmp>/[file].pt /data/.../[file].dcm \\\\srv\\x\\...\\[file].dcm",
    ],
)
def test_what_is_no_path_is_left_alone(text: str) -> None:
    """A damaged word is as bad as a leak."""
    assert scrubbed(text) == text


@pytest.mark.parametrize("name", [name for name in ENCODINGS if name not in ("nfd", "ansi")])
def test_a_path_is_found_in_every_encoding(name: str) -> None:
    """Its separators stay as they are written."""
    encode = ENCODINGS[name].encode
    text = encode('cannot read "/home/jane/data/jdoe.dcm", "C:\\Users\\jane\\x\\jdoe.dcm" now')
    assert not re.search("jane|jdoe", scrubbed(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cp /home/jane/x.py /home/bob/y.py", "cp <home>/x.py <home>/y.py"),
        ("gpu:/home/jane/x.py:/home/bob/y", "gpu:<home>/x.py:<home>/y"),
        ("(/home/jane/x.py:12), x=/tmp/y.py;", "(<home>/x.py:12), x=<tmp>/y.py;"),
        ("#!/home/jane/.venv/bin/python", "#!<venv>/bin/python"),
        ('File "/home/jane/My Lab/x.py", line 3', 'File "<home>/My Lab/x.py", line 3'),
        ("'/home/jane/Bob (2), x/y z.dcm'", "'<home>/.../[file].dcm'"),
        ("see file:///home/jane/x.html.", "see file://<home>/[file].html."),
        ("C:\\Users\\Jane Doe\\x.py C:\\x\\y.py", "<home>\\x.py C:\\x\\y.py"),
        ("\u2018/home/jane/a b.dcm\u2019", "\u2018<home>/[file].dcm\u2019"),
        ("/home/jane/x=1/y.py", "<home>/x=1/y.py"),
        ("/data/acme/[user]/x.py", "/data/acme/[user]/x.py"),
        (f"'/home/jane/{40 * 'doe/'}x.csv'", "'<home>/.../[file].csv'"),
        (f"at /data/{40 * 'doe/'}x.csv.", "at /data/.../[file].csv."),
        ("/data/acme/[user:~k3f9x2m7pq*]/x.py", "/data/acme/[user:~k3f9x2m7pq*]/x.py"),
        ("错误\uff1a/home/jane/x.py", "错误\uff1a<home>/x.py"),
    ],
)
def test_a_path_ends_where_its_text_goes_on(text: str, expected: str) -> None:
    """What stands before and behind it is no part of it."""
    assert scrubbed(text) == expected


@settings(max_examples=60)
@given(st.lists(st.one_of(PARTS, st.sampled_from([" ", '"', "'", ":"])), max_size=16).map("".join))
def test_scrubbing_twice_changes_nothing(text: str) -> None:
    """Whatever surrounds a path."""
    once = scrubbed(text)
    assert scrubbed(once) == once


@pytest.mark.parametrize(
    "unit", ["/", "\\", "/a", "C:\\a ", "%2F", "/home/jane ", '"/a b', "= /", " A/"]
)
def test_a_long_run_takes_linear_time(unit: str) -> None:
    """Neither the cutter nor the rules read it twice."""
    assert Canonicalizer().pieces(unit * 100_000) == []
    assert len(scrubbed(unit * (20_000 // len(unit)))) >= 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/net/srv1/home/jane/x.py", "<home>/x.py"),
        ("/home/students/%s/x.py", "<home>/%s/x.py"),
        ("/home/jane/data/runs/..", "<home>/data/runs/.."),
        ("/home/j/bob/x.csv", "<home>/.../[file].csv"),
        (r"C:\msys64\home\jane\x.py", r"<home>\x.py"),
        (r"C:\data\temp\x17.pt", r"C:\data\...\[file].pt"),
        ("/home/jane/backup_smith.gz", "<home>/[file].gz"),
        ("/home/jane/" + "x" * 513, "<home>/..."),
        ("/data/../../x/y.csv", "/data/../../x/[file].csv"),
        (r"C:\\Users\\jane\u0041\x.py", r"C:\\Users\\jane\u0041\x.py"),
    ],
)
def test_rare_forms_of_paths(path: str, expected: str) -> None:
    """What few machines have, and what no file system has."""
    out, cursor = [], 0
    for piece in Canonicalizer().pieces(path):
        out += [path[cursor : piece.start], piece.label or "[file]"]
        cursor = piece.end
    assert "".join([*out, path[cursor:]]) == expected


def test_a_known_folder_that_is_none_is_passed_over() -> None:
    """A relative folder, and the top of all, lead nowhere."""
    roots = Roots(project=("work/yolo", "/"), home=("/home/jane",))
    assert Canonicalizer(roots).pieces("/home/jane/x.py") == [Piece(0, 10, "FILE_PATH", "<home>")]


@pytest.mark.parametrize("server", ["wsl$", "wsl.localhost"])
def test_only_a_home_is_a_home_on_a_share_of_linux(server: str) -> None:
    """Another folder of it is none, whatever is below."""
    pieces = Canonicalizer().pieces(rf"\\{server}\Ubuntu\opt\jane\data\scan.csv")
    assert [one.label for one in pieces][:1] == ["..."]
    (home,) = Canonicalizer().pieces(rf"\\{server}\Ubuntu\home\jane\x.py")
    assert home.label == "<home>"
