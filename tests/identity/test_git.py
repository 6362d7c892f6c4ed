"""What git's files say, in every place they can lie and every way they can be written."""

from __future__ import annotations

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.git_config import MOST_FILES, Entry, parse, read_config
from scrubber.identity.machine import Machine
from scrubber.identity.remotes import remote, unquote

HOME = {"HOME": "/home/b"}
NAMED = "[user]\n\tname = Bruce Wayne\n\temail = bruce@example.com\n"
SECRET = "a1B2c3D4" + "e5F6g7H8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[user]\nname = Bruce Wayne", [("user", "", "name", "Bruce Wayne")]),
        ("[User] Name=x7", [("user", "", "name", "x7")]),
        ('[remote "or\\"igin"]\nurl = x', [("remote", 'or"igin', "url", "x")]),
        ("[remote.origin]\nurl = x", [("remote", "origin", "url", "x")]),
        ('[a]\nb = "  c # d"  # e', [("a", "", "b", "  c # d")]),
        ("[a]\nb = c \\\n d", [("a", "", "b", "c  d")]),
        ("[a]\nb = c\\\\", [("a", "", "b", "c\\")]),
        ('[a]\nb = c\\"d', [("a", "", "b", 'c"d')]),
        ("[a]\nb", [("a", "", "b", "")]),
        ("[a]\n# b = c\n; d = e\n = f\n[x", []),
        ("[a]\r\nb = c\r\n", [("a", "", "b", "c")]),
        ("\0\x01[[]]\n==\n\udcff", []),
        ("[a]\nb = c \\", [("a", "", "b", "c")]),
    ],
)
def test_configuration_is_read_as_git_reads_it(text: str, expected: list[tuple[str, ...]]) -> None:
    """Quotes, escapes, comments, lines that go on, sections of both kinds."""
    assert list(parse(text)) == [Entry(*one) for one in expected]


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        (HOME, "/home/b/.gitconfig"),
        (HOME, "/home/b/.config/git/config"),
        ({"XDG_CONFIG_HOME": "/x"}, "/x/git/config"),
        ({"GIT_CONFIG_GLOBAL": "/x/y"}, "/x/y"),
        ({}, "/etc/gitconfig"),
        ({"GIT_CONFIG_SYSTEM": "/x/z"}, "/x/z"),
        ({"GIT_DIR": "/r/.git"}, "/r/.git/config"),
        ({}, "/home/b/repo/.git/config"),
        ({}, "/home/b/repo/.git/config.worktree"),
    ],
)
def test_each_place_is_looked_at(environ: dict[str, str], path: str) -> None:
    """Of the system, the account and the repository."""
    identity = collect(Machine.of(environ, {path: NAMED}, cwd="/home/b/repo/src"))
    assert (identity.names, identity.emails) == (("Bruce Wayne",), ("bruce@example.com",))


def test_windows_places() -> None:
    """With the paths of Windows."""
    machine = Machine.of(
        {"USERPROFILE": "C:\\Users\\b"},
        {
            "C:\\Users\\b\\.gitconfig": NAMED,
            "D:\\r\\.git\\config": '[remote "o"]\nurl=git@y7:jdoe/z',
        },
        platform="win32",
        cwd="D:\\r\\src",
    )
    assert (collect(machine).names, collect(machine).owners) == (("Bruce Wayne",), ("jdoe",))


@pytest.mark.parametrize(
    "files",
    [
        {
            "/w/.git": "gitdir: /r/.git/worktrees/w\n",
            "/r/.git/worktrees/w/commondir": "../..\n",
            "/r/.git/config": NAMED,
        },
        {"/w/.git": "gitdir: ../r/.git/modules/w\n", "/r/.git/modules/w/config": NAMED},
    ],
    ids=["worktree", "submodule"],
)
def test_git_as_a_file(files: dict[str, str]) -> None:
    """It says where the folder is."""
    assert collect(Machine.of({}, files, cwd="/w/src")).names == ("Bruce Wayne",)


def test_includes_are_followed_three_deep() -> None:
    """Whatever their condition; a file that includes itself is read once."""
    files = {
        "/home/b/.gitconfig": "[include]\npath = one\npath = .gitconfig\n[user]\nname = zero0",
        "/home/b/one": '[user]\nname = one1\n[includeIf "gitdir:~/x/"]\npath = ~/two',
        "/home/b/two": "[user]\nname = two2\n[include]\npath = /home/b/three",
        "/home/b/three": "[user]\nname = three3\n[include]\npath = four",
        "/home/b/four": "[user]\nname = four4",
    }
    assert collect(Machine.of(HOME, files)).names == ("zero0", "one1", "two2", "three3")


def test_included_files_are_read_before_the_next_one() -> None:
    """A file twice named is read once, and of a long one the beginning."""
    files = {
        "/a": "[include]\npath = c\n[user]\nname = a",
        "/b": "[include]\npath = c\n[user]\nname = b",
        "/c": "[user]\nname = c",
    }
    entries = list(read_config(Machine.of(files=files), ["/a", "/b"], ""))
    assert [one.value for one in entries if one.name == "name"] == ["a", "c", "b"]
    assert len(list(parse("[a]\n" + "b = c\n" * 3000))) == 2000


def test_includes_are_bounded() -> None:
    """A file that includes a thousand others is not followed to the last."""
    read: list[str] = []

    def spy(path: str) -> str:
        read.append(path)
        return "[include]\n" + "".join(f"path = {path}{number}\n" for number in range(1000))

    assert len(list(read_config(Machine(read=spy), ["/a"], ""))) == MOST_FILES * 1000
    assert len(read) == MOST_FILES


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("[author]\nname = Bruce Wayne", "names", ("Bruce Wayne",)),
        ("[committer]\nemail = b@example.com", "emails", ("b@example.com",)),
        ("[github]\nuser = bwayne", "accounts", ("bwayne",)),
        ('[credential "https://x.example.com"]\nusername = bwayne', "accounts", ("bwayne",)),
        ("[sendemail]\nfrom = Bruce Wayne <b@example.com>", "names", ("Bruce Wayne",)),
        ("[sendemail]\nsmtpuser = bwayne", "accounts", ("bwayne",)),
        (f"[sendemail]\nsmtppass = {SECRET}", "secrets", (SECRET,)),
        (f"[github]\noauthtoken = {SECRET}", "secrets", (SECRET,)),
        (f'[url "https://x:{SECRET}@y.example.com/"]\ninsteadOf = y:', "secrets", (SECRET,)),
        ('[url "git@y.example.com:jdoe/"]\ninsteadOf = y:', "owners", ()),
        (f"[http]\nextraheader = Authorization: Bearer {SECRET}", "secrets", (SECRET,)),
        (f"[http]\nproxy = http://jdoe:{SECRET}@proxy.example.com:80", "secrets", (SECRET,)),
        ('[remote "o"]\npushurl = git@y.example.com:jdoe/x.git', "owners", ("jdoe",)),
    ],
)
def test_each_key_counts(text: str, kind: str, expected: tuple[str, ...]) -> None:
    """Names, addresses, accounts, owners and secrets."""
    identity = collect(Machine.of(HOME, {"/home/b/.gitconfig": text}))
    assert getattr(identity, kind) == expected


def test_configuration_by_variables() -> None:
    """As a caller hands it on; a count that is no number, or too high, does no harm."""
    environ = {"GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Bruce Wayne"}
    for count, expected in (("1", ("Bruce Wayne",)), ("x", ()), ("9" * 30, ()), ("", ())):
        assert collect(Machine.of({**environ, "GIT_CONFIG_COUNT": count})).names == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://git.example.com/jdoe/yolo.git", [("owners", "jdoe")]),
        ("git@git.example.com:jdoe/yolo.git", [("owners", "jdoe")]),
        ("ssh://git@git.example.com:2222/jdoe/yolo", [("owners", "jdoe")]),
        (
            "https://bwayne@git.example.com/scm/acme-x/yolo",
            [("accounts", "bwayne"), ("owners", "acme-x")],
        ),
        (
            f"https://bwayne:{SECRET}@git.example.com/jdoe/x",
            [("secrets", SECRET), ("accounts", "bwayne"), ("owners", "jdoe")],
        ),
        (f"https://{SECRET}@git.example.com/jdoe/x", [("secrets", SECRET), ("owners", "jdoe")]),
        (
            f"https://x-access-token:{SECRET}@git.example.com/jdoe/x",
            [("secrets", SECRET), ("owners", "jdoe")],
        ),
        (
            f"https://{SECRET}:x-oauth-basic@git.example.com/jdoe/x",
            [("secrets", SECRET), ("owners", "jdoe")],
        ),
        (
            "https://u7:p%40ssword%2F9@git.example.com/jdoe/x",
            [
                *(("secrets", "p%40ssword%2F9"), ("secrets", "p@ssword/9")),
                *(("accounts", "u7"), ("owners", "jdoe")),
            ],
        ),
        (
            "https://git.example.com/wayne-labs/bwayne/deep/x",
            [("owners", "wayne-labs"), ("owners", "bwayne")],
        ),
        ("https://github.com/pytorch/pytorch", []),
        ("https://git.example.com/~bwayne/x", [("owners", "bwayne")]),
        ("/srv/git/jdoe/x.git", []),
        ("C:\\git\\jdoe\\x", []),
        ("../x", []),
        ("", []),
    ],
)
def test_remote(url: str, expected: list[tuple[str, str]]) -> None:
    """Owner, account and secret; what everybody knows is no owner."""
    assert list(remote(url)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a%20b", "a b"),
        ("%C3%A9", "\xe9"),
        ("%FF", "\udcff"),
        ("%zz%", "%zz%"),
        ("\ud800%41", None),
    ],
)
def test_escapes_of_urls(text: str, expected: str | None) -> None:
    """Are undone byte by byte; half a pair stays as it is."""
    assert unquote(text) == (text if expected is None else expected)
